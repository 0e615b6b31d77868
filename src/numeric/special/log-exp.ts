/** log(1 + eˣ) without overflow, to full relative accuracy at both ends. */
export function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/**
 * log(1 − e⁻ˣ) for x ≥ 0, to full relative accuracy at both ends: −Infinity at 0.
 * @see Mächler (2012), Accurately Computing log(1 − exp(−|a|)), equation 7
 */
export function log1mExp(x: number): number {
  return x > Math.LN2 ? Math.log1p(-Math.exp(-x)) : Math.log(-Math.expm1(-x));
}
