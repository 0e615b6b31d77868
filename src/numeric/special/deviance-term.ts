/**
 * y log(y / mu) − (y − mu) for y, mu ≥ 0: half the unit deviance of a Poisson count, at least 0 and 0 only where y = mu.
 * It keeps its digits where y is close to mu and the plain formula would lose them all; mu itself at y = 0.
 * @see Loader (2000), Fast and Accurate Computation of Binomial Probabilities, §3 (there named `bd0`)
 */
export function devianceTerm(y: number, mu: number): number {
  if (y === 0) return mu;
  if (mu === 0) return Infinity;
  if (y === mu) return 0;
  const difference = y - mu;
  const ratio = difference / (y + mu);
  if (!(Math.abs(ratio) < 0.2)) return awayFromMean(y, mu);
  // log(y / mu) = 2 artanh(ratio); the first term of its series, 2 ratio y, less y − mu is ratio (y − mu).
  const square = ratio * ratio;
  let power = 2 * y * ratio;
  let sum = difference * ratio;
  for (let k = 3; k < 40; k += 2) {
    power *= square;
    const next = sum + power / k;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

function awayFromMean(y: number, mu: number): number {
  if (y === Infinity || mu === Infinity) return y === mu ? NaN : Infinity;
  const quotient = y / mu;
  // A quotient that leaves float64 has a logarithm that does not.
  const logQuotient = quotient > 1e-300 && quotient < Infinity ? Math.log(quotient) : Math.log(y) - Math.log(mu);
  return y * logQuotient - y + mu;
}
