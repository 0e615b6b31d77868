import { logLowerBeta, lowerBeta } from "../special/incomplete-beta.ts";
import { logBeta } from "../special/log-beta.ts";
import { findPositiveRoot } from "./find-quantile.ts";
import { normal } from "./normal.ts";

/** Student's t distribution with `df` degrees of freedom, which need not be whole and may be Infinity: the normal distribution. */
export interface StudentT {
  /** Probability of at most t. */
  cdf(t: number, df: number): number;
  /** Probability of more than t, computed as such. */
  upper(t: number, df: number): number;
  /** Probability of a value at least as far from 0 as t: the two-sided p-value. */
  twoSided(t: number, df: number): number;
  /** The t whose `cdf` is `p`: −Infinity at 0, Infinity at 1, NaN outside. */
  quantile(p: number, df: number): number;
}

/**
 * Student's t distribution.
 * @example studentT.quantile(0.975, 10) // 2.2281388519862744
 */
export const studentT: StudentT = {
  cdf: (t, df) => upperTail(-t, df),
  upper: (t, df) => upperTail(t, df),
  twoSided: (t, df) => Math.exp(logTwoSided(t, df)),
  quantile,
};

function upperTail(t: number, df: number): number {
  if (df === Infinity) return normal.upper(t);
  const half = 0.5 * Math.exp(logTwoSided(t, df));
  return t < 0 ? 1 - half : half;
}

/** log of I_x(df/2, 1/2) at x = df / (df + t²). */
function logTwoSided(t: number, df: number): number {
  if (!(df > 0)) return NaN;
  const size = Math.abs(t);
  if (df === Infinity) return Math.LN2 + normal.logUpper(size);
  const root = size / Math.sqrt(df);
  const square = root * root;
  if (square > 1e30 && size < Infinity) {
    // 1 + t²/df rounds to t²/df: the tail is a power, and x itself may underflow where the tail does not.
    return df * (0.5 * Math.log(df) - Math.log(size)) - Math.log(df / 2) - logBeta(df / 2, 0.5);
  }
  return logLowerBeta(df / 2, 0.5, 1 / (1 + square), 1 / (1 + 1 / square));
}

function quantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1 && df > 0)) return NaN;
  if (df === Infinity) return normal.quantile(p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return p === 0 ? -Infinity : Infinity;
  const size = tail < 0.25 ? fromTail(tail, df) : fromCentre(Math.abs(p - 0.5), df);
  return p < 0.5 ? -size : size;
}

function fromTail(tail: number, df: number): number {
  const target = Math.log(2 * tail);
  return findPositiveRoot((t) => target - logTwoSided(t, df), -normal.quantile(tail));
}

/** The t that lies `mass` above the median: found on the mass between, which near the median is the small one. */
function fromCentre(mass: number, df: number): number {
  const target = Math.log(2 * mass);
  return findPositiveRoot((t) => logCentre(t, df) - target, 2.5 * mass);
}

function logCentre(t: number, df: number): number {
  const square = (t / Math.sqrt(df)) ** 2;
  if (square === 0) return -Infinity;
  return Math.log(lowerBeta(0.5, df / 2, 1 / (1 + 1 / square), 1 / (1 + square)));
}
