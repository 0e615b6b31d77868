import { median } from "../median.ts";
import { describeFailure, PEERS, type Peer } from "./peers.ts";
import { readDoubles } from "./models.ts";
import { COLUMNS } from "./cases.ts";
import type { PeerResult } from "./results.ts";

/** Rounds of a case: the first three in any case, then as many as fit its seconds. */
const FEWEST = 3;
const MOST = 7;

/** Vitrine's own part of a comparison. */
export interface OwnWork {
  readonly rows: number;
  readonly numLeaves: number;
  /** Values of the first rows. */
  readonly values: Float64Array;
  readonly explain: () => void;
  readonly fresh: () => void;
}

/** A peer that has opened its model, agrees and takes part in the rounds. */
export interface Contestant {
  readonly peer: Peer;
  readonly own: OwnWork;
  readonly rows: number;
  readonly difference: number;
}

/** What the rounds measured, in median seconds. */
export interface Measured {
  readonly rounds: number;
  readonly own: ReadonlyMap<OwnWork, { readonly warm: number; readonly fresh: number }>;
  readonly peers: ReadonlyMap<Contestant, { readonly warm: number; readonly fresh: number }>;
}

/** Seconds that work takes. */
export function clock(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Opens a model in a peer and compares its values with vitrine's; a peer that fails or differs is noted and left out. */
export async function enter(
  peer: Peer,
  own: OwnWork,
  request: { readonly model: string; readonly rows: number; readonly background?: string; readonly of?: number },
  left: (note: string) => void,
  agreement: number = PEERS[peer.name].agreement,
): Promise<Contestant | null> {
  const { rows, ...model } = request;
  try {
    await peer.ask({ do: "open", ...model, rows: "explained", count: rows });
    await peer.ask({ do: "values", file: "compared.phi" });
    const found = readDoubles("compared.phi");
    if (found.length !== rows * COLUMNS) throw new Error(`${found.length} values instead of ${rows * COLUMNS}`);
    let difference = 0;
    for (const [i, value] of found.entries()) difference = Math.max(difference, Math.abs(value - own.values[i]));
    if (!(difference < agreement)) throw new Error(`its values differ by ${difference.toExponential(1)}`);
    return { peer, own, rows, difference };
  } catch (error) {
    left(describeFailure(error));
    return null;
  }
}

/** Vitrine and its peers in turn; a peer that fails on the way has no figure. */
export async function takeTurns(owns: readonly OwnWork[], contestants: readonly Contestant[], seconds: number): Promise<Measured> {
  const own = new Map(owns.map((work) => [work, { warm: [] as number[], fresh: [] as number[] }]));
  const peers = new Map(contestants.map((each) => [each, { warm: [] as number[], fresh: [] as number[] }]));
  // The engine of JavaScript compiles what runs often.
  for (const work of owns) for (let i = 0; i < 3; i++) work.explain();
  const start = performance.now();
  let rounds = 0;
  const elapsed = (): number => (performance.now() - start) / 1000;
  while (rounds < MOST && (rounds < FEWEST || elapsed() * (1 + 1 / rounds) < seconds)) {
    for (const [work, times] of own) {
      for (let i = 0; i < 3; i++) times.warm.push(clock(work.explain));
      times.fresh.push(clock(work.fresh));
    }
    for (const [each, times] of peers) {
      try {
        times.warm.push((await each.peer.ask<{ seconds: number }>({ do: "run" })).seconds);
        const { builds } = PEERS[each.peer.name];
        times.fresh.push(builds ? (await each.peer.ask<{ seconds: number }>({ do: "run", fresh: true })).seconds : median(times.warm));
      } catch {
        peers.delete(each);
      }
    }
    rounds++;
  }
  const summarize = <Key>(all: ReadonlyMap<Key, { warm: number[]; fresh: number[] }>): Map<Key, { warm: number; fresh: number }> =>
    new Map([...all].map(([key, { warm, fresh }]) => [key, { warm: median(warm), fresh: median(fresh) }]));
  return { rounds, own: summarize(own), peers: summarize(peers) };
}

/** The result of a peer, per row and leaf, beside vitrine's on the same model. */
export function comparePeer(measured: Measured, each: Contestant): PeerResult {
  const own = measured.own.get(each.own);
  const peer = measured.peers.get(each);
  if (own === undefined || peer === undefined) return leftOut("failed in the rounds");
  const perCell = (seconds: number, rows: number): number => (seconds * 1e9) / rows / each.own.numLeaves;
  const nanoseconds = perCell(peer.warm, each.rows);
  const fresh = perCell(peer.fresh, each.rows);
  return {
    rows: each.rows,
    difference: each.difference,
    nanoseconds,
    fresh,
    ratio: nanoseconds / perCell(own.warm, each.own.rows),
    freshRatio: fresh / perCell(own.fresh, each.own.rows),
  };
}

/** A peer without a figure. */
export function leftOut(note: string): PeerResult {
  return { note, rows: 0, difference: 0, nanoseconds: 0, fresh: 0, ratio: 0, freshRatio: 0 };
}
