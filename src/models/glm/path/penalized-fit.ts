import type { Warning } from "../../../errors.ts";
import { multiply } from "../../../numeric/index.ts";
import type { ParameterFit } from "../fitting/fit-parameter.ts";
import type { GlmProblem } from "../glm-fit.ts";

/**
 * Penalised coefficients as a fit: no covariance, and as many degrees of freedom as coefficients other than zero.
 *
 * @see Zou, Hastie and Tibshirani (2007), On the "degrees of freedom" of the lasso, doi:10.1214/009053607000000127.
 */
export function penalizedFit(
  problem: GlmProblem,
  coefficients: Float64Array,
  { iterations, converged }: { readonly iterations: number; readonly converged: boolean },
  call: string,
): ParameterFit {
  const { matrix, response, weights, offset, family } = problem;
  const linearPredictor = multiply(matrix, coefficients);
  let deviance = 0;
  let pearson = 0;
  for (let i = 0; i < response.length; i++) {
    if (weights[i] === 0) continue;
    const mean = family.link.inverse(linearPredictor[i] + (offset === null ? 0 : offset[i]));
    deviance += weights[i] * family.unitDeviance(response[i], mean);
    pearson += (weights[i] * (response[i] - mean) ** 2) / family.variance(mean);
  }
  const p = coefficients.length;
  return {
    coefficients,
    aliased: new Uint8Array(p),
    rank: coefficients.reduce((count, value) => count + Number(value !== 0), 0),
    inverse: new Float64Array(p * p).fill(Number.NaN),
    logDeterminant: Number.NaN,
    deviance,
    pearson,
    iterations,
    converged,
    warnings: converged ? [] : [notConverged(call, [])],
    family,
    parameterStandardError: null,
  };
}

/** @param strengths - where, if not everywhere */
export function notConverged(call: string, strengths: readonly number[]): Warning {
  const where = strengths.length === 0 ? "" : ` at ${strengths.length} of the strengths`;
  const message = `${call} did not settle${where}: the coefficients may be less exact than asked for. Raise maxIterations.`;
  return { name: "notConverged", message, ...(strengths.length === 0 ? {} : { subjects: strengths.map(String) }) };
}
