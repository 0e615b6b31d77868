import type { Link } from "./link.ts";
import { emptyPoint, probabilityLocator } from "./probability-point.ts";
import { cloglogLink } from "./probability-links.ts";

const locate = probabilityLocator(cloglogLink);

/** The mean of a zero inflated Poisson count by its linear predictor, with what else its moments are made of. */
export interface CountMoments {
  mean: number;
  slope: number;
  curvature: number;
  curvatureSlope: number;
  variance: number;
  /** d variance / d mean, once and twice. */
  varianceSlope: number;
  varianceCurvature: number;
}

/** Moments as functions of the linear predictor e: with P the probability of presence and m = rate + rise the mean of a count above 0, P m. */
export function momentsOfZeroInflated(intercept: number, slope: number): (e: number) => CountMoments {
  const presence = emptyPoint();
  const count = emptyPoint();
  return (e) => {
    locate(intercept + slope * e, presence);
    locate(e, count);
    const rate = Math.exp(e);
    const { fall, complement } = presence;
    const p = presence.mean;
    const p1 = complement === 0 ? 0 : slope * fall * complement;
    const p2 = p1 === 0 ? 0 : slope * p1 * (1 - fall);
    const p3 = p1 === 0 ? 0 : slope * slope * p1 * ((1 - fall) * (1 - fall) - fall);
    const m = rate + count.rise;
    const m1 = rate + count.riseSlope;
    const m2 = rate + count.riseBend;
    const m3 = rate + riseThird(count.rise, count.riseSlope, count.riseBend, rate);
    const mean = p * m;
    const first = p1 * m + p * m1;
    const second = p2 * m + 2 * p1 * m1 + p * m2;
    // The mean of the square is P m (1 + rate).
    const q = m * (1 + rate);
    const q1 = m1 * (1 + rate) + m * rate;
    const q2 = m2 * (1 + rate) + 2 * m1 * rate + m * rate;
    const variance1 = p1 * q + p * q1 - 2 * mean * first;
    const variance2 = p2 * q + 2 * p1 * q1 + p * q2 - 2 * (first * first + mean * second);
    return {
      mean,
      slope: first,
      curvature: second,
      curvatureSlope: p3 * m + 3 * p2 * m1 + 3 * p1 * m2 + p * m3,
      variance: p * q - mean * mean,
      varianceSlope: variance1 / first,
      varianceCurvature: (variance2 - (variance1 / first) * second) / (first * first),
    };
  };
}

/** d³ rise / de³ of rise = u / (exp(u) − 1) with u = exp(e), from the derivatives below it: rise′ = rise c with c′ = −u − rise′. */
function riseThird(rise: number, slope: number, bend: number, u: number): number {
  if (rise === 0) return 0;
  const c = slope / rise;
  const c1 = -u - slope;
  return slope * (c * c + c1) + rise * (2 * c * c1 - u - bend);
}

const MOST_STEPS = 100;

/** From the mean of a zero inflated Poisson count to the linear predictor, which is the logarithm of the rate of counts above 0. */
export function zeroInflatedLink(intercept: number, slope: number): Link {
  const momentsAt = momentsOfZeroInflated(intercept, slope);
  return {
    name: "zeroInflated",
    apply: (mean) => invertMean(mean, momentsAt),
    inverse: (e) => momentsAt(e).mean,
    slope: (e) => momentsAt(e).slope,
    curvature: (e) => momentsAt(e).curvature,
    curvatureSlope: (e) => momentsAt(e).curvatureSlope,
    isValid: (e) => Number.isFinite(e),
  };
}

/** Newton's method for the logarithm of the mean, inside a bracket: the mean rises with the linear predictor. */
function invertMean(mean: number, momentsAt: (e: number) => CountMoments): number {
  if (!(mean > 0 && mean < Infinity)) return mean === 0 ? -Infinity : NaN;
  let [low, high] = [Math.log(mean) - 1, Math.log(mean) + 1];
  while (momentsAt(low).mean > mean) low -= 2 * (high - low);
  while (momentsAt(high).mean < mean) high += 2 * (high - low);
  let e = Math.log(mean);
  for (let step = 0; step < MOST_STEPS; step++) {
    const here = momentsAt(e);
    if (here.mean < mean) low = e;
    else high = e;
    const newton = e - (Math.log(here.mean / mean) * here.mean) / here.slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const isSettled = Math.abs(next - e) <= 1e-15 * (1 + Math.abs(e));
    e = next;
    if (isSettled) break;
  }
  return e;
}
