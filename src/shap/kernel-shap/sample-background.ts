import { createRandom } from "../../numeric/index.ts";
import { scaleOf, squaredDistance } from "./nearest-neighbours.ts";
import type { ComparedColumn } from "./synthetic-rows.ts";

/** A part of the background that stands for all of it. */
export interface BackgroundSample {
  readonly numRows: number;
  /**
   * `stratified`: the rows in the order of their predictions, cut into as many parts of equal weight, and one row drawn from each. `medoids`: the
   * rows that are nearest to all others, each with the weight of those it is nearest to.
   */
  readonly method: "stratified" | "medoids";
}

/** Positions of chosen rows and their weights. */
export interface ChosenRows {
  readonly rows: Int32Array;
  readonly weights: Float64Array;
}

/** One row of each part of equal weight, in the order of the scores; all of the same weight. */
export function drawStratified(scores: Float64Array, weights: Float64Array, numRows: number, seed: number): ChosenRows {
  const random = createRandom(seed);
  const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b] || a - b);
  const rows: number[] = [];
  let [reached, place] = [weights[order[0]], 0];
  for (let part = 0; part < numRows; part++) {
    const mark = (part + random.next()) / numRows;
    while (reached < mark && place < order.length - 1) reached += weights[order[++place]];
    rows.push(order[place]);
  }
  return { rows: Int32Array.from(rows), weights: new Float64Array(numRows).fill(1 / numRows) };
}

/** Rounds of medoids: they settle in a few. */
const MOST_ROUNDS = 20;

/**
 * Medoids by distance in standard deviations, categories by whether they are equal.
 * @see Park and Jun (2009), doi:10.1016/j.eswa.2008.01.039; Arthur and Vassilvitskii (2007), k-means++ (first choice)
 */
export function findMedoids(columns: readonly ComparedColumn[], weights: Float64Array, numRows: number, seed: number): ChosenRows {
  const n = weights.length;
  const scales = columns.map(scaleOf);
  const distance = (a: number, b: number): number =>
    columns.reduce((sum, column, j) => sum + squaredDistance(column, scales[j], column.cells[a], column.cells[b]), 0);
  let medoids = spreadOut(n, numRows, weights, distance, seed);
  let owner = assign(n, medoids, distance);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = medoids.map((medoid, cluster) => {
      const members = [...owner.keys()].filter((row) => owner[row] === cluster);
      let [best, least] = [medoid, Infinity];
      for (const one of members) {
        const cost = members.reduce((sum, other) => sum + weights[other] * distance(one, other), 0);
        if (cost < least) [best, least] = [one, cost];
      }
      return best;
    });
    if (next.every((medoid, i) => medoid === medoids[i])) break;
    medoids = next;
    owner = assign(n, medoids, distance);
  }
  const sums = new Float64Array(medoids.length);
  owner.forEach((cluster, row) => (sums[cluster] += weights[row]));
  return { rows: Int32Array.from(medoids), weights: sums };
}

/** Rows far from one another: each drawn by its squared distance from those before. */
function spreadOut(n: number, count: number, weights: Float64Array, distance: (a: number, b: number) => number, seed: number): number[] {
  const random = createRandom(seed);
  const nearest = new Float64Array(n).fill(1);
  const chosen: number[] = [];
  while (chosen.length < count) {
    const total = nearest.reduce((sum, own, row) => sum + own * weights[row], 0);
    let mark = random.next() * total;
    let row = 0;
    while (row < n - 1 && (mark -= nearest[row] * weights[row]) > 0) row++;
    if (chosen.includes(row)) row = nearest.findIndex((_, other) => !chosen.includes(other));
    chosen.push(row);
    for (let other = 0; other < n; other++) {
      const own = distance(row, other);
      nearest[other] = chosen.length === 1 ? own : Math.min(nearest[other], own);
    }
  }
  return chosen;
}

function assign(n: number, medoids: readonly number[], distance: (a: number, b: number) => number): Int32Array {
  return Int32Array.from({ length: n }, (_, row) => {
    let [best, least] = [0, Infinity];
    medoids.forEach((medoid, cluster) => {
      const own = distance(row, medoid);
      if (own < least) [best, least] = [cluster, own];
    });
    return best;
  });
}
