import { InputError, describeReceived, refuseUnknownOptions } from "../../errors.ts";
import { KernelMemoryError } from "../../kernels/index.ts";
import type { Matrix, TableLike } from "../../table/index.ts";
import { TreeEnsemble, countTrees } from "../../trees/index.ts";
import type { EncodedRows } from "../../trees/index.ts";
import { explainChecked } from "../additivity.ts";
import { readWeights } from "../background-weights.ts";
import type { BackgroundSummary, Explanation } from "../explanation.ts";
import { choosePlayers, type Players } from "../players.ts";
import { codeColumns, type ColumnCoding } from "./coded-columns.ts";
import { describeRows } from "./explained-rows.ts";
import { PairTree } from "./pair-tree.ts";
import { QuadratureTree } from "./quadrature-tree.ts";
import { TableTree, fitsTables } from "./table-tree.ts";
import { TreeEngine } from "./tree-engine.ts";
import { compileTree, type TreeProgram } from "./tree-program.ts";

/** Players on one path, at most: beyond it the quadrature needs more than 512 nodes. */
const MOST_PLAYERS = 1024;

/** A child's share of its parent's cover, with room for covers that were summed in float32. */
const MOST_SHARE = 1.001;

/**
 * Path-dependent: trees with at most so many players on a path are explained by tables, others by quadrature. Tables of short paths are quick to
 * make and halve the time of a row; those of longer paths spill the caches and gain nothing.
 */
const TABLE_PLAYERS = 6;

/** Options of {@link treeShap}. */
export interface TreeShapOptions {
  /**
   * The rows that stand for "feature absent": the interventional game, averaged over all of them. Beyond preparing them once, any number of
   * rows costs the same per explained row, but for trees with more than a dozen features on a path. Without it absent features are averaged
   * by the model's own training covers: the path-dependent game.
   */
  readonly background?: TableLike | Matrix;
  /** A weight for each background row, not negative. @defaultValue all equal */
  readonly backgroundWeights?: ArrayLike<number>;
  /** The scale to explain: `raw` is the model's margin (log-odds, log of the mean, …). @defaultValue "raw" */
  readonly output?: "raw";
  /** Features to treat as one: `{ housing: ["rent", "own"] }`. Exact Shapley values of the groups, not sums. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

/** Explains rows by exact Shapley values of a tree ensemble. */
export interface TreeShapExplainer {
  /**
   * @param data - rows as a table (columns found by name) or a matrix in the model's column order
   * @returns values that with the base value sum to the model's raw prediction, for each row and output
   * @throws InputError when a column is missing, a category is unknown or a text stands where a number should
   */
  explain(data: TableLike | Matrix): Explanation;
}

/**
 * Tree SHAP: exact Shapley values in float64, by pattern tables and Gauss–Legendre quadrature.
 * One row costs about the number of leaves times the depth, whatever the size of the background. What is prepared for a background is made at
 * the first call and kept, up to 1 GiB; a model that needs more (some 250 trees of depth 8) is prepared anew at each call, so explain its rows
 * together.
 * @throws InputError when the model's file has no covers and no background is given, or options do not fit the model
 * @example
 * const explanation = treeShap(importLightgbm(text), { background: train }).explain(applicants);
 * @see Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9; Wettenstein, Mitchell & Yu (2026), arXiv:2605.04497; docs/maths/tree-shap.md
 */
export function treeShap(ensemble: TreeEnsemble, options: TreeShapOptions = {}): TreeShapExplainer {
  checkOptions(ensemble, options);
  const players = choosePlayers("treeShap", ensemble.featureNames, options.groups);
  const background = options.background === undefined ? null : readBackground(ensemble, options.background, options.backgroundWeights);
  const coding = codeColumns(ensemble.nodes);
  const programs = compileTrees(ensemble, coding, players.playerOf);
  if (!background) checkCovers(ensemble, programs);
  const engine = new TreeEngine(coding, players.features.length, ensemble.outputNames.length);
  const trees = programs.filter((program) => program.depth > 0);
  if (background) {
    const coded = withinMemory(() => engine.placeBackground(background.rows, background.weights));
    engine.placeTrees(
      trees.map((tree) => (fitsTables(tree) ? new TableTree(engine.kernel, tree, coded) : new PairTree(engine.kernel, tree, coded))),
    );
  } else {
    engine.placeTrees(
      trees.map((tree) =>
        tree.mostPlayers <= TABLE_PLAYERS ? new TableTree(engine.kernel, tree, null) : new QuadratureTree(engine.kernel, tree),
      ),
    );
  }
  const baseValues = background ? meanPrediction(ensemble, background) : expectedValues(ensemble, programs);
  return { explain: (data) => explainRows(ensemble, players, engine, baseValues, background && summarize(background), data) };
}

/** The core's memory ends at 4 GiB: deep trees against very many background rows may want more. */
function withinMemory<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KernelMemoryError)) throw error;
    throw new InputError({
      call: "treeShap",
      argument: "ensemble and background",
      expected: "small enough for the 4 GiB that WebAssembly can address",
      received: error.message,
      mend: "Give a sample of the background rows, or train shallower trees.",
    });
  }
}

interface Background {
  readonly rows: EncodedRows;
  readonly weights: Float64Array;
}

function explainRows(
  ensemble: TreeEnsemble,
  players: Players,
  engine: TreeEngine,
  base: Float64Array,
  background: BackgroundSummary | null,
  data: TableLike | Matrix,
): Explanation {
  const rows = ensemble.encode(data, "treeShap.explain");
  const values = withinMemory(() => engine.explain(rows));
  const predictions = ensemble.sumLeaves(rows);
  const described = describeRows(ensemble, data, rows);
  return explainChecked({
    values,
    baseValues: predictions.map((_, cell) => base[cell % base.length]),
    predictions,
    data: described,
    features: players.describe(described),
    outputNames: ensemble.outputNames,
    scale: "raw",
    units: ensemble.link.units,
    method: background ? "tree-interventional" : "tree-path-dependent",
    background,
    warnings: ensemble.warnings,
  });
}

function compileTrees(ensemble: TreeEnsemble, coding: ColumnCoding, playerOf: Int32Array): TreeProgram[] {
  const { nodes } = ensemble;
  const programs: TreeProgram[] = [];
  for (let tree = 0; tree < countTrees(nodes); tree++) {
    for (let part = 0; part < nodes.leafWidth; part++) programs.push(compileTree(nodes, coding, tree, part, playerOf));
  }
  const widest = programs.reduce((most, { mostPlayers }) => Math.max(most, mostPlayers), 0);
  if (widest > MOST_PLAYERS) {
    throw new InputError({
      call: "treeShap",
      argument: "ensemble",
      expected: `a model with at most ${MOST_PLAYERS} different features on one path`,
      received: `a path with ${widest}`,
      mend: "Train shallower trees, or put features together with `groups`.",
    });
  }
  return programs;
}

function readBackground(ensemble: TreeEnsemble, data: TableLike | Matrix, weights: ArrayLike<number> | undefined): Background {
  const rows = ensemble.encode(data, "treeShap background");
  return { rows, weights: readWeights("treeShap", rows.numRows, weights) };
}

function summarize({ rows, weights }: Background): BackgroundSummary {
  return { numRows: rows.numRows, totalWeight: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** Base value of the interventional game: the mean raw prediction over the background. */
function meanPrediction(ensemble: TreeEnsemble, { rows, weights }: Background): Float64Array {
  const predictions = ensemble.sumLeaves(rows);
  const means = new Float64Array(ensemble.outputNames.length);
  let total = 0;
  weights.forEach((weight, i) => {
    total += weight;
    for (let output = 0; output < means.length; output++) means[output] += weight * predictions[i * means.length + output];
  });
  return means.map((sum) => sum / total);
}

/** Base value of the path-dependent game: base score and mean leaf of each tree by cover. */
function expectedValues(ensemble: TreeEnsemble, programs: readonly TreeProgram[]): Float64Array {
  const sums = Float64Array.from(ensemble.baseScores);
  for (const { output, expectedValue } of programs) sums[output] += expectedValue;
  return sums;
}

/** No node can have seen more training rows than its parent, but for float32 rounding. */
function checkShares(programs: readonly TreeProgram[]): void {
  for (const [tree, { ratios }] of programs.entries()) {
    for (let share = 2; share < ratios.length; share += 4) {
      if (!(ratios[share] > MOST_SHARE)) continue;
      throw new InputError({
        call: "treeShap",
        argument: "ensemble",
        expected: "a model whose nodes have seen no more training rows than their parents",
        received: `a node with ${ratios[share]} times as many`,
        where: `tree ${tree}`,
        mend: "Save the model again, or pass `background` to do without these counts.",
      });
    }
  }
}

function checkCovers(ensemble: TreeEnsemble, programs: readonly TreeProgram[]): void {
  checkShares(programs);
  const { cover, feature } = ensemble.nodes;
  // A parent without a count, or a child of one that has it.
  const unknown =
    feature.some((tested, i) => tested >= 0 && Number.isNaN(cover[i])) || programs.some(({ ratios }) => ratios.some(Number.isNaN));
  if (!unknown) return;
  throw new InputError({
    call: "treeShap",
    argument: "background",
    expected: "given, because the model's file does not say how many training rows reached each node",
    received: "nothing",
    mend: "Pass `background`: the training rows, or a sample of them.",
  });
}

function checkOptions(ensemble: TreeEnsemble, options: TreeShapOptions): void {
  if (!(ensemble instanceof TreeEnsemble)) {
    throw optionError("ensemble", "a TreeEnsemble", describeReceived(ensemble), "Read one with importLightgbm or importXgboost.");
  }
  if (typeof options !== "object" || options === null) {
    throw optionError("options", "an object", describeReceived(options), "Leave it out for path-dependent values.");
  }
  refuseUnknownOptions("treeShap", options, ["background", "backgroundWeights", "output", "groups"]);
  if (options.output !== undefined && options.output !== "raw") {
    throw optionError("output", '"raw"', JSON.stringify(options.output), "Leave it out: values are on the model's raw scale.");
  }
  if (options.backgroundWeights !== undefined && options.background === undefined) {
    throw optionError("backgroundWeights", "given together with background", "weights alone", "Pass the background rows too.");
  }
}

function optionError(argument: string, expected: string, received: string, mend: string): InputError {
  return new InputError({ call: "treeShap", argument, expected, received, mend });
}
