import { devianceTerm } from "./deviance-term.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * log of Γ(n + 1) / (Γ(x + 1) Γ(n − x + 1)) · pˣ qⁿ⁻ˣ for real 0 ≤ x ≤ n and p + q = 1: the saddle-point form, exact for any n.
 * `rest` is n − x, given apart because the caller may know it better than the difference does.
 * @see Loader (2000), Fast and Accurate Computation of Binomial Probabilities, §3
 */
export function logBinomialKernel(x: number, rest: number, p: number, q: number): number {
  const n = x + rest;
  if (p === 0) return x === 0 ? 0 : -Infinity;
  if (q === 0) return rest === 0 ? 0 : -Infinity;
  if (x === 0) return rest * logOf(q, p);
  if (rest === 0) return x * logOf(p, q);
  const correction = stirlingError(n) - stirlingError(x) - stirlingError(rest);
  // x · rest may leave float64 for huge counts; the quotients do not.
  return correction - devianceTerm(x, n * p) - devianceTerm(rest, n * q) - 0.5 * Math.log(2 * Math.PI * x * (rest / n));
}

/** log p, from the complement where that is the smaller and so the more exact. */
function logOf(p: number, complement: number): number {
  return complement < 0.5 ? Math.log1p(-complement) : Math.log(p);
}
