import { devianceTerm } from "./deviance-term.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * log of meanˣ e^−mean / Γ(x + 1) for real x ≥ 0: the saddle-point form, exact for large x.
 * @see Loader (2000), Fast and Accurate Computation of Binomial Probabilities, §3
 */
export function logPoissonKernel(x: number, mean: number): number {
  if (x === 0) return -mean;
  if (mean === 0 || mean === Infinity) return -Infinity;
  return -stirlingError(x) - devianceTerm(x, mean) - 0.5 * Math.log(2 * Math.PI * x);
}
