import { BlockProducts, makeSymmetric } from "../../numeric/index.ts";
import { covarianceOf } from "../glm/covariance.ts";
import { drive } from "../glm/fitting/drive.ts";
import type { PassSteps } from "../glm/fitting/drive.ts";
import { runPass } from "../glm/fitting/run-pass.ts";
import { fitSmoothing } from "./fitting/fit-smoothing.ts";
import type { SmoothingSettings } from "./fitting/smoothing-fit.ts";
import type { CorrectedFit, GamFit, SmoothingSearch } from "./gam-fit.ts";
import { isLikelihood } from "./gam-options.ts";
import { correctedDegrees, smoothingCovariance } from "./inference/smoothing-uncertainty.ts";

/** Change of a log smoothing parameter over which the criterion's gradient is differenced: its truncation and the rounding are both near 1e-8. */
const CHANGE = 1e-3;

/** What the uncertainty of the smoothing parameters makes of a fit in memory; null where the criterion is no likelihood, or the rows are gone. */
export function correctFit(fit: GamFit): CorrectedFit | null {
  if (!hasUncertainty(fit) || !fit.search) return null;
  const { training } = fit;
  if (isExact(fit, fit.search)) return correct(fit, fit.search, fit.search.hessian);
  if (!training) return null;
  const { problem } = training;
  const products = new BlockProducts(problem.matrix);
  return drive(correctionSteps(fit), (request) => runPass({ ...problem, family: fit.family }, products, request));
}

/** The same as a conversation. */
export function* correctionSteps(fit: GamFit): PassSteps<CorrectedFit | null> {
  const { search } = fit;
  if (!hasUncertainty(fit) || !search) return null;
  return correct(fit, search, isExact(fit, search) ? search.hessian : yield* differenceGradient(fit, search));
}

function hasUncertainty({ method, dispersion }: GamFit): boolean {
  return isLikelihood(method) && Number.isFinite(dispersion);
}

/** Whether the search's second derivatives are exact: where the weights do not depend on the coefficients, or there are none. */
function isExact({ family, estimatedParameters }: GamFit, { parameters }: SmoothingSearch): boolean {
  return (parameters.length === 0 && estimatedParameters.length === 0) || (family.name === "gaussian" && family.link.name === "identity");
}

/**
 * Second derivatives of the criterion by the log smoothing parameters and the family's own parameters, from its exact gradient a little to both sides: the search itself steps by a
 * Hessian that leaves out how the weights change. What concerns the dispersion is exact already.
 */
function* differenceGradient(fit: GamFit, search: SmoothingSearch): PassSteps<Float64Array> {
  const { parameters, hessian, parametersAtInfinity } = search;
  const count = parameters.length + fit.estimatedParameters.length;
  const size = Math.round(Math.sqrt(hessian.length));
  const exact = hessian.slice();
  const rows: (readonly number[] | null)[] = [];
  for (let k = 0; k < count; k++) {
    if (parametersAtInfinity.includes(k)) {
      rows.push(null);
      continue;
    }
    const [above, below] = [yield* gradientAt(fit, search, k, CHANGE), yield* gradientAt(fit, search, k, -CHANGE)];
    rows.push(Array.from({ length: count }, (_, l) => (above[l] - below[l]) / (2 * CHANGE)));
  }
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) {
      const [one, other] = [rows[k]?.[l], rows[l]?.[k]];
      if (one !== undefined && other !== undefined) exact[k * size + l] = (one + other) / 2;
    }
  }
  return exact;
}

/** The gradient by the log smoothing parameters and the family's own ones where one of them is moved and the dispersion stays. */
function* gradientAt(fit: GamFit, search: SmoothingSearch, moved: number, by: number): PassSteps<Float64Array> {
  const own = fit.family.parameters.map(({ name }) => fit.estimatedParameters.findIndex((one) => one.name === name));
  const family = fit.family.withParameters(fit.family.parameters.map(({ value }, k) => (own[k] < 0 ? value : null)));
  const settings: SmoothingSettings = {
    method: fit.method,
    numObservations: fit.numObservations,
    dispersion: fit.family.hasKnownDispersion ? null : search.dispersion,
    gamma: search.gamma,
    start: fit.estimates.map((estimate) => (Number.isNaN(estimate) ? 0 : estimate)),
    fallback: null,
    startSmoothing: Array.from(search.parameters, (value, k) => (k === moved ? value * Math.exp(by) : value)),
    startParameters: fit.family.parameters.map(({ value, toFree, fromFree }, k) => {
      const isMoved = own[k] >= 0 && moved === search.parameters.length + own[k];
      return isMoved ? fromFree(toFree(value as number) + by) : (value as number);
    }),
    maxIterations: 0,
    tolerance: 1,
  };
  const { gradient } = yield* fitSmoothing(fit.estimates.length, family, search.penalties, settings);
  return gradient;
}

function correct(fit: GamFit, search: SmoothingSearch, hessian: Float64Array): CorrectedFit {
  const p = fit.estimates.length;
  if (search.parameters.length === 0 && fit.estimatedParameters.length === 0)
    return { covariance: covarianceOf(fit), degreesOfFreedom: fit.degreesOfFreedom };
  const unscaledCovariance = fit.unscaledCovariance.map((value) => (Number.isNaN(value) ? 0 : value));
  const known = { estimates: fit.estimates, fisherGram: search.fisherGram, unscaledCovariance };
  const more = smoothingCovariance(known, totalPenalty(search, p), fit.dispersion, {
    hessian,
    slopes: slopesOf(search, p),
    // The family's own parameters leave the penalty as it is.
    penalties: [...parameterPenalties(search, p), ...fit.estimatedParameters.map(() => new Float64Array(p * p))],
  });
  const covariance = makeSymmetric(
    fit.unscaledCovariance.map((value, cell) => fit.dispersion * value + more[cell]),
    p,
  );
  const whole = covariance.map((value) => (Number.isNaN(value) ? 0 : value));
  return { covariance, degreesOfFreedom: correctedDegrees(whole, search.fisherGram, fit.dispersion, fit.referenceDegreesOfFreedom) };
}

/** Derivatives of the coefficients; 0 for parameters at infinity, on which nothing depends any more. */
function slopesOf({ directions, parameters, parametersAtInfinity }: SmoothingSearch, p: number): Float64Array[] {
  const count = directions.length / p;
  return Array.from({ length: count }, (_, k) => {
    if (k < parameters.length && parametersAtInfinity.includes(k)) return new Float64Array(p);
    return Float64Array.from({ length: p }, (__, j) => directions[j * count + k]);
  });
}

/** λ Σ S of each parameter, p × p. */
function parameterPenalties({ penalties, smoothing, parameters }: SmoothingSearch, p: number): Float64Array[] {
  const places = [...new Set(penalties.flatMap(({ parameters: own, fixed }) => own.filter((_, k) => fixed[k] === null)))].sort(
    (a, b) => a - b,
  );
  const sums = Array.from(parameters, () => new Float64Array(p * p));
  penalties.forEach((block, b) => {
    block.matrices.forEach((matrix, k) => {
      if (block.fixed[k] === null) addBlock(sums[places.indexOf(block.parameters[k])], matrix, block, smoothing[b][k]);
    });
  });
  return sums;
}

function totalPenalty({ penalties, smoothing }: SmoothingSearch, p: number): Float64Array {
  const sum = new Float64Array(p * p);
  penalties.forEach((block, b) => block.matrices.forEach((matrix, k) => addBlock(sum, matrix, block, smoothing[b][k])));
  return sum;
}

function addBlock(
  whole: Float64Array,
  matrix: Float64Array,
  { first, size }: { readonly first: number; readonly size: number },
  factor: number,
): void {
  const p = Math.round(Math.sqrt(whole.length));
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) whole[(first + i) * p + first + j] += factor * matrix[i * size + j];
}
