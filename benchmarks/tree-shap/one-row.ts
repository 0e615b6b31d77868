import { treeShap } from "vitrine/shap";
import { median } from "../median.ts";
import type { ModelShape } from "./cases.ts";
import { countLeaves, firstRows, openLightgbm, readDoubles } from "./models.ts";
import { describeFailure, type Peer } from "./peers.ts";
import type { OneRowResult } from "./results.ts";
import { clock } from "./rounds.ts";

const ROUNDS = 5;
const CALLS = 60;

/** Calls with one row each: vitrine's and LightGBM's, in turn. */
export async function runOneRow(peer: Peer, shape: ModelShape, note: (text: string) => void): Promise<OneRowResult> {
  const ensemble = await openLightgbm(peer, shape);
  const cells = readDoubles("explained.x");
  const explainer = treeShap(ensemble);
  // A service that has run for a while: what runs often is compiled.
  for (let i = 0; i < 300; i++) explainer.explain(firstRows(cells, 1, i));
  const vitrine: number[] = [];
  const python: number[] = [];
  const native: number[] = [];
  try {
    await peer.ask({ do: "open", model: shape.name, rows: "explained", count: 100 });
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < CALLS; i++) vitrine.push(clock(() => explainer.explain(firstRows(cells, 1, i))));
      const answer = await peer.ask<{ seconds: number; native: number | null }>({ do: "one", repeats: CALLS });
      python.push(answer.seconds);
      if (answer.native !== null) native.push(answer.native);
    }
  } catch (error) {
    note(`one row with LightGBM: ${describeFailure(error)}`);
  }
  const milliseconds = (all: readonly number[]): number | null => (all.length === 0 ? null : median(all) * 1000);
  return {
    trees: ensemble.numTrees,
    depth: shape.depth,
    numLeaves: countLeaves(ensemble),
    vitrine: milliseconds(vitrine) ?? Number.NaN,
    python: milliseconds(python),
    native: milliseconds(native),
  };
}
