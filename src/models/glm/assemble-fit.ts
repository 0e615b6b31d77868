import type { Warning } from "../../errors.ts";
import { multiply, multiplyTransposed } from "../../numeric/index.ts";
import type { BlockMatrix } from "../../numeric/index.ts";
import { findSeparation, separationWarning } from "./diagnostics/separation.ts";
import type { FittedRowNumbers } from "./fitting/panel-rows.ts";
import type { ParameterFit } from "./fitting/fit-parameter.ts";
import { nullDeviance } from "./fitting/null-model.ts";
import type { GlmFit, GlmProblem } from "./glm-fit.ts";
import type { GlmOptions } from "./glm-options.ts";
import type { PreparedFit } from "./prepare-fit.ts";

/** What a fit tells of all its rows besides the sums of IRLS. */
export interface FitTotals {
  /** Rows of weight above 0, each as often as its frequency says. */
  readonly numObservations: number;
  /** p unweighted means of the design's columns. */
  readonly columnMeans: Float64Array;
  readonly nullDeviance: number;
  /** At a dispersion that is known by then. */
  readonly logLikelihood: (dispersion: number) => number | null;
  readonly warnings: readonly Warning[];
  readonly training: GlmFit["training"];
}

/** Puts together what a model tells of its fit to rows in memory. */
export function assembleFit(prepared: PreparedFit, fitted: ParameterFit, options: GlmOptions, restriction?: GlmFit["restriction"]): GlmFit {
  const { design, recipe, frequencies } = prepared;
  const problem = { ...prepared.problem, family: fitted.family };
  const { aliased, deviance } = fitted;
  const { response, weights, family } = problem;
  const { linearPredictor, mean } = fitted.rows ?? computeRows(problem, fitted.coefficients);
  const totals = {
    numObservations: countObservations(weights, frequencies),
    columnMeans: meansOf(problem.matrix),
    nullDeviance: nullDeviance(problem, design.hasIntercept),
    logLikelihood: (dispersion: number) =>
      family.logLikelihood({ response, weights, ...(frequencies ? { frequencies } : {}), mean, deviance, dispersion }),
    warnings: separated(problem, linearPredictor, aliased, recipe.columnNames, restriction ?? options.biasReduction),
    training: options.keepData === false ? null : { table: prepared.table, design, problem, frequencies, linearPredictor, mean },
  };
  return describeFit(prepared, fitted, totals, options, restriction);
}

/** Estimates with NaN where aliased, dispersion, degrees of freedom, likelihood and warnings. */
export function describeFit(
  { recipe, warnings }: Pick<PreparedFit, "recipe" | "warnings">,
  fitted: ParameterFit,
  totals: FitTotals,
  options: Pick<GlmOptions, "dispersion" | "constraints" | "biasReduction">,
  restriction?: GlmFit["restriction"],
): GlmFit {
  const { aliased, rank, deviance, pearson, family } = fitted;
  const residualDegreesOfFreedom = totals.numObservations - rank;
  const dispersion = chooseDispersion(fitted, residualDegreesOfFreedom, options.dispersion);
  return {
    formula: recipe.formula,
    family,
    recipe,
    estimates: fitted.coefficients.map((value, j) => (aliased[j] ? NaN : value)),
    aliased,
    rank,
    columnMeans: totals.columnMeans,
    unscaledCovariance: blankAliased(fitted.inverse, aliased),
    givenCovariance: null,
    ...dispersion,
    deviance,
    nullDeviance: totals.nullDeviance,
    pearsonChiSquared: pearson,
    logLikelihood: totals.logLikelihood(dispersion.dispersion),
    numObservations: totals.numObservations,
    residualDegreesOfFreedom,
    nullDegreesOfFreedom: totals.numObservations - (recipe.hasIntercept ? 1 : 0),
    iterations: fitted.iterations,
    converged: fitted.converged,
    parameterStandardError: fitted.parameterStandardError,
    restriction: restriction ?? (options.constraints ? "constraints" : options.biasReduction === "firth" ? "firth" : null),
    warnings: [
      ...warnings,
      ...fitted.warnings,
      ...describeAliased(recipe.columnNames, aliased),
      ...totals.warnings,
      ...saturated(residualDegreesOfFreedom),
    ],
    training: totals.training,
  };
}

export function computeRows({ matrix, offset, family }: GlmProblem, coefficients: Float64Array): FittedRowNumbers {
  const linearPredictor = multiply(matrix, coefficients);
  if (offset) for (let row = 0; row < offset.length; row++) linearPredictor[row] += offset[row];
  const mean = new Float64Array(linearPredictor.length);
  for (let row = 0; row < mean.length; row++) mean[row] = family.link.inverse(linearPredictor[row]);
  return { linearPredictor, mean };
}

/** Rows of weight above 0, each as often as its frequency says. */
export function countObservations(weights: Float64Array, frequencies: Float64Array | null): number {
  let count = 0;
  for (let row = 0; row < weights.length; row++) if (weights[row] > 0) count += frequencies ? frequencies[row] : 1;
  return count;
}

/** The dispersion as the options want it. */
export function chooseDispersion(
  { family, deviance, pearson }: Pick<ParameterFit, "family" | "deviance" | "pearson">,
  degrees: number,
  wanted: GlmOptions["dispersion"],
): Pick<GlmFit, "dispersion" | "dispersionMethod"> {
  if (typeof wanted === "number") return { dispersion: wanted, dispersionMethod: "given" };
  if (family.hasKnownDispersion && wanted === undefined) return { dispersion: 1, dispersionMethod: "known" };
  const method = wanted ?? "pearson";
  const sum = method === "pearson" ? pearson : deviance;
  return { dispersion: degrees > 0 ? sum / degrees : NaN, dispersionMethod: method };
}

/** Unweighted means of the columns. */
export function meansOf(matrix: BlockMatrix): Float64Array {
  const ones = new Float64Array(matrix.numRows).fill(1);
  return multiplyTransposed(matrix, ones).map((sum) => sum / matrix.numRows);
}

export function blankAliased(inverse: Float64Array, aliased: Uint8Array): Float64Array {
  const p = aliased.length;
  if (!aliased.includes(1)) return inverse;
  return inverse.map((value, cell) => (aliased[Math.floor(cell / p)] || aliased[cell % p] ? NaN : value));
}

export function describeAliased(names: readonly string[], aliased: Uint8Array): Warning[] {
  const subjects = names.filter((_, column) => aliased[column]);
  if (subjects.length === 0) return [];
  const [what, verb] = subjects.length === 1 ? ["column", "is a combination"] : ["columns", "are combinations"];
  const message = `${subjects.length} ${what} of the design ${verb} of earlier ones and got no coefficient: ${subjects.join(", ")}.`;
  return [{ name: "aliased", message, subjects }];
}

/** Only maximum likelihood runs away; penalties and priors hold it. */
function separated(
  problem: GlmProblem,
  linearPredictor: Float64Array,
  aliased: Uint8Array,
  names: readonly string[],
  held: string | null | undefined,
): Warning[] {
  const found = held ? null : findSeparation(problem, linearPredictor, aliased);
  return found ? [separationWarning(found, names)] : [];
}

function saturated(degrees: number): Warning[] {
  if (degrees > 0) return [];
  const message = "There are as many coefficients as observations: the fit leaves nothing over to estimate errors from.";
  return [{ name: "saturated", message }];
}
