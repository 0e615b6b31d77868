import type { Engine } from "../engine.ts";
import { median } from "../median.ts";
import type { FitCase, PeerName } from "./cases.ts";
import { makeData } from "./make-data.ts";
import { hostOf, startEngine, type Host, type Present } from "./peers.ts";

/** What a peer measured beside vitrine. */
export interface PeerResult {
  readonly peer: PeerName;
  /** Median over its rounds. */
  readonly seconds: number;
  /** How many times as long as vitrine it took: of medians. */
  readonly ratio: number;
  /** Largest difference of a coefficient from vitrine's. */
  readonly difference: number;
  readonly rounds: number;
}

/** What one case measured. */
export interface FitResult {
  readonly title: string;
  readonly seconds: number;
  readonly iterations: number;
  readonly numCoefficients: number;
  /** Bytes of the table's arrays. */
  readonly dataBytes: number;
  /** Highest resident memory of processes that read the data and fit once; null where the system does not tell. */
  readonly peakBytes: { readonly vitrine: number | null; readonly glum: number | null };
  readonly peers: readonly PeerResult[];
}

interface Answer {
  readonly seconds: number;
  readonly coefficients: readonly number[];
  readonly iterations: number;
}

/** Peers stop at tolerances of their own, R's the widest: 1e-8 of the deviance. */
const AGREEMENT = 1e-5;
/** Repetitions before anything is timed, as a multiple of those that are timed together. */
const WARM_UPS = 4;

/** Checks that the peers that are there find the same coefficients, then times them in turn with vitrine. */
export async function runFit(each: FitCase, { absent }: Present): Promise<FitResult> {
  const { title, data, response, repeats, useColumns, useFactors } = each;
  makeData(data, [response]);
  const peers = (Object.keys(each.rounds) as PeerName[]).filter((peer) => absent[hostOf[peer].needs] === undefined);
  const engines = new Map<Host, Engine>();
  for (const host of new Set<Host>(["node", ...peers.map((peer) => hostOf[peer].host)])) engines.set(host, startEngine(host));
  const opened = new Map<Host, { readonly bytes?: number }>();
  for (const [host, engine] of engines) opened.set(host, await engine.ask({ do: "open", data, response, useColumns, useFactors }));
  const fit = (peer: PeerName | "vitrine", times: number): Promise<Answer> =>
    engines.get(peer === "vitrine" ? "node" : hostOf[peer].host)!.ask<Answer>({ do: "fit", engine: peer, repeats: times });
  const peakOf = async (host: Host): Promise<number | null> =>
    (await engines.get(host)?.ask<{ bytes: number | null }>({ do: "peak" }))?.bytes ?? null;

  const { coefficients, iterations } = await fit("vitrine", 1);
  const peakOfVitrine = await peakOf("node");
  let peakOfGlum: number | null = null;
  const differences = new Map<PeerName, number>();
  for (const peer of peers) {
    const found = await fit(peer, 1);
    differences.set(peer, compare(`${title}: ${peer}`, coefficients, found.coefficients));
    if (peer === "glum" && !peers.includes("statsmodels")) peakOfGlum = await peakOf("python");
  }
  // A service that fits small models is warm, as is a compiled peer from its first call on.
  for (const peer of repeats > 1 ? (["vitrine", ...peers] as const) : []) await fit(peer, WARM_UPS * repeats);
  const seconds: Record<string, number[]> = {};
  const numRounds = Math.max(3, ...Object.values(each.rounds));
  for (let round = 0; round < numRounds; round++) {
    for (const peer of ["vitrine", ...peers] as const) {
      if (peer === "vitrine" || round < each.rounds[peer]!) (seconds[peer] ??= []).push((await fit(peer, repeats)).seconds);
    }
  }
  for (const engine of engines.values()) engine.close();
  const own = median(seconds.vitrine);
  return {
    title,
    seconds: own,
    iterations,
    numCoefficients: coefficients.length,
    dataBytes: opened.get("node")!.bytes!,
    peakBytes: { vitrine: peakOfVitrine, glum: peakOfGlum },
    peers: peers.map((peer) => {
      const other = median(seconds[peer]);
      return { peer, seconds: other, ratio: other / own, difference: differences.get(peer)!, rounds: seconds[peer].length };
    }),
  };
}

function compare(what: string, own: readonly number[], others: readonly number[]): number {
  const difference = own.reduce((most, value, j) => Math.max(most, Math.abs(value - others[j])), 0);
  if (own.length === others.length && difference < AGREEMENT) return difference;
  throw new Error(`${what} differs from vitrine: ${others.length} coefficients for ${own.length}, by up to ${difference}`);
}
