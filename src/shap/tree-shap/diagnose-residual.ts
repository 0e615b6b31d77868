import { listNames } from "../../errors.ts";
import { findLeaf, type EncodedRows } from "../../trees/index.ts";
import { layTrees } from "./engine/lay-trees.ts";
import type { TreeGame } from "./tree-game.ts";
import type { TreeProgram } from "./engine/tree-program.ts";

/** Relative to the largest leaf: a tree that misses by more does not add up by itself. */
const TOLERANCE = 1e-9;

/** One tree of a game, for one output. */
interface OwnTree {
  readonly program: TreeProgram;
  readonly tree: number;
  /** Which of a vector leaf's values it gives. */
  readonly part: number;
}

/**
 * Why the values of one row do not add up, or are no numbers: which tree and which columns, or the base value. Explains the row tree by tree.
 * @returns a sentence
 */
export function diagnoseResidual(game: TreeGame, rows: EncodedRows, row: number, output: number): string {
  const { ensemble, programs } = game;
  const { leafWidth } = ensemble.nodes;
  const own = programs
    .map((program, i): OwnTree => ({ program, tree: Math.floor(i / leafWidth), part: i % leafWidth }))
    .filter(({ program }) => program.output === output);
  const infinite = own.find(({ program }) => !program.leafValues.every(Number.isFinite));
  if (infinite) return `Tree ${infinite.tree} has a leaf of ${infinite.program.leafValues.find((value) => !Number.isFinite(value))}.`;
  return findTree(game, own, rows, row) ?? checkBase(game, own, output) ?? "Each tree adds up alone: their sum is too large for float64.";
}

/** The tree that misses most by itself; null where none does. */
function findTree(game: TreeGame, own: readonly OwnTree[], rows: EncodedRows, row: number): string | null {
  const { numColumns, values } = rows;
  const one = { values: values.slice(row * numColumns, (row + 1) * numColumns), numRows: 1, numColumns };
  let sentence: string | null = null;
  let most = 0;
  for (const each of own) {
    const { program, tree } = each;
    const found = layTrees({ ...game, programs: [program] }).engine.explain(one);
    const miss = found.reduce((rest, value) => rest - value, leafOf(game, each, one, 0) - baseOf(game, each));
    const size = program.leafValues.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    // Written so that a NaN counts as the largest miss.
    if (Math.abs(miss) <= Math.max(most, TOLERANCE * size)) continue;
    const tested = game.players.features.filter((_, player) => program.players.includes(player)).map(({ name }) => name);
    sentence = `Tree ${tree}, which tests ${listNames(tested)}, misses by ${Math.abs(miss)} alone.`;
    if (Number.isNaN(miss)) return sentence;
    most = Math.abs(miss);
  }
  return sentence;
}

/** Whether the base value is base score and trees together; null where it is. */
function checkBase(game: TreeGame, own: readonly OwnTree[], output: number): string | null {
  const score = game.ensemble.baseScores[output];
  const bases = own.map((each) => baseOf(game, each));
  const off = bases.reduce((rest, base) => rest - base, game.baseValues[output] - score);
  const size = bases.reduce((sum, base) => sum + Math.abs(base), Math.abs(score) + Math.abs(game.baseValues[output]));
  if (Math.abs(off) <= TOLERANCE * size) return null;
  return `Each tree adds up alone, but the base value is ${off} more than base score and trees come to.`;
}

/** What a tree adds to the base value. */
function baseOf(game: TreeGame, own: OwnTree): number {
  const { background } = game;
  if (background === null) return own.program.expectedValue;
  let [sum, total] = [0, 0];
  background.weights.forEach((weight, row) => {
    sum += weight * leafOf(game, own, background.rows, row);
    total += weight;
  });
  return sum / total;
}

/** The leaf that a row reaches. */
function leafOf({ ensemble: { nodes } }: TreeGame, { program, tree, part }: OwnTree, rows: EncodedRows, row: number): number {
  const reached = findLeaf(nodes, nodes.treeStart[tree], rows.values, row * rows.numColumns);
  return program.depth === 0 ? program.expectedValue : nodes.leafValues[nodes.leafStart[reached] + part];
}
