/** Below this |log(y / mu)| the closed form cancels and the series is used. */
const NEAR = 0.5;

/**
 * ∫ (y − t) t^−power dt from mu to y, for y, mu > 0 and a power other than 1 and 2: half the unit deviance of the power variance function.
 * @see Jørgensen (1997), The Theory of Dispersion Models, §4.1
 */
export function powerDevianceTerm(y: number, mu: number, power: number): number {
  const logQuotient = Math.abs(y - mu) < 0.5 * mu ? Math.log1p((y - mu) / mu) : Math.log(y / mu);
  const one = 1 - power;
  const two = 2 - power;
  if (Math.abs(logQuotient) > NEAR) return mu ** two * ((Math.expm1(two * logQuotient) / two - Math.expm1(logQuotient)) / one);
  let term = logQuotient;
  let powerOfTwo = 1;
  let sum = 0;
  // Σ (two^(k − 1) − 1) / one · logQuotient^k / k!, of which the term for k = 1 is 0.
  for (let k = 2; k < 60; k++) {
    term *= logQuotient / k;
    powerOfTwo *= two;
    const next = sum + (term * (powerOfTwo - 1)) / one;
    if (next === sum && k > 3) break;
    sum = next;
  }
  return mu ** two * sum;
}
