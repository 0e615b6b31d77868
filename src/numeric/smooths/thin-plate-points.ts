import { createRandom } from "../random.ts";
import type { SmoothBasisOptions } from "./types.ts";

/** More points than these are sampled: the work grows with their square. */
const MOST_POINTS = 2000;
const DEFAULT_SEED = 1;

/**
 * The points that a thin plate is made of: those given, or all of the data's, or of very many a sample.
 *
 * @param coordinates - distinct points in lexicographic order
 */
export function choosePoints(coordinates: readonly Float64Array[], { knots, seed = DEFAULT_SEED }: SmoothBasisOptions): Float64Array[] {
  if (knots) return sortDistinct(knots, coordinates.length);
  const numPoints = coordinates[0].length;
  if (numPoints <= MOST_POINTS) return [...coordinates];
  const chosen = sampleSorted(numPoints, MOST_POINTS, seed);
  return coordinates.map((x) => Float64Array.from(chosen, (i) => x[i]));
}

/** Distinct points in lexicographic order. @param flat - one dimension's coordinates after the other's */
function sortDistinct(flat: readonly number[], dimension: number): Float64Array[] {
  const numGiven = flat.length / dimension;
  const given = Array.from({ length: numGiven }, (_, i) => Array.from({ length: dimension }, (__, k) => flat[k * numGiven + i]));
  given.sort(comparePoints);
  const distinct = given.filter((point, i) => i === 0 || comparePoints(point, given[i - 1]) !== 0);
  return Array.from({ length: dimension }, (_, k) => Float64Array.from(distinct, (point) => point[k]));
}

function comparePoints(one: readonly number[], other: readonly number[]): number {
  const k = one.findIndex((value, at) => value !== other[at]);
  return k < 0 ? 0 : one[k] - other[k];
}

/** `count` of the whole numbers below `from`, ascending, each set as likely as any other (Floyd's algorithm, doi:10.1145/30401.315746). */
function sampleSorted(from: number, count: number, seed: number): Int32Array {
  const random = createRandom(seed);
  const chosen = new Set<number>();
  for (let last = from - count; last < from; last++) {
    const drawn = random.integer(last + 1);
    chosen.add(chosen.has(drawn) ? last : drawn);
  }
  return Int32Array.from(chosen).sort();
}
