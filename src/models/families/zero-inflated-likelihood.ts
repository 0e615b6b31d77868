import { logGamma } from "../../numeric/index.ts";
import type { MeanLikelihood, ParameterDerivatives } from "./likelihood.ts";
import { emptyPoint, type ProbabilityPoint, probabilityLocator } from "./probability-point.ts";
import { cloglogLink } from "./probability-links.ts";

/** That something happens once exp(linear predictor) is to be expected: how both presence and a count above 0 are scored. */
const locate = probabilityLocator(cloglogLink);

/**
 * Counts that are 0 unless something is present, and then above 0. With the linear predictor e: presence has the probability 1 − exp(−exp(g)) with
 * g = intercept + slope × e, and the count a Poisson distribution of mean exp(e) without its zero. All derivatives are by e, not by the mean.
 * Parameters: the intercept and log(slope).
 *
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986, supplement (zero inflated Poisson)
 */
export function zeroInflatedLikelihood(intercept: number, slope: number): MeanLikelihood {
  const presence = emptyPoint();
  const count = emptyPoint();
  const place = (e: number): void => {
    locate(intercept + slope * e, presence);
    locate(e, count);
  };
  const peaks = new Map<number, number>();
  const logLikelihood = (y: number, e: number): number => {
    place(e);
    return y === 0 ? presence.logComplement : presence.logMean + y * e - Math.exp(e) - count.logMean - logGamma(y + 1);
  };
  const saturated = (y: number): number => {
    if (y === 0) return 0;
    let peak = peaks.get(y);
    if (peak === undefined) {
      peak = logLikelihood(y, likeliest(y, slope, place, presence, count));
      peaks.set(y, peak);
    }
    return peak;
  };
  return {
    slopes: (y, e, _, out) => {
      place(e);
      const rate = Math.exp(e);
      if (y === 0) {
        out[0] = -slope * presence.fall;
        out[1] = slope * out[0];
        out[2] = slope * out[1];
        return;
      }
      // The mean of a count above 0 is its rate + the score of one that happens.
      out[0] = slope * presence.rise + y - rate - count.rise;
      out[1] = slope * slope * presence.riseSlope - rate - count.riseSlope;
      out[2] = slope * slope * slope * presence.riseBend - rate - count.riseBend;
    },
    expected: (e, _, out) => {
      place(e);
      const { mean } = presence;
      const rate = Math.exp(e);
      out[0] = slope * slope * ofPresence(presence) + mean * (rate + count.riseSlope);
      const turn = slope * slope * slopeOfPresence(presence) + densityOf(presence) * (rate + count.riseSlope);
      out[1] = slope * turn + mean * (rate + count.riseBend);
    },
    unitDeviance: (y, e) => Math.max(0, 2 * (saturated(y) - logLikelihood(y, e))),
    saturated,
    byParameters: (y, e, _, out) => {
      place(e);
      differentiate(y, e, slope, presence, Math.exp(e) + count.riseSlope, out);
    },
  };
}

/** d probability / d g. */
function densityOf({ fall, complement }: ProbabilityPoint): number {
  return complement === 0 ? 0 : fall * complement;
}

/** The expected information on g: that of a failure and of a success with their probabilities. */
function ofPresence(point: ProbabilityPoint): number {
  return densityOf(point) - point.mean * point.riseSlope;
}

/** Its derivative by g. */
function slopeOfPresence(point: ProbabilityPoint): number {
  const density = densityOf(point);
  return density === 0 ? -point.mean * point.riseBend : density * (1 - point.fall - point.riseSlope) - point.mean * point.riseBend;
}

function differentiate(y: number, e: number, slope: number, presence: ProbabilityPoint, ofCount: number, out: ParameterDerivatives): void {
  // First three derivatives of the likelihood by g.
  const one = y === 0 ? -presence.fall : presence.rise;
  const two = y === 0 ? -presence.fall : presence.riseSlope;
  const three = y === 0 ? -presence.fall : presence.riseBend;
  const turn = slope * e;
  out.first[0] = one;
  out.first[1] = one * turn;
  out.second[0] = two;
  out.second[1] = two * turn;
  out.second[2] = out.second[1];
  out.second[3] = two * turn * turn + one * turn;
  out.slope[0] = slope * two;
  out.slope[1] = slope * (one + turn * two);
  out.curvature[0] = slope * slope * three;
  out.curvature[1] = slope * slope * (2 * two + turn * three);
  const change = slope * slope * slopeOfPresence(presence) + densityOf(presence) * ofCount;
  out.expected[0] = change;
  out.expected[1] = 2 * slope * slope * ofPresence(presence) + turn * change;
}

const MOST_STEPS = 60;
const SETTLED = 1e-7;

/** Where a count above 0 is likeliest: Newton's method in a bracket, as its score falls with the linear predictor. */
function likeliest(y: number, slope: number, place: (e: number) => void, presence: ProbabilityPoint, count: ProbabilityPoint): number {
  const scoreAt = (e: number): number => {
    place(e);
    return slope * presence.rise + y - Math.exp(e) - count.rise;
  };
  let high = Math.log(y + slope);
  let low = high - 1;
  while (scoreAt(low) <= 0) low -= 2 * (high - low);
  let e = Math.min(Math.max(Math.log(y), low), high);
  for (let step = 0; step < MOST_STEPS; step++) {
    const score = scoreAt(e);
    if (score > 0) low = e;
    else high = e;
    const newton = e - score / (slope * slope * presence.riseSlope - Math.exp(e) - count.riseSlope);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    const isSettled = Math.abs(next - e) <= SETTLED;
    e = next;
    if (isSettled) break;
  }
  return e;
}
