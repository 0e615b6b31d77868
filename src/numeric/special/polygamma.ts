/** B₂ₖ for k = 1 … 11. */
const BERNOULLI: Float64Array = Float64Array.of(
  1 / 6,
  -1 / 30,
  1 / 42,
  -1 / 30,
  5 / 66,
  -691 / 2730,
  7 / 6,
  -3617 / 510,
  43867 / 798,
  -174611 / 330,
  854513 / 138,
);

/** From here on the asymptotic series are exact in float64; smaller arguments are carried up by the recurrences. */
const ASYMPTOTIC = 10;

/**
 * ψ(x) = d/dx log Γ(x) for x ≥ 0, to some 1e-15 of max(1, |ψ|); −Infinity at 0, NaN below.
 * @see NIST Digital Library of Mathematical Functions, 5.11.2 and 5.5.2
 */
export function digamma(x: number): number {
  if (!(x >= 0)) return NaN;
  let carried = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) carried -= 1 / z;
  const inverseSquare = 1 / (z * z);
  let series = 0;
  for (let k = BERNOULLI.length; k >= 1; k--) series = (BERNOULLI[k - 1] / (2 * k) + series) * inverseSquare;
  return carried + Math.log(z) - 0.5 / z - series;
}

/**
 * ψ′(x), the second derivative of log Γ, for x ≥ 0, to some 1e-15 relative; Infinity at 0, NaN below.
 * @see NIST Digital Library of Mathematical Functions, 5.15.8 and 5.15.5
 */
export function trigamma(x: number): number {
  if (!(x >= 0)) return NaN;
  let carried = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) carried += 1 / (z * z);
  const inverse = 1 / z;
  const inverseSquare = inverse * inverse;
  let series = 0;
  for (let k = BERNOULLI.length; k >= 1; k--) series = (BERNOULLI[k - 1] + series) * inverseSquare;
  return carried + inverse * (1 + 0.5 * inverse + series);
}

/**
 * ψ″(x), the third derivative of log Γ, for x ≥ 0, to some 1e-15 relative; −Infinity at 0, NaN below.
 * @see NIST Digital Library of Mathematical Functions, 5.15.9 (differentiated 5.11.2) and 5.15.5
 */
export function tetragamma(x: number): number {
  if (!(x >= 0)) return NaN;
  let carried = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) carried += 2 / (z * z * z);
  const inverse = 1 / z;
  const inverseSquare = inverse * inverse;
  let series = 0;
  for (let k = BERNOULLI.length; k >= 1; k--) series = ((2 * k + 1) * BERNOULLI[k - 1] + series) * inverseSquare;
  return -carried - inverseSquare * (1 + inverse + series);
}
