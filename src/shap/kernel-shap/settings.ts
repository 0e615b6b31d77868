import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import type { Matrix, Table, TableLike } from "../../table/index.ts";
import { readWeights } from "../background-weights.ts";
import type { PredictFunction } from "../exact-shap.ts";
import { choosePlayers, type Players } from "../players.ts";
import { readRows } from "../rows-and-outputs.ts";
import { readTolerance, type Tolerance } from "./tolerance.ts";
import { findLink, LINK_NAMES, type LinkFunction, type ValueLink } from "./value-link.ts";

/** How values come of coalitions. */
export type Estimator = "automatic" | "regression";

const ESTIMATORS: readonly string[] = ["automatic", "regression"] satisfies Estimator[];

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
   * How values come of coalitions: `regression` of paired coalitions on the players, or `automatic`, which takes products of three players into
   * the regression wherever pairs that were held out say that it helps. @defaultValue "automatic"
   */
  readonly estimator?: Estimator;
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
  readonly budget: number;
  readonly tolerance: Tolerance | null;
  readonly seed: number;
  readonly concurrency: number;
  readonly maxBatchRows: number;
  readonly maxRows: number;
}

const OPTIONS = [
  "background",
  "backgroundWeights",
  "groups",
  "link",
  "outputNames",
  "estimator",
  "budget",
  "tolerance",
  "seed",
  "concurrency",
  "maxBatchRows",
  "maxRows",
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
  const { background, weights } = joinEqualRows(table, given);
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
    budget: readBudget(options.budget, players.features.length),
    tolerance: readTolerance(options.tolerance),
    seed: readWhole("seed", options.seed, 0, 0, 2 ** 32 - 1),
    concurrency: readWhole("concurrency", options.concurrency, 1, 1, 1024),
    maxBatchRows: readWhole("maxBatchRows", options.maxBatchRows, 4096, 1, 2 ** 24),
    maxRows: options.maxRows === undefined ? Infinity : readWhole("maxRows", options.maxRows, 1, 1, Number.MAX_SAFE_INTEGER),
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
