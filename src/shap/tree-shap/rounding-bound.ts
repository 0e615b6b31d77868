import { countTrees, type TreeNodes } from "../../trees/index.ts";
import { EDGE, EDGE_WORDS, REPEATED } from "./engine/tree-edges.ts";
import type { TreeGame } from "./tree-game.ts";
import { coverShare, type TreeProgram } from "./engine/tree-program.ts";

/** Half a unit in the last place of 1: what one operation of float64 can be off, relative to its result. */
const UNIT_ROUNDOFF = 2 ** -53;
/** What underflow can do to sums of any length that fits in memory. */
const UNDERFLOW = 2 ** -1000;

/** How far off a chain of `n` roundings can be, relative to the sum of the sizes of its terms; Infinity where it says nothing. */
function gamma(n: number): number {
  const share = n * UNIT_ROUNDOFF;
  return share < 1 ? share / (1 - share) : Infinity;
}

/**
 * What float64 can make of the prediction, the base value and all values of a row together, one an output: the sum of their absolute errors is no
 * larger, for any row. Derived in docs/maths/tree-shap.md, "How sure".
 * @param roundings - what a term goes through inside one tree, at most
 */
export function boundRounding(game: TreeGame, roundings: number): Float64Array {
  const known = bounds.get(game);
  if (known?.roundings === roundings) return known.bound;
  const bound = deriveBound(game, roundings);
  bounds.set(game, { roundings, bound });
  return bound;
}

/** Bounds hold for any row: derived once. */
const bounds = new WeakMap<TreeGame, { readonly roundings: number; readonly bound: Float64Array }>();

function deriveBound(game: TreeGame, roundings: number): Float64Array {
  const { ensemble, programs, background } = game;
  const { nodes, numOutputs } = ensemble;
  const growth = background ? new Float64Array(countTrees(nodes)).fill(1) : growthOfTrees(nodes);
  // Per output: largest leaves, and what all values of a row can come to in absolute terms.
  const sizes = Float64Array.from(ensemble.baseScores, Math.abs);
  const terms = new Float64Array(numOutputs);
  programs.forEach((program, i) => {
    // With a background covers count for nothing, and some may be unknown.
    const mean = background ? 0 : Math.abs(program.expectedValue);
    const largest = program.leafValues.reduce((most, value) => Math.max(most, Math.abs(value)), mean);
    const size = largest * growth[Math.floor(i / nodes.leafWidth)];
    sizes[program.output] += size;
    terms[program.output] += size * countPlayers(program) * magnification(program);
  });
  const numTrees = programs.length;
  const perTree = roundings + numTrees + 2;
  const prediction = gamma(numTrees + 1);
  const base = gamma(background ? numTrees + 2 * background.rows.numRows + 4 : numTrees + roundings);
  return sizes.map((size, output) => (prediction + base) * size + gamma(perTree) * terms[output] + UNDERFLOW);
}

/**
 * The same for each row, with what summing up the row's own numbers adds, which is where residuals come from.
 * @returns rows × outputs
 */
export function certifyRows(bound: Float64Array, values: Float64Array, baseValues: Float64Array, predictions: Float64Array): Float64Array {
  const outputs = bound.length;
  const players = values.length / predictions.length;
  return predictions.map((prediction, cell) => {
    const output = cell % outputs;
    const first = ((cell - output) / outputs) * players * outputs + output;
    let size = Math.abs(prediction) + Math.abs(baseValues[cell]);
    for (let j = 0; j < players; j++) size += Math.abs(values[first + j * outputs]);
    // Two more where each number was divided.
    return bound[output] + gamma(players + 4) * size;
  });
}

function countPlayers({ players }: TreeProgram): number {
  return new Set(players).size;
}

/**
 * The terms of one player's value against the largest leaf, in absolute terms: 5 H_d in tables, whose two sums are taken for all players
 * together; 4 r − 2 by quadrature, where a player comes r times on a path and each edge takes back what the one above gave.
 */
function magnification({ edges, mostPlayers }: TreeProgram): number {
  let harmonic = 0;
  for (let d = 1; d <= mostPlayers; d++) harmonic += 1 / d;
  const times: number[] = [];
  let most = 1;
  for (let at = 0; at < edges.length; at += EDGE_WORDS) {
    const level = edges[at + EDGE.depth];
    times[level] = edges[at + EDGE.flags] & REPEATED ? times[edges[at + EDGE.previous]] + 1 : 1;
    most = Math.max(most, times[level]);
  }
  return Math.max(5 * harmonic, 4 * most - 2);
}

/** By how much the shares of cover that go down a path can exceed 1 together, where the file's covers are rounded: largest of each tree. */
function growthOfTrees(nodes: TreeNodes): Float64Array {
  const { feature, left, right, treeStart } = nodes;
  const above = new Float64Array(feature.length).fill(1);
  return Float64Array.from({ length: countTrees(nodes) }, (_, tree) => {
    let most = 1;
    // Parents come before their children.
    for (let i = treeStart[tree]; i < treeStart[tree + 1]; i++) {
      most = Math.max(most, above[i]);
      if (feature[i] < 0) continue;
      const both = coverShare(nodes, i, left[i]) + coverShare(nodes, i, right[i]);
      above[left[i]] = above[right[i]] = above[i] * Math.max(1, both);
    }
    return most;
  });
}
