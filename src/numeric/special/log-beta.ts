import { HALF_LOG_TWO_PI, logGamma } from "./log-gamma.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b) for a, b > 0, without the cancellation that large parameters bring to this difference.
 * @see NIST Digital Library of Mathematical Functions, 5.12.1
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (!(small >= 0)) return NaN;
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  // Γ(large) / Γ(small + large) by Stirling's formula, written with the quotient small / large.
  const correction = stirlingError(large) - stirlingError(small + large);
  const quotient = correction + small - small * Math.log(small + large) - (large - 0.5) * Math.log1p(small / large);
  if (small < 10) return logGamma(small) + quotient;
  return HALF_LOG_TWO_PI - 0.5 * Math.log(small) + stirlingError(small) + correction - pairEntropy(small, large);
}

/** The part of −log B that grows with the parameters: both counts times the logarithms of their odds, all of one sign. */
function pairEntropy(small: number, large: number): number {
  return small * Math.log1p(large / small) + (large - 0.5) * Math.log1p(small / large);
}
