import { devianceTerm } from "./deviance-term.ts";
import { log1mExp } from "./log-exp.ts";
import { HALF_LOG_TWO_PI, logGamma, logGammaOnePlus } from "./log-gamma.ts";
import { logPoissonKernel } from "./poisson-kernel.ts";
import { stirlingError } from "./stirling-error.ts";
import { expansionCoefficients, uniformTailFactor } from "./uniform-expansion.ts";

/** From this shape on, Temme's expansion covers the middle, where series and fraction would take some √a steps. */
const UNIFORM_FROM = 20;

/** Far more steps than any argument that comes to the series or the fraction needs: a few hundred. */
const MOST_STEPS = 10_000;

const GAMMA_COEFFICIENTS: Float64Array = expansionCoefficients(0);

/**
 * P(a, x), the regularised lower incomplete gamma function: the probability that a gamma variable of shape `a` and scale 1 is at most `x`.
 * @param a - shape, at least 0
 * @param x - at least 0
 * @see NIST Digital Library of Mathematical Functions, 8.2.4
 */
export function lowerGamma(a: number, x: number): number {
  const atEnd = lowerAtEnd(a, x);
  if (atEnd !== undefined) return atEnd;
  return isLowerTail(a, x) ? Math.exp(logLowerTail(a, x)) : 1 - upperTail(a, x);
}

/**
 * Q(a, x) = 1 − P(a, x), the regularised upper incomplete gamma function, computed as such: it keeps its digits where it is small.
 * @param a - shape, at least 0
 * @param x - at least 0
 * @see NIST Digital Library of Mathematical Functions, 8.2.4
 */
export function upperGamma(a: number, x: number): number {
  const atEnd = lowerAtEnd(a, x);
  if (atEnd !== undefined) return 1 - atEnd;
  return isLowerTail(a, x) ? 1 - Math.exp(logLowerTail(a, x)) : upperTail(a, x);
}

/** log P(a, x), which does not underflow. */
export function logLowerGamma(a: number, x: number): number {
  const atEnd = lowerAtEnd(a, x);
  if (atEnd !== undefined) return Math.log(atEnd);
  return isLowerTail(a, x) ? logLowerTail(a, x) : Math.log1p(-upperTail(a, x));
}

/** log Q(a, x), which does not underflow. */
export function logUpperGamma(a: number, x: number): number {
  const atEnd = lowerAtEnd(a, x);
  if (atEnd !== undefined) return Math.log1p(-atEnd);
  return isLowerTail(a, x) ? log1mExp(-logLowerTail(a, x)) : logUpperTail(a, x);
}

/** P(a, x) where it is 0, 1 or nothing; undefined elsewhere. */
function lowerAtEnd(a: number, x: number): number | undefined {
  if (!(a >= 0 && x >= 0) || (a === Infinity && x === Infinity)) return NaN;
  if (x === 0 || a === Infinity) return 0;
  return a === 0 || x === Infinity ? 1 : undefined;
}

/** Whether P is the smaller tail, about: then it is computed and Q follows, else the other way round. */
function isLowerTail(a: number, x: number): boolean {
  // For a, x < 1, P is close to x^a: nearly 1 as a → 0.
  return a >= 1 ? x < a : x < 1 && a * Math.log(x) < -Math.LN2;
}

function logLowerTail(a: number, x: number): number {
  return isMiddle(a, x) ? logUniformTail(a, x) : logPoissonKernel(a, x) + Math.log(series(a, x));
}

function logUpperTail(a: number, x: number): number {
  if (isMiddle(a, x)) return logUniformTail(a, x);
  return x < 1 ? Math.log(upperNearZero(a, x)) : logPoissonKernel(a, x) + Math.log(a * fraction(a, x));
}

function upperTail(a: number, x: number): number {
  return x < 1 ? upperNearZero(a, x) : Math.exp(logUpperTail(a, x));
}

/** Whether |η| ≤ 1 in the uniform expansion, with a little to spare. */
function isMiddle(a: number, x: number): boolean {
  return a >= UNIFORM_FROM && x > 0.31 * a && x < 2.35 * a;
}

function logUniformTail(a: number, x: number): number {
  const distance = devianceTerm(a, x);
  const eta = Math.sqrt((2 * distance) / a);
  const factor = uniformTailFactor(GAMMA_COEFFICIENTS, a, eta, x < a ? -1 : 1, Math.exp(stirlingError(a)));
  return Math.log(factor) - distance - HALF_LOG_TWO_PI;
}

/** The sum of xⁿ / ((a + 1) … (a + n)) from n = 0. */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MOST_STEPS && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** The continued fraction 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …))), by Lentz's method. */
function fraction(a: number, x: number): number {
  let denominator = x + 1 - a;
  let c = Infinity;
  let d = 1 / denominator;
  let value = d;
  for (let n = 1; n < MOST_STEPS; n++) {
    const numerator = n * (a - n);
    denominator += 2;
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}

/**
 * Q for a, x < 1, where 1 − P would cancel as a → 0.
 * @see NIST Digital Library of Mathematical Functions, 8.7.3
 */
function upperNearZero(a: number, x: number): number {
  const exponent = a * Math.log(x) - (a <= 0.5 ? logGammaOnePlus(a) : logGamma(1 + a));
  let power = 1;
  let sum = 0;
  for (let n = 1; n < 40; n++) {
    power *= -x / n;
    sum += power / (a + n);
  }
  return -Math.expm1(exponent) - a * Math.exp(exponent) * sum;
}
