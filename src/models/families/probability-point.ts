import { millsRatio, normal } from "../../numeric/index.ts";
import type { Link } from "./link.ts";

/** A probability with what scoring a response against it needs, each computed from the linear predictor: nothing cancels in the tails. */
export interface ProbabilityPoint {
  mean: number;
  /** 1 − mean. */
  complement: number;
  logMean: number;
  logComplement: number;
  /** d log(mean) / d linear predictor: the score of a success. */
  rise: number;
  /** −d log(complement) / d linear predictor: minus the score of a failure. */
  fall: number;
  /** d rise / d linear predictor. */
  riseSlope: number;
  /** d fall / d linear predictor. */
  fallSlope: number;
  /** d² rise / d linear predictor². */
  riseBend: number;
  /** d² fall / d linear predictor². */
  fallBend: number;
}

/** Writes the point of a linear predictor; nothing is allocated. */
export type LocateProbability = (linearPredictor: number, point: ProbabilityPoint) => void;

export function emptyPoint(): ProbabilityPoint {
  return {
    mean: NaN,
    complement: NaN,
    logMean: NaN,
    logComplement: NaN,
    rise: NaN,
    fall: NaN,
    riseSlope: NaN,
    fallSlope: NaN,
    riseBend: NaN,
    fallBend: NaN,
  };
}

/** How a link's probabilities are located. Links that reach outside (0, 1) give NaN there. */
export function probabilityLocator(link: Link): LocateProbability {
  switch (link.name) {
    case "logit":
      return locateLogit;
    case "probit":
      return locateProbit;
    case "cloglog":
      return locateCloglog;
    default:
      return locatorOf(link);
  }
}

function locateLogit(eta: number, point: ProbabilityPoint): void {
  const odds = Math.exp(-Math.abs(eta));
  const large = 1 / (1 + odds);
  const small = odds * large;
  const excess = Math.log1p(odds);
  const isUpper = eta >= 0;
  point.mean = isUpper ? large : small;
  point.complement = isUpper ? small : large;
  point.logMean = isUpper ? -excess : eta - excess;
  point.logComplement = isUpper ? -eta - excess : -excess;
  point.rise = point.complement;
  point.fall = point.mean;
  point.riseSlope = -small * large;
  point.fallSlope = small * large;
  point.fallBend = point.fallSlope * (point.complement - point.mean);
  point.riseBend = -point.fallBend;
}

/** The hazard of the normal distribution is the inverse of Mills' ratio, which never underflows. */
function locateProbit(eta: number, point: ProbabilityPoint): void {
  const size = Math.abs(eta);
  const density = normal.density(size);
  const mills = millsRatio(size);
  const tail = density * mills;
  const logTail = normal.logDensity(size) + Math.log(mills);
  const hazard = 1 / mills;
  const isUpper = eta >= 0;
  point.mean = isUpper ? 1 - tail : tail;
  point.complement = isUpper ? tail : 1 - tail;
  point.logMean = isUpper ? Math.log1p(-tail) : logTail;
  point.logComplement = isUpper ? logTail : Math.log1p(-tail);
  point.rise = isUpper ? density / (1 - tail) : hazard;
  point.fall = isUpper ? hazard : density / (1 - tail);
  point.riseSlope = -point.rise * (eta + point.rise);
  point.fallSlope = point.fall * (point.fall - eta);
  point.riseBend = isUpper ? -point.riseSlope * (eta + 2 * point.rise) - point.rise : hazardBend(hazard, size);
  point.fallBend = isUpper ? hazardBend(hazard, size) : point.fallSlope * (2 * point.fall - eta) - point.fall;
}

/** d² hazard / dx² of the normal distribution at x ≥ 0: hazard ((hazard − x)² + hazard (hazard − x) − 1), and 2 / x³ for large x. */
function hazardBend(hazard: number, x: number): number {
  if (x < LARGE_HAZARD) return hazard * ((hazard - x) * (2 * hazard - x) - 1);
  const inverseSquare = 1 / x / x;
  let sum = 0;
  for (let k = HAZARD_BENDS.length - 1; k >= 0; k--) sum = HAZARD_BENDS[k] + inverseSquare * sum;
  return (sum * inverseSquare) / x;
}

/** From here on the asymptotic series errs less than the difference rounds, by 1e-10. */
const LARGE_HAZARD = 20;
/** (−1)^k (2k + 1) (2k + 2) c(k), with c the coefficients of the hazard x + Σ (−1)^k c(k) / x^(2k + 1): 1, 2, 10, 74, 706, 8162, 110410, 1708394. */
const HAZARD_BENDS: Float64Array = Float64Array.of(2, -24, 300, -4144, 63540, -1077384, 20094620, -410014560);

/** With u = exp(eta): the complement is exp(−u), its hazard u, and the score of a success u / (exp(u) − 1). */
function locateCloglog(eta: number, point: ProbabilityPoint): void {
  const u = Math.exp(eta);
  const complement = Math.exp(-u);
  const mean = -Math.expm1(-u);
  const rise = complement === 0 ? 0 : u === 0 ? 1 : (u * complement) / mean;
  point.mean = mean;
  point.complement = complement;
  point.logMean = u < 1e-8 ? eta - 0.5 * u : u < 1 ? Math.log(mean) : Math.log1p(-complement);
  point.logComplement = -u;
  point.rise = rise;
  point.fall = u;
  const change = rise === 0 ? 0 : u < 0.1 ? riseBendNearZero(u) : 1 - u - rise;
  point.riseSlope = rise * change;
  point.fallSlope = u;
  point.riseBend = rise === 0 ? 0 : rise * (change * change - u - point.riseSlope);
  point.fallBend = u;
}

/** 1 − u − u / (exp(u) − 1) by its Bernoulli series, where the difference would cancel; exact below u = 0.1. */
function riseBendNearZero(u: number): number {
  const square = u * u;
  return -0.5 * u - square * (1 / 12 - square * (1 / 720 - square * (1 / 30240 - square / 1209600)));
}

/** From a link's own functions. The complement of a `log` link and of `cauchit` is computed as such. */
function locatorOf(link: Link): LocateProbability {
  const complementOf =
    link.name === "cauchit"
      ? (eta: number): number => link.inverse(-eta)
      : link.name === "log"
        ? (eta: number): number => -Math.expm1(eta)
        : (eta: number): number => 1 - link.inverse(eta);
  return (eta, point) => {
    const mean = link.inverse(eta);
    const complement = complementOf(eta);
    const isInside = link.isValid(eta) && mean > 0 && complement > 0;
    const slope = isInside ? link.slope(eta) : NaN;
    const bend = link.curvature(eta) / slope;
    const bendSlope = link.curvatureSlope(eta) / slope - bend * bend;
    point.mean = mean;
    point.complement = complement;
    point.logMean = isInside ? logOf(mean, complement) : NaN;
    point.logComplement = isInside ? logOf(complement, mean) : NaN;
    point.rise = slope / mean;
    point.fall = slope / complement;
    point.riseSlope = point.rise * (bend - point.rise);
    point.fallSlope = point.fall * (bend + point.fall);
    point.riseBend = point.riseSlope * (bend - point.rise) + point.rise * (bendSlope - point.riseSlope);
    point.fallBend = point.fallSlope * (bend + point.fall) + point.fall * (bendSlope + point.fallSlope);
  };
}

function logOf(probability: number, complement: number): number {
  return probability < 0.5 ? Math.log(probability) : Math.log1p(-complement);
}
