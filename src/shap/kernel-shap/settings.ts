import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import type { Matrix, Table, TableLike } from "../../table/index.ts";
import { readWeights } from "../background-weights.ts";
import type { PredictFunction } from "../exact-shap.ts";
import { choosePlayers, type Players } from "../players.ts";
import { readRows } from "../rows-and-outputs.ts";
import { readHierarchy, type Hierarchy, type HierarchyNode } from "./hierarchy.ts";
import { ABSENT_NAMES, type AbsentFeatures } from "./imputer.ts";
import type { BackgroundSample } from "./sample-background.ts";
import { readTolerance, type Tolerance } from "./tolerance.ts";
import { findLink, LINK_NAMES, type LinkFunction, type ValueLink } from "./value-link.ts";

/** How values come of coalitions. */
export type Estimator = "automatic" | "regression" | "permutation";

const ESTIMATORS: readonly string[] = ["automatic", "regression", "permutation"] satisfies Estimator[];

/** Options of {@link kernelShap}. */
export interface KernelShapOptions {
  /** The rows that stand for "feature absent". */
  readonly background: TableLike | Matrix;
  /** A weight for each background row, not negative. @defaultValue all equal */
  readonly backgroundWeights?: ArrayLike<number>;
  /** Features to treat as one. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /**
   * The scale on which contributions add up: v(S) = link(mean prediction over the background). With "logit" a model of probabilities is
   * explained in log-odds. @defaultValue "identity"
   */
  readonly link?: ValueLink;
  /** Names of the model's outputs. @defaultValue `output`, or `output 0`, `output 1`, … */
  readonly outputNames?: readonly string[];
  /**
   * The most coalitions evaluated for each explained row, the empty and the full one among them. A coalition costs one model row for each
   * background row. With 2^g coalitions of g varying features the values are exact.
   * @defaultValue 2048 and two for each feature or group
   */
  readonly budget?: number;
  /**
   * How values come of coalitions: `regression` of paired coalitions on the players; `automatic`, which takes products of three players into
   * the regression wherever pairs that were held out say that it helps; or `permutation`, means over orderings of the players gone through
   * forwards and backwards. @defaultValue "automatic"
   */
  readonly estimator?: Estimator;
  /**
   * Features that belong together, in nested lists of names, or `"clustered"` to find them by their rank correlations in the background: the values
   * are then Owen's, which give features of one branch their joint credit. @defaultValue none: Shapley's values
   */
  readonly hierarchy?: Hierarchy | "clustered";
  /** What stands for absent features. @defaultValue "marginal" */
  readonly absentFeatures?: AbsentFeatures;
  /** Rows made for each coalition where absent features depend on present ones. @defaultValue 32, or 10 nearest neighbours */
  readonly draws?: number;
  /** Let so many rows stand for the whole background. @defaultValue all of its rows */
  readonly backgroundSample?: number | BackgroundSample;
  /** Stop before the budget is spent, as soon as the standard errors are small enough. @defaultValue spend the budget */
  readonly tolerance?: number | Tolerance;
  /** A whole number from 0 to 2^32 - 1: the same seed, the same values. @defaultValue 0 */
  readonly seed?: number;
  /** Calls of the model under way at once. Values do not depend on it. @defaultValue 1 */
  readonly concurrency?: number;
  /** Most rows in one call. Values do not depend on it. @defaultValue 4096 */
  readonly maxBatchRows?: number;
  /** Most rows that one call of `explain` may send to the model. @defaultValue no limit */
  readonly maxRows?: number;
  /** What a model row costs, in any currency; with `maxCost`. */
  readonly costPerRow?: number;
  /** The most that one call of `explain` may cost; with `costPerRow`. @defaultValue no limit */
  readonly maxCost?: number;
}

/** Options, checked and filled in. */
export interface Settings {
  readonly predict: PredictFunction;
  /** Background rows that weigh something, each once. */
  readonly background: Table;
  /** Their weights, of sum 1. */
  readonly weights: Float64Array;
  /** What they weighed, for the explanation. */
  readonly described: { readonly numRows: number; readonly totalWeight: number };
  readonly players: Players;
  readonly link: LinkFunction;
  readonly outputNames: readonly string[] | undefined;
  readonly estimator: Estimator;
  /** The hierarchy that orderings keep to: all players side by side for permutations without one; null where pairs are sampled. */
  readonly hierarchy: HierarchyNode | "clustered" | null;
  /** Whether the caller gave it. */
  readonly hasHierarchy: boolean;
  readonly absentFeatures: AbsentFeatures;
  readonly draws: number;
  readonly backgroundSample: BackgroundSample | null;
  readonly budget: number;
  readonly tolerance: Tolerance | null;
  readonly seed: number;
  readonly concurrency: number;
  readonly maxBatchRows: number;
  readonly maxRows: number;
  readonly costPerRow: number | null;
}

const OPTIONS = [
  "background",
  "backgroundWeights",
  "groups",
  "link",
  "outputNames",
  "estimator",
  "hierarchy",
  "absentFeatures",
  "draws",
  "backgroundSample",
  "budget",
  "tolerance",
  "seed",
  "concurrency",
  "maxBatchRows",
  "maxRows",
  "costPerRow",
  "maxCost",
] as const;

export function readSettings(predict: unknown, options: KernelShapOptions): Settings {
  if (typeof predict !== "function") {
    const mend = "For a TreeEnsemble write (batch) => model.predict(batch).";
    throw fail("predict", "a function from a table to predictions", predict, mend);
  }
  if (typeof options !== "object" || options === null) throw fail("options", "an object with background", options, "Pass { background }.");
  refuseUnknownOptions("kernelShap", options, OPTIONS);
  const table = readRows(options.background, "kernelShap background");
  const given = readWeights("kernelShap", table.numRows, options.backgroundWeights);
  const absentFeatures = readName("absentFeatures", ABSENT_NAMES, options.absentFeatures, "marginal");
  const { background, weights } =
    absentFeatures === "marginal" ? joinEqualRows(table, given) : { background: table, weights: shareEqually(given) };
  const players = choosePlayers("kernelShap", background.columnNames, options.groups);
  return {
    predict: predict as PredictFunction,
    background,
    weights,
    described: { numRows: table.numRows, totalWeight: given.reduce((sum, weight) => sum + weight, 0) },
    players,
    link: findLink("kernelShap.explain", readName("link", LINK_NAMES, options.link, "identity")),
    outputNames: options.outputNames,
    estimator: readName("estimator", ESTIMATORS, options.estimator, "automatic"),
    hierarchy: readTree(options, players.features),
    hasHierarchy: options.hierarchy !== undefined,
    absentFeatures,
    draws: readDraws(options.draws, absentFeatures, table.numRows),
    backgroundSample: readSample(options.backgroundSample),
    budget: readBudget(options.budget, players.features.length),
    tolerance: readTolerance(options.tolerance),
    seed: readWhole("seed", options.seed, 0, 0, 2 ** 32 - 1),
    concurrency: readWhole("concurrency", options.concurrency, 1, 1, 1024),
    maxBatchRows: readWhole("maxBatchRows", options.maxBatchRows, 4096, 1, 2 ** 24),
    maxRows: readCap(options),
    costPerRow: options.costPerRow ?? null,
  };
}

/** The least budget for so many players: full enumeration, or four coalitions for each, which is what honest standard errors take. */
export function leastBudget(numPlayers: number): number {
  return Math.min(2 ** numPlayers, Math.max(16, 4 * numPlayers));
}

function readBudget(budget: number | undefined, numPlayers: number): number {
  if (budget === undefined) return 2 * numPlayers + 2048;
  const least = leastBudget(numPlayers);
  if (Number.isSafeInteger(budget) && budget >= least) return budget;
  const expected = `a whole number of at least ${least} coalitions for ${numPlayers} features or groups`;
  throw fail("budget", expected, budget, `Give ${least} or more, or put columns together with groups.`);
}

function readName<Name extends string>(argument: string, names: readonly string[], value: Name | undefined, otherwise: Name): Name {
  if (value === undefined) return otherwise;
  if (names.includes(value)) return value;
  throw fail(argument, `one of ${listNames(names)}`, value, "Leave the option out for its default.");
}

function readWhole(argument: string, value: number | undefined, otherwise: number, least: number, most: number): number {
  if (value === undefined) return otherwise;
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw fail(argument, `a whole number from ${least} to ${most}`, value, "Leave the option out for its default.");
}

function fail(argument: string, expected: string, received: unknown, mend: string): InputError {
  return new InputError({ call: "kernelShap", argument, expected, received: describeReceived(received), mend });
}

/** The hierarchy that orderings keep to: for permutations without one, all players side by side. */
function readTree({ hierarchy, estimator }: KernelShapOptions, features: readonly { readonly name: string }[]): Settings["hierarchy"] {
  if (hierarchy === "clustered") return hierarchy;
  const names = features.map(({ name }) => name);
  if (hierarchy !== undefined) return readHierarchy(hierarchy, names);
  return estimator === "permutation" ? [...names.keys()] : null;
}

function readDraws(draws: number | undefined, absentFeatures: AbsentFeatures, numRows: number): number {
  if (absentFeatures === "marginal") {
    if (draws === undefined) return 0;
    throw fail(
      "draws",
      "left out for marginal absent features",
      draws,
      'Give absentFeatures: "gaussianCopula" or "nearestNeighbours" with it.',
    );
  }
  if (absentFeatures === "gaussianCopula") return readWhole("draws", draws, 32, 1, 100_000);
  return readWhole("draws", draws, Math.min(10, numRows), 1, numRows);
}

function readSample(sample: number | BackgroundSample | undefined): BackgroundSample | null {
  if (sample === undefined) return null;
  const { numRows, method } = typeof sample === "number" ? { numRows: sample, method: "stratified" as const } : sample;
  readWhole("backgroundSample.numRows", numRows, 1, 1, 2 ** 31);
  return { numRows, method: readName("backgroundSample.method", ["stratified", "medoids"], method, "stratified") };
}

/** The most rows, by their number and by their cost. */
function readCap({ maxRows, maxCost, costPerRow }: KernelShapOptions): number {
  const rows = maxRows === undefined ? Infinity : readWhole("maxRows", maxRows, 1, 1, Number.MAX_SAFE_INTEGER);
  if (maxCost === undefined && costPerRow === undefined) return rows;
  for (const [name, value] of [
    ["costPerRow", costPerRow],
    ["maxCost", maxCost],
  ] as const) {
    if (typeof value === "number" && value > 0 && value < Infinity) continue;
    throw fail(name, "a number above 0, as the two go together", value, "Give both costPerRow and maxCost, or neither.");
  }
  return Math.min(rows, Math.floor(maxCost! / costPerRow!));
}

/** Weights that imputers, which take every row for as much as any other, can keep to. */
function shareEqually(given: Float64Array): Float64Array {
  if (given.every((weight) => weight === given[0])) return given.map(() => 1 / given.length);
  throw fail(
    "backgroundWeights",
    "equal where absent features are imputed",
    "unequal ones",
    'Leave the option out, or use absentFeatures: "marginal".',
  );
}

/** Rows that weigh nothing are left out; equal ones become one of their weight together: each game is played once. */
function joinEqualRows(table: Table, given: Float64Array): { background: Table; weights: Float64Array } {
  const { values, numColumns } = table;
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const placeOf = new Map<string, number>();
  const kept: number[] = [];
  const weights: number[] = [];
  given.forEach((weight, row) => {
    if (weight === 0) return;
    const key = values.subarray(row * numColumns, (row + 1) * numColumns).join();
    const place = placeOf.get(key);
    if (place !== undefined) {
      weights[place] += weight / total;
      return;
    }
    placeOf.set(key, kept.length);
    kept.push(row);
    weights.push(weight / total);
  });
  return { background: kept.length === table.numRows ? table : table.take(kept), weights: Float64Array.from(weights) };
}
