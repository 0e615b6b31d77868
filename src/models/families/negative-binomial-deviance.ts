/**
 * The unit deviance of a negative binomial count with variance mean + mean² / theta: 2 [y log(y / mean) − (y + theta) log((y + theta) / (mean + theta))].
 * With a = theta (y − mean) / (mean (y + theta)) and b = (y − mean) / (mean + theta), half of it is y log(1 + a) − theta log(1 + b);
 * near the mean, where both terms cancel, the logarithms are taken less their first order and the rest, theta a b, is added in closed form.
 */
export function negativeBinomialDeviance(y: number, mean: number, theta: number): number {
  if (y === 0) return 2 * theta * Math.log1p(mean / theta);
  const excess = (y - mean) / mean;
  const a = excess * (theta / (y + theta));
  const b = (y - mean) / (mean + theta);
  if (Math.abs(excess) < 0.25) return 2 * (y * logMinusLinear(a) - theta * logMinusLinear(b) + theta * a * b);
  return 2 * (y * Math.log1p(a) - theta * logOfShare(y, mean, theta));
}

/** log((y + theta) / (mean + theta)), also where theta dwarfs y and the mean. */
export function logOfShare(y: number, mean: number, theta: number): number {
  const b = (y - mean) / (mean + theta);
  return b > -0.5 ? Math.log1p(b) : Math.log((y + theta) / (mean + theta));
}

/** log(1 + x) − x for |x| < 1/3, from log(1 + x) = 2 artanh(r) with r = x / (2 + x). */
function logMinusLinear(x: number): number {
  const r = x / (2 + x);
  const square = r * r;
  let power = 2 * r;
  let sum = -x * r;
  for (let k = 3; k < 40; k += 2) {
    power *= square;
    const next = sum + power / k;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
