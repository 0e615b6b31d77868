import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Engine, python } from "../engine.ts";

/** A peer of Tree SHAP; its engine in explain.py has this name. */
export type PeerName = "shap" | "lightgbm" | "fasttreeshap" | "woodelf" | "xgboost";

interface PeerFacts {
  /** As the page calls it. */
  readonly title: string;
  /** Largest difference of its values from vitrine's: it computes with single precision where this is wide. */
  readonly agreement: number;
  /** Rows × leaves it explains in one round at most; what it needs for a batch, it needs whole. */
  readonly mostCells: number;
  /** It prepares something before it explains. */
  readonly builds: boolean;
}

/** What is known of each peer. */
export const PEERS: Readonly<Record<PeerName, PeerFacts>> = {
  shap: { title: "shap", agreement: 1e-9, mostCells: 6e6, builds: true },
  lightgbm: { title: "LightGBM", agreement: 1e-9, mostCells: 6e6, builds: false },
  fasttreeshap: { title: "FastTreeSHAP v2", agreement: 1e-8, mostCells: 2e8, builds: true },
  woodelf: { title: "woodelf", agreement: 1e-3, mostCells: 2e8, builds: true },
  xgboost: { title: "XGBoost", agreement: 1e-2, mostCells: 2e7, builds: false },
};

export const PEER_NAMES = Object.keys(PEERS) as PeerName[];

/** FastTreeSHAP needs a numpy before 2: VITRINE_FASTTREESHAP_PYTHON, else a virtual environment of its own beside the other. */
const fastTreeShapPython = process.env.VITRINE_FASTTREESHAP_PYTHON ?? resolve(python, "../../../fts-venv/bin/python");

/** A peer that is left out, with a note, as soon as it fails or takes too long; the next case tries it anew. */
export class Peer {
  readonly name: PeerName;
  private readonly folder: string;
  private readonly patience: number;
  private engine: Engine | null = null;

  constructor(name: PeerName, folder: string, patience: number) {
    this.name = name;
    this.folder = folder;
    this.patience = patience;
  }

  /** Sends a request; an error or a silence longer than the patience ends the process and throws. */
  async ask<Answer = Record<string, unknown>>(request: Record<string, unknown>, patience: number = this.patience): Promise<Answer> {
    this.engine ??= this.open();
    const { engine } = this;
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patience} s`)), patience * 1000);
    });
    try {
      const answer = await Promise.race([engine.ask<Answer & { error?: string }>(request), silence]);
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer;
    } catch (error) {
      engine.kill();
      this.engine = null;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.engine?.close();
    this.engine = null;
  }

  private open(): Engine {
    const command = this.name === "fasttreeshap" ? fastTreeShapPython : python;
    if (!existsSync(command)) throw new Error("not installed");
    return new Engine(command, [resolve(import.meta.dirname, "explain.py"), this.name, this.folder]);
  }
}

/** The last words of an error, on one line. */
export function describeFailure(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split("\n").pop() ?? "").replace(/\s+/g, " ").slice(-160);
}
