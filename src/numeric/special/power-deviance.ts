/** Within this relative distance the closed form cancels and the series is used; a power far from 2 shortens it. */
const NEAR = 0.25;

/**
 * ∫ (y − t) t^−power dt from mu to y, for y, mu > 0 and a power other than 1 and 2: half the unit deviance of the power variance function.
 * With h(s) = (exp(s l) − 1) / s and l = log(y / mu) it is mu^(2 − power) (h(2 − power) − h(1)) / (1 − power).
 * @see Jørgensen (1997), The Theory of Dispersion Models, §4.1
 */
export function powerDevianceTerm(y: number, mu: number, power: number): number {
  if (y === mu) return 0;
  const [one, two] = [1 - power, 2 - power];
  const scale = mu ** two;
  const excess = (y - mu) / mu;
  if (isNearMean(excess, power)) return scale * powerDevianceSeries(Math.log1p(excess), power);
  const quotient = y / mu;
  const scaled = (scale * (Math.expm1(two * Math.log(quotient)) / two - excess)) / one;
  if (quotient > 0 && !Number.isNaN(scaled)) return scaled;
  // Where the quotient of the two leaves float64, their own powers need not.
  return y ** two / (one * two) - (y * mu ** one) / one + mu ** two / two;
}

/** Whether the series is the better way for y = mu (1 + excess). */
export function isNearMean(excess: number, power: number): boolean {
  return Math.abs(excess) * Math.max(1, Math.abs(2 - power)) < NEAR;
}

/** (h(2 − power) − h(1)) / (1 − power) as a power series in l = log(y / mu), whose terms are finite and exact at any power. */
export function powerDevianceSeries(logRatio: number, power: number): number {
  let coefficient = 1;
  let term = 0.5 * logRatio * logRatio;
  let sum = term;
  for (let k = 3; k < 60; k++) {
    // 1 + (2 − power) + … + (2 − power)^(k − 2)
    coefficient = 1 + (2 - power) * coefficient;
    term *= logRatio / k;
    sum += term * coefficient;
    // A coefficient may be 0 on the way (at power 3); the terms without it fall from one to the next.
    if (Math.abs(term) * Math.max(1, Math.abs(coefficient)) < 1e-18 * sum) break;
  }
  return sum;
}
