import { BlockProducts } from "../../numeric/index.ts";
import type { ModelFormula, TableLike } from "../../table/index.ts";
import { computeRows, countObservations, meansOf } from "../glm/assemble-fit.ts";
import { drive } from "../glm/fitting/drive.ts";
import type { PassSteps } from "../glm/fitting/drive.ts";
import { constantCoefficients, nullDeviance } from "../glm/fitting/null-model.ts";
import type { FittedRowNumbers } from "../glm/fitting/panel-rows.ts";
import { runPass } from "../glm/fitting/run-pass.ts";
import type { GlmProblem } from "../glm/glm-fit.ts";
import { prepareRows } from "../glm/prepare-fit.ts";
import type { PreparedFit } from "../glm/prepare-fit.ts";
import { assembleGam } from "./assemble-gam.ts";
import type { GamTotals } from "./assemble-gam.ts";
import { checkSizes } from "./check-sizes.ts";
import { correctionSteps } from "./corrected-fit.ts";
import { fletcherMean, likelihoodAt } from "./dispersion.ts";
import { fitSmoothing } from "./fitting/fit-smoothing.ts";
import type { SmoothingFit, SmoothingSettings } from "./fitting/smoothing-fit.ts";
import type { GamFit } from "./gam-fit.ts";
import { GamModel } from "./gam-model.ts";
import { cellsOf, checkGamOptions, isLikelihood } from "./gam-options.ts";
import type { GamOptions } from "./gam-options.ts";
import { penaltyBlocks } from "./penalty-blocks.ts";
import { separatedTerms } from "./separated-terms.ts";
import { checkCriterion, smoothingSettings } from "./smoothing-settings.ts";

/**
 * Fits a generalized additive model: the linear predictor is an offset plus terms, of which some are smooth functions that the data choose,
 * each as wiggly as the restricted likelihood finds warranted. Answers are those of R's `mgcv::gam`, by the exact Laplace approximation of the
 * restricted likelihood with its exact gradient.
 *
 * Rows that miss a value are left out with the warning `missingRows`; a search that does not settle carries the warning `notConverged`.
 *
 * @param formula - R's, in mgcv's spelling: `"claims ~ region + s(age, k = 12) + te(lon, lat) + offset(log(exposure))"`, or `{ response, terms }`
 * made with builders
 * @param data - the rows to fit to
 * @throws {@link InputError} for a formula that cannot be read, an unknown column or option, a smooth that its column has too few distinct
 * values for, and as {@link fitGlm}
 * @throws {@link ConvergenceError} when no coefficients give means that the family allows
 * @example
 * const model = fitGam("accel ~ s(times, k = 20)", mcycle);
 * console.log(String(model.summary()));
 * @see Wood (2011), Fast stable restricted maximum likelihood and marginal likelihood estimation of semiparametric generalized linear models,
 * doi:10.1111/j.1467-9868.2010.00749.x
 */
export function fitGam(formula: ModelFormula, data: TableLike, options: GamOptions = {}): GamModel {
  const call = "fitGam";
  const prepared = prepareGam(call, formula, data, options);
  const { problem } = prepared;
  const products = new BlockProducts(problem.matrix);
  return new GamModel(drive(fitGamSteps(call, prepared, options), (request) => runPass(problem, products, request)));
}

/** Reads and checks all that a fit needs. @throws {@link InputError} as `fitGam` says */
export function prepareGam(call: string, formula: ModelFormula, data: TableLike, options: GamOptions): PreparedFit {
  checkGamOptions(call, options);
  const { knots } = options;
  const cells = cellsOf(options) ?? Infinity;
  const prepared = prepareRows(call, formula, data, options, { smooths: "learn", ...(knots ? { knots } : {}), cells });
  checkSizes(call, prepared.problem);
  return prepared;
}

/** The fit as a conversation, which asks for sums over the rows. */
export function* fitGamSteps(call: string, prepared: PreparedFit, options: GamOptions): PassSteps<GamFit> {
  const { matrix, family } = prepared.problem;
  checkCriterion(call, family, options);
  const blocks = penaltyBlocks(call, prepared.smooths, options);
  const fitted = yield* fitSmoothing(matrix.numColumns, family, blocks, settingsOf(prepared, options));
  const fit = assembleGam(prepared, { fitted, blocks, totals: totalsOf(prepared, fitted, options) }, options);
  // Once the rows are gone it could not be found any more.
  return options.keepData === false ? { ...fit, corrected: yield* correctionSteps(fit) } : fit;
}

function settingsOf({ problem, design, frequencies }: PreparedFit, options: GamOptions): SmoothingSettings {
  const intercept = design.hasIntercept ? design.terms[0].positions[0] : null;
  return smoothingSettings(options, {
    numObservations: countObservations(problem.weights, frequencies),
    fallback: constantCoefficients(problem, intercept),
    startParameters: problem.family.startParameters(problem),
  });
}

function totalsOf(prepared: PreparedFit, fitted: SmoothingFit, options: GamOptions): GamTotals {
  const { design, frequencies, smooths } = prepared;
  const problem = { ...prepared.problem, family: fitted.family };
  const rows = computeRows(problem, fitted.coefficients);
  const { linearPredictor, mean } = rows;
  const numObservations = countObservations(problem.weights, frequencies);
  const columnMeans = meansOf(problem.matrix);
  // Smooths are centred already, or deliberately not.
  for (const { first, size } of smooths) columnMeans.fill(0, first, first + size);
  return {
    numObservations,
    columnMeans,
    // As mgcv has it: even without an intercept the model is compared with a mean, which its terms can express as a rule.
    nullDeviance: nullDeviance(problem, true),
    logLikelihood: (estimate) =>
      likelihoodAt({ ...problem, frequencies, mean, numObservations }, fitted.deviance, {
        // The criterion of a likelihood has a dispersion of its own.
        dispersion: isLikelihood(fitted.method) ? fitted.dispersion : estimate,
        isGiven: typeof options.dispersion === "number",
      }),
    warnings: separatedTerms(prepared, fitted, linearPredictor),
    training: options.keepData === false ? null : { table: prepared.table, design, problem, frequencies, linearPredictor, mean },
    fletcher: fletcherMean(problem, mean),
    ...variancesOf(problem, rows),
  };
}

/** Sample variances of √weight × (response − weighted mean) and of √weight × (response − fitted mean). */
function variancesOf(
  { response, weights }: GlmProblem,
  { mean }: FittedRowNumbers,
): Pick<GamTotals, "responseVariance" | "residualVariance"> {
  const roots = weights.map(Math.sqrt);
  const center = weights.reduce((sum, weight, row) => sum + weight * response[row], 0) / weights.reduce((sum, weight) => sum + weight, 0);
  return {
    responseVariance: sampleVariance(roots.map((root, row) => root * (response[row] - center))),
    residualVariance: sampleVariance(roots.map((root, row) => root * (response[row] - mean[row]))),
  };
}

function sampleVariance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
