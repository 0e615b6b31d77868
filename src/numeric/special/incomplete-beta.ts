import { logBinomialKernel } from "./binomial-kernel.ts";
import { devianceTerm } from "./deviance-term.ts";
import { logLowerGamma, logUpperGamma, lowerGamma, upperGamma } from "./incomplete-gamma.ts";
import { log1mExp } from "./log-exp.ts";
import { HALF_LOG_TWO_PI } from "./log-gamma.ts";
import { stirlingError } from "./stirling-error.ts";
import { expansionCoefficients, uniformTailFactor } from "./uniform-expansion.ts";

/** From this smaller parameter on, the uniform expansion covers the middle, where the fraction would take some √(a + b) steps. */
const UNIFORM_FROM = 20;

/** More steps than any argument needs, but for parameters below 1e-5, where the last digits then go. */
const MOST_STEPS = 10_000;

/**
 * A parameter above this is at its limit to more digits than float64 has, and products of such leave float64: the limit is a gamma
 * distribution, or for two such parameters the mean alone.
 */
const LIMIT = 1e100;

/**
 * I_x(a, b), the regularised incomplete beta function: the probability that a beta variable is at most `x`. The upper tail, computed as
 * such, is `lowerBeta(b, a, complement, x)`.
 * @param a - first parameter, at least 0
 * @param b - second parameter, at least 0
 * @param x - in [0, 1]
 * @param complement - 1 − x, to be given where the caller knows it better than the difference does
 * @see NIST Digital Library of Mathematical Functions, 8.17.2
 */
export function lowerBeta(a: number, b: number, x: number, complement: number = 1 - x): number {
  const atEnd = lowerAtEnd(a, b, x, complement);
  if (atEnd !== undefined) return atEnd;
  if (Math.max(a, b) > LIMIT) return a <= b ? lowerGamma(a, b * x) : upperGamma(b, a * complement);
  return isLower(a, b, x, complement) ? Math.exp(logDirectTail(a, b, x, complement)) : 1 - Math.exp(logDirectTail(b, a, complement, x));
}

/** log I_x(a, b), which does not underflow; arguments as in `lowerBeta`. */
export function logLowerBeta(a: number, b: number, x: number, complement: number = 1 - x): number {
  const atEnd = lowerAtEnd(a, b, x, complement);
  if (atEnd !== undefined) return Math.log(atEnd);
  if (Math.max(a, b) > LIMIT) return a <= b ? logLowerGamma(a, b * x) : logUpperGamma(b, a * complement);
  return isLower(a, b, x, complement) ? logDirectTail(a, b, x, complement) : log1mExp(-logDirectTail(b, a, complement, x));
}

/** I_x where it is 0, 1 or nothing; undefined elsewhere. */
function lowerAtEnd(a: number, b: number, x: number, y: number): number | undefined {
  if (!(a >= 0 && b >= 0 && x >= 0 && y >= 0) || (a === 0 && b === 0) || (a === Infinity && b === Infinity)) return NaN;
  if (x === 0 || b === 0 || a === Infinity) return y === 0 ? 1 : 0;
  if (y === 0 || a === 0 || b === Infinity) return 1;
  return Math.min(a, b) > LIMIT ? (1 + Math.sign(x * b - y * a)) / 2 : undefined;
}

/** Whether x is at most the mean, so that the lower tail is computed and the upper one follows. */
function isLower(a: number, b: number, x: number, y: number): boolean {
  return x * b <= y * a;
}

/** log I_x(a, b) where x ≤ a / (a + b), y = 1 − x. */
function logDirectTail(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  if (Math.min(a, b) >= UNIFORM_FROM) {
    const distance = devianceTerm(a, n * x) + devianceTerm(b, n * y);
    const size = Math.min(a, b);
    const eta = Math.sqrt((2 * distance) / size);
    if (eta <= 1) return logUniformTail(a, b, distance, eta);
  }
  return logBinomialKernel(a, b, x, y) + Math.log((a * b) / n) + Math.log(fraction(a, b, x, y));
}

function logUniformTail(a: number, b: number, distance: number, eta: number): number {
  const coefficients = expansionCoefficients(Math.min(a, b) / (a + b));
  const scaling = Math.exp(stirlingError(a) + stirlingError(b) - stirlingError(a + b));
  // The lower tail of x is the upper tail of its complement.
  const factor = uniformTailFactor(coefficients, Math.min(a, b), eta, a <= b ? -1 : 1, scaling);
  return Math.log(factor) - distance - HALF_LOG_TWO_PI;
}

/**
 * The continued fraction by which xᵃ yᵇ / B(a, b) is multiplied, by Lentz's method.
 * @see Didonato and Morris (1992), Algorithm 708, doi:10.1145/131766.131776, equation 9
 */
function fraction(a: number, b: number, x: number, y: number): number {
  const start = a * y - b * x + 1;
  let denominator = (a * start) / (a + 1);
  let c = Infinity;
  let d = 1 / denominator;
  let value = d;
  for (let m = 1; m < MOST_STEPS; m++) {
    const odd = a + 2 * m - 1;
    const numerator = ((((a + m - 1) / odd) * (a + b + m - 1)) / odd) * m * (b - m) * x * x;
    denominator = m + (m * (b - m) * x) / odd + ((a + m) / (odd + 2)) * (start + m * (1 + y));
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
}
