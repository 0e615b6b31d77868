import { ZETA_MINUS_ONE } from "./gamma-near-two.ts";

/** ζ(2k) / k for k = 1 … 16: at v = 1 the term after the last is 1e-18 of the first. */
const COEFFICIENTS: Float64Array = Float64Array.from({ length: 16 }, (_, k) => (1 + ZETA_MINUS_ONE[2 * k]) / (k + 1));

/**
 * log(sin(v) / v) for 0 ≤ v < π, accurate relative to its size for the smallest v.
 * @see NIST Digital Library of Mathematical Functions, 4.22.1 (the logarithm of this product, −Σ ζ(2k) (v/π)^2k / k)
 */
export function logSinc(v: number): number {
  if (v > 1) return Math.log(Math.sin(v) / v);
  const square = (v / Math.PI) * (v / Math.PI);
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) sum = (sum + COEFFICIENTS[k]) * square;
  return -sum;
}
