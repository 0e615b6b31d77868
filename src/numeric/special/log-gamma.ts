import { logGammaNearTwo } from "./gamma-near-two.ts";
import { stirlingSeries } from "./stirling-series.ts";

/** ½ log(2π). */
export const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * log Γ(x) for x ≥ 0, to some 1e-15 relative also beside its roots at 1 and 2; `Infinity` at 0, NaN below.
 * @see NIST Digital Library of Mathematical Functions, 5.7.3 (power series), 5.11.1 (Stirling's series), 5.5.1 (recurrence)
 */
export function logGamma(x: number): number {
  if (!(x >= 0)) return NaN;
  if (x === Infinity) return Infinity;
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGammaOnePlus(x) - Math.log(x);
  if (x < 1.5) return logGammaOnePlus(x - 1);
  let product = 1;
  let rest = x;
  while (rest > 2.5) product *= --rest;
  return Math.log(product) + logGammaNearTwo(rest - 2);
}

/** log Γ(1 + z) for −1/2 ≤ z ≤ 1/2, accurate relative to its size for the smallest z. */
export function logGammaOnePlus(z: number): number {
  return logGammaNearTwo(z) - Math.log1p(z);
}
