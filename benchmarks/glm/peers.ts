import { resolve } from "node:path";
import { Engine, python, rscript } from "../engine.ts";
import type { PeerName } from "./cases.ts";
import { folder } from "./make-data.ts";

const here = import.meta.dirname;

/** The programs that answer, each in a process of its own. */
export type Host = "node" | "python" | "r";

/** Which program runs a peer, and which package it takes. */
export const hostOf: Readonly<Record<PeerName | "glmnet", { readonly host: Host; readonly needs: string }>> = {
  R: { host: "r", needs: "R" },
  glmnet: { host: "r", needs: "glmnet" },
  statsmodels: { host: "python", needs: "statsmodels" },
  glum: { host: "python", needs: "glum" },
  glumErrors: { host: "python", needs: "glum" },
};

/** Starts a program. */
export function startEngine(host: Host): Engine {
  if (host === "node") return new Engine(process.execPath, [resolve(here, "vitrine.mjs"), folder]);
  return host === "python"
    ? new Engine(python, [resolve(here, "peers.py"), folder])
    : new Engine(rscript, [resolve(here, "peers.R"), folder]);
}

/** What is there on this machine. */
export interface Present {
  readonly versions: Readonly<Record<string, string>>;
  /** Peers that cannot be asked, with the reason. */
  readonly absent: Readonly<Record<string, string>>;
}

/** Asks the programs which peers they have. */
export async function findPeers(): Promise<Present> {
  const versions: Record<string, string> = {};
  const complaints: Partial<Record<Host, string>> = {};
  for (const host of ["python", "r"] as const) {
    try {
      const engine = startEngine(host);
      Object.assign(versions, await engine.ask({ do: "versions" }));
      engine.close();
    } catch (error) {
      complaints[host] = error instanceof Error ? error.message : String(error);
    }
  }
  const absent = Object.values(hostOf).flatMap(({ host, needs }) =>
    versions[needs] === undefined ? [[needs, complaints[host] ?? "not installed"] as const] : [],
  );
  return { versions, absent: Object.fromEntries(absent) };
}
