import { toTable } from "../../../table/index.ts";
import type { ModelFormula, TableLike } from "../../../table/index.ts";
import type { GlmProblem } from "../glm-fit.ts";
import { prepareFit } from "../prepare-fit.ts";
import type { PreparedFit } from "../prepare-fit.ts";
import { refuseEstimatedParameter } from "./check-path-family.ts";
import type { ColumnPenalty, PathSettings } from "./column-penalty.ts";
import { crossValidate } from "./cross-validation.ts";
import { DEFAULT_SETTINGS } from "./fit-penalty.ts";
import type { GlmPathFit } from "./glm-path-fit.ts";
import { checkPathOptions, dataOptions } from "./glm-path-options.ts";
import type { GlmPathOptions } from "./glm-path-options.ts";
import { GlmPath } from "./glm-path.ts";
import { LEAST_RATIO } from "./path-columns.ts";
import { makeSolver, preparePathProblem, undoShifts } from "./path-problem.ts";
import { notConverged } from "./penalized-fit.ts";
import { readFolds } from "./read-folds.ts";
import { readPenalty } from "./read-penalty.ts";
import { runPath } from "./run-path.ts";
import type { StrengthPlan } from "./run-path.ts";

/**
 * Fits a generalized linear model at a sequence of strengths of an elastic-net penalty, as glmnet does: at each it minimises
 *
 * `½ deviance / Σ weights + strength × Σ factor_j (l1Ratio |β_j| + ½ (1 − l1Ratio) β_j²)`
 *
 * over coefficients of standardised columns; the intercept is free. For gaussian with the identity link the squared part is divided by the
 * standard deviation of the response, which makes strengths agree with glmnet's. With `folds` the strength is chosen by cross-validation.
 *
 * @param formula - R's: `"claims ~ region + poly(age, 2) + offset(log(exposure))"`, or `{ response, terms }` made with builders
 * @param data - the rows to fit to
 * @throws {@link InputError} as {@link fitGlm}, and for options that are none, unknown terms or coefficients, and a family whose θ or power is
 * to be estimated
 * @example
 * const path = fitGlmPath("claims ~ region + age + power", policies, { family: poisson(), exposure: "years", folds: 10 });
 * const model = path.model("oneStandardError");
 * @see Friedman, Hastie and Tibshirani (2010), doi:10.18637/jss.v033.i01; Tay, Narasimhan and Hastie (2023), doi:10.18637/jss.v106.i01
 */
export function fitGlmPath(formula: string | ModelFormula, data: TableLike, options: GlmPathOptions = {}): GlmPath {
  const call = "fitGlmPath";
  checkPathOptions(call, options);
  const table = toTable(data, call);
  const prepared = prepareFit(call, formula, table, dataOptions(options));
  const { problem, recipe, design } = prepared;
  refuseEstimatedParameter(call, problem.family);
  const penalty = readPenalty(call, "", options, recipe);
  const { seed = 1, tolerance = DEFAULT_SETTINGS.tolerance, maxIterations = DEFAULT_SETTINGS.maxIterations } = options;
  const { weights } = problem;
  const folds = readFolds(call, options.folds, seed, { numRows: table.numRows, rows: design.rows, weights });
  const settings = { tolerance, maxIterations };
  const plan = isConstant(problem) ? { strengths: Float64Array.of(0) } : planStrengths(options, penalty, weights.length);
  return new GlmPath(fitPath(call, prepared, { penalty, settings, plan, folds, keepData: options.keepData ?? true }));
}

/** Whether the intercept alone says all: a path of its own strengths would follow rounding. */
function isConstant({ response, weights, offset }: GlmProblem): boolean {
  const first = response[weights.findIndex((weight) => weight > 0)];
  return offset === null && response.every((value, i) => value === first || weights[i] === 0);
}

interface PathChoices {
  readonly penalty: ColumnPenalty;
  readonly settings: PathSettings;
  readonly plan: StrengthPlan;
  readonly folds: Int32Array | null;
  readonly keepData: boolean;
}

function fitPath(call: string, prepared: PreparedFit, { penalty, settings, plan, folds, keepData }: PathChoices): GlmPathFit {
  const { recipe, formula } = prepared;
  const { family } = prepared.problem;
  const pathProblem = preparePathProblem(prepared.problem, penalty.intercept);
  const solver = makeSolver(pathProblem, pathProblem.problem.weights, penalty, settings);
  const { strengths, points, devianceRatio } = runPath(solver, plan, family.name);
  const p = recipe.columnNames.length;
  const coefficients = new Float64Array(points.length * p);
  // Adding 0 turns −0 into 0, which JSON keeps.
  points.forEach((point, k) =>
    coefficients.set(
      undoShifts(pathProblem, point.coefficients).map((value) => value + 0),
      k * p,
    ),
  );
  const degreesOfFreedom = Int32Array.from(points, (point) => countNonzero(point.coefficients, penalty.intercept));
  const unsettled = Array.from(strengths).filter((_, k) => !points[k].converged);
  return {
    formula,
    family,
    recipe,
    l1Ratio: penalty.l1Ratio,
    strengths,
    coefficients,
    degreesOfFreedom,
    devianceRatio,
    nullDeviance: solver.nullDeviance * pathProblem.totalWeight,
    converged: Uint8Array.from(points, ({ converged }) => Number(converged)),
    crossValidation: folds === null ? null : crossValidate(pathProblem, penalty, settings, strengths, folds),
    warnings: [...prepared.warnings, ...(unsettled.length === 0 ? [] : [notConverged(call, unsettled)])],
    training: keepData ? { prepared, penalty, settings } : null,
  };
}

function planStrengths(options: GlmPathOptions, { intercept, lower, upper, l1Ratio }: ColumnPenalty, numRows: number): StrengthPlan {
  const { strengths, numStrengths = 100, largestDevianceRatio = 0.999 } = options;
  if (strengths !== undefined) return { strengths: Float64Array.from(strengths).sort().reverse() };
  const numColumns = lower.length - (intercept < 0 ? 0 : 1);
  const smallestRatio = options.smallestRatio ?? (numRows > numColumns ? 1e-4 : 1e-2);
  // Where coefficients may be held at zero, a path that gains nothing for a while may gain again.
  const mayRest = lower.some((bound, j) => bound === 0 || upper[j] === 0);
  const smallestGain = options.smallestGain ?? (mayRest ? 0 : 1e-5);
  const startsAtZero = l1Ratio >= LEAST_RATIO;
  return { numStrengths, smallestRatio, stopping: { largestDevianceRatio, smallestGain }, startsAtZero };
}

function countNonzero(coefficients: Float64Array, intercept: number): number {
  return coefficients.reduce((count, value, j) => count + Number(j !== intercept && value !== 0), 0);
}
