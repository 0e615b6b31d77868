import type { Warning } from "../../errors.ts";
import { makeSymmetric } from "../../numeric/index.ts";
import type { FitTotals } from "../glm/assemble-fit.ts";
import { blankAliased, describeAliased } from "../glm/assemble-fit.ts";
import type { PreparedFit } from "../glm/prepare-fit.ts";
import { chooseGamDispersion } from "./dispersion.ts";
import type { PenaltyBlock } from "./fitting/penalty-block.ts";
import type { SmoothingFit } from "./fitting/smoothing-fit.ts";
import type { GamFit, SmoothingSearch } from "./gam-fit.ts";
import { cellsOf } from "./gam-options.ts";
import type { GamOptions } from "./gam-options.ts";
import { effectiveDegrees, samplingCovariance } from "./inference/effective-degrees.ts";
import { describeSmooths } from "./smooth-tests.ts";

/** What a fit tells of all its rows besides the sums of the search. */
export interface GamTotals extends FitTotals {
  /** See `fletcherMean`. */
  readonly fletcher: number;
  /** Of √weight × response about its mean, and of √weight × (response − mean): sample variances. */
  readonly responseVariance: number;
  readonly residualVariance: number;
}

/** What was fitted, and how. */
export interface FittedParts {
  readonly fitted: SmoothingFit;
  readonly blocks: readonly PenaltyBlock[];
  readonly totals: GamTotals;
}

/** Puts together what a model tells of its fit. */
export function assembleGam(
  prepared: Pick<PreparedFit, "recipe" | "smooths" | "warnings">,
  { fitted, blocks, totals }: FittedParts,
  options: GamOptions,
): GamFit {
  const { recipe } = prepared;
  const { aliased, fisherGram, family, estimatedParameters } = fitted;
  const unscaledCovariance = makeSymmetric(fitted.fisherInverse.slice(), aliased.length);
  const penalized = { estimates: fitted.coefficients, fisherGram, unscaledCovariance };
  const degrees = effectiveDegrees(penalized);
  const total = degrees.edf.reduce((sum, value) => sum + value, 0);
  const residualDegreesOfFreedom = totals.numObservations - total;
  const nullDegreesOfFreedom = totals.numObservations - 1;
  const scale = chooseGamDispersion(fitted, residualDegreesOfFreedom, totals.fletcher, options.dispersion);
  const sampling = samplingCovariance(degrees, unscaledCovariance, aliased.length);
  const tested = { ...penalized, degrees, samplingCovariance: sampling, ...referenceOf(scale, residualDegreesOfFreedom) };
  return {
    formula: recipe.formula,
    family,
    recipe,
    estimates: fitted.coefficients.map((value, j) => (aliased[j] ? NaN : value)),
    aliased,
    rank: total,
    columnMeans: totals.columnMeans,
    unscaledCovariance: blankAliased(unscaledCovariance, aliased),
    givenCovariance: null,
    ...scale,
    deviance: fitted.deviance,
    nullDeviance: totals.nullDeviance,
    pearsonChiSquared: fitted.pearson,
    logLikelihood: totals.logLikelihood(scale.dispersion),
    numObservations: totals.numObservations,
    residualDegreesOfFreedom,
    nullDegreesOfFreedom,
    iterations: fitted.outerIterations,
    converged: fitted.converged,
    parameterStandardError: estimatedParameters[0]?.standardError ?? null,
    restriction: null,
    warnings: [
      ...prepared.warnings,
      ...fitted.warnings,
      ...describeAliased(recipe.columnNames, aliased),
      ...totals.warnings,
      ...saturated(residualDegreesOfFreedom),
    ],
    training: totals.training,
    method: fitted.method,
    criterion: fitted.criterion,
    estimatedParameters,
    smooths: describeSmooths(tested, prepared.smooths, blocks, fitted.smoothing),
    cells: cellsOf(options),
    degreesOfFreedom: degrees.edf,
    referenceDegreesOfFreedom: degrees.edf1,
    samplingCovariance: blankAliased(sampling, aliased).map((value) => scale.dispersion * value),
    adjustedRSquared: 1 - (totals.residualVariance * nullDegreesOfFreedom) / (totals.responseVariance * residualDegreesOfFreedom),
    corrected: null,
    search: searchOf(fitted, blocks, options),
  };
}

function searchOf(fitted: SmoothingFit, penalties: readonly PenaltyBlock[], { gamma = 1 }: GamOptions): SmoothingSearch {
  const { smoothing, parameters, parametersAtInfinity, directions, outerHessian, dispersion, fisherGram } = fitted;
  return { penalties, smoothing, parameters, parametersAtInfinity, directions, hessian: outerHessian, dispersion, gamma, fisherGram };
}

/** What tests refer to. */
function referenceOf(
  { dispersion, dispersionMethod }: Pick<GamFit, "dispersion" | "dispersionMethod">,
  residualDegreesOfFreedom: number,
): { readonly dispersion: number; readonly residualDegreesOfFreedom: number } {
  const isKnown = dispersionMethod === "known" || dispersionMethod === "given";
  return { dispersion, residualDegreesOfFreedom: isKnown ? Infinity : residualDegreesOfFreedom };
}

function saturated(degrees: number): Warning[] {
  if (degrees >= 1) return [];
  const message =
    "The model has nearly as many effective degrees of freedom as there are observations: little is left to estimate errors from.";
  return [{ name: "saturated", message }];
}
