/** The sum of coefficients[k] · T_k(t) for −1 ≤ t ≤ 1, by Clenshaw's recurrence. */
export function sumChebyshev(coefficients: Float64Array, t: number): number {
  const twice = 2 * t;
  let next = 0;
  let current = 0;
  for (let k = coefficients.length - 1; k >= 1; k--) {
    const sum = twice * current - next + coefficients[k];
    next = current;
    current = sum;
  }
  return t * current - next + coefficients[0];
}
