import type { Matrix, TableLike } from "../../table/index.ts";
import type { TreeEnsemble } from "../../trees/index.ts";
import type { AttributionIndex } from "../attribution-indexes.ts";
import type { Explanation } from "../explanation.ts";
import type { InteractionExplanation } from "../interaction-explanation.ts";
import type { PairInteractions } from "../pair-interactions.ts";
import {
  InteractionFinder,
  type InteractionRanking,
  type RankInteractionsOptions,
  type RowBatches,
} from "./interactions/explain-interactions.ts";
import type { Tolerance } from "../kernel-shap/tolerance.ts";
import { checkExplainOptions, checkInteractions, checkOptions, checkStreams } from "./check-tree-options.ts";
import { chooseWork } from "./choose-work.ts";
import { describeRows } from "./explained-rows.ts";
import { saveExplainer } from "../tree-saving/saved-explainer.ts";
import { explainParallel } from "../tree-threads/explain-parallel.ts";
import { explainStream, type RowChunks } from "../tree-threads/explain-stream.ts";
import { checkThreadOptions, type TreeThreadOptions } from "../tree-threads/thread-options.ts";
import { TreeThreads } from "../tree-threads/tree-threads.ts";
import { prepareGame } from "./tree-game.ts";

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
  /**
   * What to explain: `raw`, the model's margin (log-odds, log of the mean, …); `response`, its probabilities or means; or `logLoss`, each
   * row's −log of the probability of its label, for classifiers. These are exact Shapley values of just that. The last two take a background and
   * cost a row that grows with its rows and with the coalitions of the features that differ: where more than 16 differ they are estimated,
   * with standard errors. `rescaledResponse` spreads differences of the response in proportion to raw values, background row by background row, as
   * shap does: for comparison, as these are Shapley values of nothing. @defaultValue "raw"
   */
  readonly output?: TreeShapOutput;
  /**
   * How a feature's ways of joining others are weighted. Banzhaf values weigh every coalition alike; they do not sum to the prediction, and the
   * explanation says so (`isAdditive`). `saabas` gives the steps of node means along a row's own way (shap's `approximate`), which depend on the
   * order of the tests: for comparison, without a background. @defaultValue "shapley"
   */
  readonly index?: AttributionIndex;
  /** Features to treat as one: `{ housing: ["rent", "own"] }`. Exact Shapley values of the groups, not sums. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /**
   * Where values of the response are estimated: the most coalitions of each explained row, against each background row.
   * @defaultValue 2048 and two for each feature or group
   */
  readonly budget?: number;
  /** Estimates stop before the budget is spent, as soon as the standard errors are small enough. @defaultValue spend the budget */
  readonly tolerance?: number | Tolerance;
  /** A whole number from 0 to 2^32 - 1: the same seed, the same estimates. @defaultValue 0 */
  readonly seed?: number;
}

/** What {@link treeShap} can explain of a model. */
export type TreeShapOutput = "raw" | "response" | "logLoss" | "rescaledResponse";

/** Options of one call of `explain`. */
export interface TreeShapExplainOptions {
  /** What was seen of each row, for `logLoss`: 0 or 1, or of several classes the name or the position. */
  readonly response?: ArrayLike<number | string>;
}

/** Options of one call of `explainParallel`. */
export interface TreeShapParallelOptions extends TreeShapExplainOptions, TreeThreadOptions {}

/** Explains rows by exact Shapley values of a tree ensemble. */
export interface TreeShapExplainer {
  /**
   * @param data - rows as a table (columns found by name) or a matrix in the model's column order
   * @returns values for each row and output; Shapley values and the base value sum to what the model predicts on the scale of `output`
   * @throws InputError when a column is missing, a category is unknown or a text stands where a number should, or labels are wanting
   */
  explain(data: TableLike | Matrix, options?: TreeShapExplainOptions): Explanation;
  /**
   * Explains as `explain` does, to the same bit, with the rows divided among threads: worker threads in Node, web workers in a browser. The model
   * and its background go to each thread once, at the first call; a thread ends when it has had no work for ten seconds, and none keeps a
   * process alive.
   *
   * @throws as `explain`, and the signal's reason when it is aborted
   * @example
   * const explanation = await explainer.explainParallel(policies, { threads: 4, signal, onProgress: ({ rowsDone }) => show(rowsDone) });
   */
  explainParallel(data: TableLike | Matrix, options?: TreeShapParallelOptions): Promise<Explanation>;
  /**
   * Explains more rows than memory holds: one explanation a chunk, in order, each what `explain` gives for that chunk. Chunks are read as fast
   * as explanations are taken: no more than threads + 1 are in memory.
   *
   * @param chunks - tables or matrices, each with at least one row, all with the model's columns
   * @throws as `explain`, what the chunks throw, and the signal's reason when it is aborted
   * @example
   * for await (const explanation of explainer.explainStream(readCsvChunks("policies.csv"))) total += explanation.numRows;
   */
  explainStream(chunks: RowChunks, options?: TreeThreadOptions): AsyncGenerator<Explanation, void, undefined>;
  /** The explainer as bytes, with the model and what is known of the background: {@link loadTreeShap} restores it. */
  toBytes(): Uint8Array;
  /** Ends the threads at once, and with it what they are still explaining. The next call starts new ones. */
  close(): Promise<void>;
  /**
   * Interactions of all pairs of features: exact, for the same game, index and groups as the values. Off the diagonal stands half of a pair's
   * interaction index, on it what a feature does alone; rows sum to the features' values.
   * @throws InputError where they would take more than 1 GiB, on scales that trees do not add up on, and as `explain`
   */
  interactions(data: TableLike | Matrix): InteractionExplanation;
  /** Interactions of the pairs that meet on a path of some tree alone: for models of many columns. @throws InputError as `interactions` */
  pairInteractions(data: TableLike | Matrix): PairInteractions;
  /**
   * The strongest interactions over any number of rows, in bounded memory: a ranking after each batch, over all rows so far.
   * @param batches - tables or matrices one after another, for example `[table]`
   * @throws InputError for unknown options, and as `interactions`
   */
  rankInteractions(batches: RowBatches, options?: RankInteractionsOptions): AsyncGenerator<InteractionRanking, void, undefined>;
}

/**
 * Tree SHAP: exact Shapley values in float64, by tables of cells and Gauss–Legendre quadrature.
 * A row costs an addition or two for each leaf of a shallow tree, whatever the size of the background; deep trees cost more. What is prepared is made
 * at the first call and kept, up to 1 GiB; a model that needs more against its background is prepared anew at each call, so explain its rows together.
 * @throws InputError when the model's file has no covers and no background is given, or options do not fit the model
 * @example
 * const explanation = treeShap(importLightgbm(text), { background: train }).explain(applicants);
 * @see Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9; Wettenstein, Mitchell & Yu (2026), arXiv:2605.04497; docs/maths/tree-shap.md
 */
export function treeShap(ensemble: TreeEnsemble, options: TreeShapOptions = {}): TreeShapExplainer {
  checkOptions(ensemble, options);
  const game = prepareGame(ensemble, options);
  const work = chooseWork(game, options);
  const explain: TreeShapExplainer["explain"] = (data, { response } = {}) => {
    const rows = ensemble.encode(data, "treeShap.explain");
    work.check(rows.numRows, response);
    const found = work.compute({ rows, firstRow: 0, ...(response === undefined ? {} : { response }) });
    return work.assemble([found], { data: describeRows(ensemble, data, rows), ...(response === undefined ? {} : { response }) });
  };
  const toBytes = (): Uint8Array => saveExplainer(game, options);
  const threads = new TreeThreads(ensemble, work, toBytes);
  const scale = options.output ?? "raw";
  const interactions = new InteractionFinder(game, (data) => explain(data), scale === "raw" ? 1 : ensemble.link.divisor);
  const findInteractions = (call: string): InteractionFinder => {
    checkInteractions(call, ensemble, options);
    return interactions;
  };
  return {
    interactions: (data) => findInteractions("treeShap.interactions").dense(data),
    pairInteractions: (data) => findInteractions("treeShap.pairInteractions").pairs(data),
    rankInteractions: (batches, run = {}) => findInteractions("treeShap.rankInteractions").rank(batches, run),
    explain: (data, run = {}) => {
      checkExplainOptions(options, run);
      return explain(data, run);
    },
    explainParallel: async (data, run = {}) => {
      const call = "treeShap.explainParallel";
      checkThreadOptions(call, run, ["response"]);
      const { response, ...how } = run;
      checkExplainOptions(options, response === undefined ? {} : { response });
      return explainParallel(threads, data, response, how);
    },
    explainStream: (chunks, run = {}) => {
      checkThreadOptions("treeShap.explainStream", run);
      checkStreams(options);
      return explainStream(threads, chunks, run);
    },
    toBytes,
    close: () => threads.close(),
  };
}
