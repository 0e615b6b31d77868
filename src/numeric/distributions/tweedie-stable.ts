import { logSinc } from "../special/log-sinc.ts";
import { powerDevianceTerm } from "../special/power-deviance.ts";
import type { Saturation } from "./tweedie-compound.ts";

/** Where the rule starts: the angle is then 1e-17 of its range. */
const FIRST = -3.7;

/** Where it ends at the latest: the angle then rounds to its end in float64. */
const LAST = 750;

/** What is smaller than this logarithm beside an integrand that starts at 1 adds nothing. */
const NEGLIGIBLE = -45;

/** From this logarithm of the exponent's size on, the saddle-point approximation is exact in float64. */
const EXACT_SADDLE_POINT = 42;

/**
 * log density of a Tweedie variable of power above 2, for y > 0: a positive stable law of index (power − 2)/(power − 1), tilted by an
 * exponential. Zolotarev's integral for that law has a positive integrand where the power series alternates and cancels; its value at
 * the left end joins the tilt to the deviance exactly, and what is left is of moderate size.
 * @see Zolotarev (1986), One-dimensional Stable Distributions, Theorem 2.5.3; Jørgensen (1997), The Theory of Dispersion Models, §4.2
 */
export function logStableDensity(y: number, mean: number, dispersion: number, power: number): number {
  // The integrand's scale: its exponent is −size times the angle's function, which is 1 at the left end.
  const logSize = logSizeOf(y, dispersion, power);
  const deviance = powerDevianceTerm(y, mean, power) / dispersion;
  // It errs by about 1 / size.
  if (logSize > EXACT_SADDLE_POINT) return -0.5 * (Math.log(2 * Math.PI * dispersion) + power * Math.log(y)) - deviance;
  return Math.log(((power - 2) * integrate(logSize, power).integral) / Math.PI) - Math.log(y) - deviance;
}

/**
 * The log density at a mean of y and its first and second derivative by the logarithm of the dispersion: minus those of the integral's logarithm
 * by the logarithm of the exponent's size, which multiply the integrand by its own exponent.
 */
export function saturateStable(y: number, dispersion: number, power: number): Saturation {
  const logSize = logSizeOf(y, dispersion, power);
  // Its first correction, of the order of 1 / size, is beyond float64.
  if (logSize > EXACT_SADDLE_POINT) return { value: logStableDensity(y, y, dispersion, power), first: -0.5, second: 0 };
  const { integral, first, second } = integrate(logSize, power);
  return { value: Math.log(((power - 2) * integral) / Math.PI) - Math.log(y), first: -first, second: second };
}

function logSizeOf(y: number, dispersion: number, power: number): number {
  return (2 - power) * Math.log(y) - Math.log(dispersion * (power - 1) * (power - 2));
}

/** An integral, and the derivatives of its logarithm by the logarithm of the size. */
interface Integral {
  readonly integral: number;
  readonly first: number;
  readonly second: number;
}

/**
 * ∫ size a exp(−size (a − 1)) over the angles from 0 to π, where a rises from 1 to infinity: by the trapezoidal rule after a change of
 * variable that is doubly exponential on the left and singly on the right, where a is a power of what is left of the angle.
 * @see Takahasi and Mori (1974), doi:10.2977/prims/1195192451
 */
function integrate(logSize: number, power: number): Integral {
  const size = Math.exp(logSize);
  const index = (power - 2) / (power - 1);
  // log a ≥ curvature · angle², so that beyond `end` the integrand is negligible.
  const curvature = (power - 1 - (power - 2) * index * index - (1 - index) * (1 - index)) / 6;
  const end = Math.min(Math.PI, Math.sqrt((Math.max(0, logSize) - NEGLIGIBLE) / (size * curvature)));
  // log a rises by at most a quarter a step: the rule's error is then exp(−π² · 4).
  const step = Math.min(0.1, 0.25 / (power - 1));
  let sum = 0;
  let slopes = 0;
  let bends = 0;
  for (let t = FIRST; t <= LAST; t += step) {
    const bend = Math.exp(-t);
    const growth = Math.exp(t - bend);
    const angle = end / (1 + 1 / growth);
    const left = end / (1 + growth);
    const logA = logAngleFunction(angle, end === Math.PI ? left : Math.PI - angle, index, power);
    const logProduct = logSize + logA;
    // A large size is the exact factor of a small a − 1; a tiny one meets an a that leaves float64.
    const exponent = size > 1 ? size * Math.expm1(logA) : Math.exp(logProduct) - size;
    const logValue = logProduct - exponent;
    if (!(logValue > NEGLIGIBLE || logProduct < 0)) break;
    const value = Math.exp(logValue) * angle * (left / end) * (1 + bend);
    sum += value;
    slopes += value * (1 - exponent);
    bends += value * ((1 - exponent) * (1 - exponent) - exponent);
  }
  const first = slopes / sum;
  return { integral: sum * step, first, second: bends / sum - first * first };
}

/** log a at an angle; `supplement` is π less the angle. */
function logAngleFunction(angle: number, supplement: number, index: number, power: number): number {
  const sine = supplement < 1 ? Math.log(Math.sin(supplement) / angle) : logSinc(angle);
  return (power - 2) * logSinc(index * angle) + logSinc((1 - index) * angle) - (power - 1) * sine;
}
