import { millsRatio } from "./mills-ratio.ts";

/** Terms kept: at |η| ≤ 1 the last is below 1e-17, since the series converges for |η| < 2√π. */
const TERMS = 32;

/**
 * The power series in η that carries the incomplete gamma function (`share` 0) and the incomplete beta function
 * (`share` = a / (a + b) ≤ 1/2) over into the normal distribution: the coefficients of √(1 − share) η / w, where w(η), the distance
 * from the mean in units of the mean, solves w w′ = η (1 − share + (1 − 2 share) w − share w²) with w′(0) > 0.
 * @see Temme (1982), The uniform asymptotic expansion of a class of integrals, doi:10.1137/0513017
 */
export function expansionCoefficients(share: number): Float64Array {
  const w = new Float64Array(TERMS + 2);
  w[1] = Math.sqrt(1 - share);
  for (let m = 2; m <= TERMS + 1; m++) {
    const right = (1 - 2 * share) * w[m - 1] - share * convolution(w, w, 1, m - 1);
    w[m] = ((2 * right) / (m + 1) - convolution(w, w, 2, m + 1)) / (2 * w[1]);
  }
  const reciprocal = new Float64Array(TERMS + 1);
  reciprocal[0] = 1;
  for (let n = 1; n <= TERMS; n++) {
    let sum = 0;
    for (let k = 1; k <= n; k++) sum += w[k + 1] * reciprocal[n - k];
    reciprocal[n] = -sum / w[1];
  }
  return reciprocal;
}

/** The sum of u[i] v[total − i] for i = first … total − first. */
function convolution(u: Float64Array, v: Float64Array, first: number, total: number): number {
  let sum = 0;
  for (let i = first; i <= total - first; i++) sum += u[i] * v[total - i];
  return sum;
}

/**
 * The tail beyond η = side · distance (the upper tail for side 1, the lower for −1) divided by the standard normal density at η √size,
 * for 0 ≤ distance ≤ 1 and size ≥ 20. `scaling` is Γ(a) over Stirling's formula for it, or what takes its place in the beta function.
 * @see Gil, Segura and Temme (2012), doi:10.1137/120872553, §2.5 (the backward recurrence)
 */
export function uniformTailFactor(coefficients: Float64Array, size: number, distance: number, side: 1 | -1, scaling: number): number {
  const eta = side * distance;
  // Two neighbours of the recurrence, from the highest power down; Horner's rule takes each in as it comes.
  let twoAbove = coefficients[TERMS];
  let above = coefficients[TERMS - 1];
  let sum = twoAbove * eta + above;
  for (let n = TERMS - 2; n >= 1; n--) {
    const current = coefficients[n] + ((n + 1) / size) * twoAbove;
    sum = sum * eta + current;
    twoAbove = above;
    above = current;
  }
  const root = Math.sqrt(size);
  return millsRatio(distance * root) + (side * sum) / (scaling * root);
}
