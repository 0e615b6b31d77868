import { LEAF } from "./forest.ts";

/** How far a node's cover may be from the sum of its children's, relatively: they are written in float32. */
const SLACK = 1e-5;

/**
 * Covers, from the attribute for the popularity of nodes: most converters write 1 for all of them, which is no cover.
 *
 * @returns `hitRates` where each test has what its two children have together; NaN for every node else.
 */
export function readCovers(
  hitRates: Float64Array | null,
  modes: Uint8Array,
  trueChild: Float64Array,
  falseChild: Float64Array,
): Float64Array {
  const unknown = new Float64Array(modes.length).fill(NaN);
  if (hitRates?.length !== modes.length) return unknown;
  let tests = 0;
  for (const [i, rate] of hitRates.entries()) {
    if (!(rate >= 0 && rate < Infinity)) return unknown;
    if (modes[i] === LEAF) continue;
    tests++;
    const below = hitRates[trueChild[i]] + hitRates[falseChild[i]];
    if (rate === 0 || Math.abs(rate - below) > SLACK * rate) return unknown;
  }
  return tests > 0 ? hitRates : unknown;
}
