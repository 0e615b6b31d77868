import { TEST_FLAGS, below, type CellDigit, type CellGroup } from "./cell-groups.ts";
import type { CellPlan } from "./cell-plan.ts";
import { EDGE, EDGE_WORDS, LEAF, RIGHT } from "./tree-edges.ts";
import type { TreeProgram } from "./tree-program.ts";

/** Players at a leaf, at most: as `kernels/assembly/cell-tables.ts` has it. */
export const MOST_PLAYERS = 16;
const LEAF_WORDS = 8;

/** The leaves of a tree as the kernel fills tables with them. */
export interface CellLeaves {
  /** Eight words a leaf. */
  readonly records: Int32Array;
  /** Four words a step. */
  readonly steps: Int32Array;
  /** MOST_PLAYERS words a leaf. */
  readonly slots: Int32Array;
  /** MOST_PLAYERS doubles a leaf. */
  readonly ratios: Float64Array;
  readonly values: Float64Array;
  /** Most cells inside any group. */
  readonly mostInside: number;
}

/** Lays out all leaves, group after group. */
export function layLeaves(program: TreeProgram, { shape, groups }: CellPlan): CellLeaves {
  const numLeaves = program.leafValues.length;
  const records = new Int32Array(numLeaves * LEAF_WORDS);
  const slots = new Int32Array(numLeaves * MOST_PLAYERS);
  const ratios = new Float64Array(numLeaves * MOST_PLAYERS);
  const values = new Float64Array(numLeaves);
  const steps: number[] = [];
  let [next, table, cells, mostInside] = [0, 0, 0, 0];
  for (const group of groups) {
    const { above, inside, players } = group;
    forEachLeaf(program, below(shape, group.node), group, (leaf, path) => {
      const [numPlayers, first] = [program.leaves[leaf * 4 + 1], program.leaves[leaf * 4 + 2]];
      records.set([numPlayers, table, inside, above, players.length, steps.length / 4, path.length, cells * 8], next * LEAF_WORDS);
      for (const edge of path) pushStep(program.edges, edge * EDGE_WORDS, group.digits, steps);
      for (let j = 0; j < numPlayers; j++) {
        slots[next * MOST_PLAYERS + j] = players.indexOf(program.players[first + j]);
        ratios[next * MOST_PLAYERS + j] = program.playerRatios[first + j];
      }
      values[next++] = program.leafValues[leaf];
    });
    mostInside = Math.max(mostInside, inside);
    cells += inside * 2 ** above;
    table += inside * 2 ** above * players.length * 8;
  }
  return { records, steps: Int32Array.from(steps), slots, ratios, values, mostInside };
}

/** Calls back with each leaf of a group and the edges that lead to it inside. */
function forEachLeaf(
  { edges }: TreeProgram,
  [start, end]: [number, number],
  { node }: CellGroup,
  use: (leaf: number, path: readonly number[]) => void,
): void {
  if (start === end) {
    use(edges[node * EDGE_WORDS + EDGE.leaf], []);
    return;
  }
  const top = node < 0 ? 0 : edges[node * EDGE_WORDS + EDGE.depth];
  const path: number[] = [];
  for (let e = start; e < end; e++) {
    const at = e * EDGE_WORDS;
    path.length = edges[at + EDGE.depth] - top - 1;
    path.push(e);
    if (edges[at] & LEAF) use(edges[at + EDGE.leaf], path);
  }
}

/** Of every `period` cells, those from … to fail the edge's test, and lose its player's bit. */
function pushStep(edges: Int32Array, at: number, digits: readonly CellDigit[], steps: number[]): void {
  const [flags, column, limit] = [edges[at] & TEST_FLAGS, edges[at + EDGE.column], edges[at + EDGE.limit] >>> 0];
  let digit: CellDigit | undefined;
  for (const each of digits) if (each.flags === flags && each.column === column && each.limits.includes(limit)) digit = each;
  if (!digit) throw new Error("a path tests what its group does not");
  const { limits, stride } = digit;
  const period = stride * (limits.length + 1);
  const passing = stride * (limits.length - limits.indexOf(limit));
  if (edges[at] & RIGHT) steps.push(period, passing, period, ~(1 << edges[at + EDGE.bit]));
  else steps.push(period, 0, passing, ~(1 << edges[at + EDGE.bit]));
}
