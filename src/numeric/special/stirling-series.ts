/** B₂ₖ / (2k (2k − 1)) for k = 1 … 11. */
const COEFFICIENTS: Float64Array = Float64Array.of(
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
  -174611 / 125400,
  77683 / 5796,
);

/**
 * What Stirling's formula leaves out: log Γ(x) − (x − ½) log x + x − ½ log 2π, by its asymptotic series; exact in float64 for x ≥ 10.
 * @see NIST Digital Library of Mathematical Functions, 5.11.1
 */
export function stirlingSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) sum = COEFFICIENTS[k] + inverseSquare * sum;
  return sum / x;
}

/** First and second derivative of `stirlingSeries` by the logarithm of x: each term is a power of x. */
export function stirlingSeriesSlopes(x: number): { first: number; second: number } {
  const inverseSquare = 1 / (x * x);
  let first = 0;
  let second = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) {
    const power = -(2 * k + 1);
    first = power * COEFFICIENTS[k] + inverseSquare * first;
    second = power * power * COEFFICIENTS[k] + inverseSquare * second;
  }
  return { first: first / x, second: second / x };
}
