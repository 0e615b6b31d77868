import { contourIntegral } from "./tail-contour.ts";
import type { ChiSquaredSum } from "./tail-contour.ts";

/** The distribution of Q = Σ λᵢ Xᵢ with independent chi-squared Xᵢ of hᵢ degrees of freedom, and of Q over a chi-squared mean square. */
export interface WeightedChiSquared {
  /** Probability of at most x. */
  cdf(x: number, weights: ArrayLike<number>, degrees?: ArrayLike<number>): number;
  /** Probability of more than x, computed as such: a p-value keeps its digits down to 1e-308. */
  upper(x: number, weights: ArrayLike<number>, degrees?: ArrayLike<number>): number;
  /** Logarithm of `upper`, which does not underflow. */
  logUpper(x: number, weights: ArrayLike<number>, degrees?: ArrayLike<number>): number;
  /** Probability that Q exceeds x · Y / df, Y an independent chi-squared of `df` degrees of freedom: Q is then measured by an estimated variance. */
  upperOfRatio(x: number, weights: ArrayLike<number>, df: number): number;
}

/**
 * The distribution of a weighted sum of chi-squared variables, by quadrature of its Laplace transform along a contour through the saddlepoint:
 * some 12 digits relative in the bulk and in both tails alike, where Davies' and Imhof's integrals along the imaginary axis keep an absolute
 * error. Weights may have any sign, degrees of freedom (one each unless given) need not be whole.
 *
 * @example weightedChiSquared.upper(7.814727903251178, [1, 1, 1]) // 0.05
 * @see Imhof (1961), doi:10.1093/biomet/48.3-4.419; Davies (1980), doi:10.2307/2346911; Helstrom (1996), doi:10.1109/7.543843 (contours through
 * saddlepoints)
 */
export const weightedChiSquared: WeightedChiSquared = {
  cdf: (x, weights, degrees) => valueOf(tails(x, weights, degrees), "lower"),
  upper: (x, weights, degrees) => valueOf(tails(x, weights, degrees), "upper"),
  logUpper(x, weights, degrees) {
    const { logLower, logUpper } = tails(x, weights, degrees);
    return logUpper ?? Math.log(-Math.expm1(logLower ?? NaN));
  },
  upperOfRatio(x, weights, df) {
    if (df === Infinity) return weightedChiSquared.upper(x, weights);
    const terms = [...Array.from(weights), -x / df];
    return weightedChiSquared.upper(0, terms, [...Array.from(weights, () => 1), df]);
  },
};

/** The logarithm of the smaller tail; the other is what it leaves. */
interface Tails {
  readonly logLower: number | null;
  readonly logUpper: number | null;
}

function valueOf({ logLower, logUpper }: Tails, side: "lower" | "upper"): number {
  const [own, other] = side === "lower" ? [logLower, logUpper] : [logUpper, logLower];
  return own === null ? Math.max(0, -Math.expm1(other ?? NaN)) : Math.min(1, Math.exp(own));
}

function tails(x: number, weights: ArrayLike<number>, degrees?: ArrayLike<number>): Tails {
  const sum = withoutZeros(weights, degrees);
  if (Number.isNaN(x) || sum.weights.some(Number.isNaN)) return { logLower: NaN, logUpper: NaN };
  if (x < 0 || (x === 0 && sum.weights.every((weight) => weight < 0)))
    return turn(tailsAbove(-x, { ...sum, weights: sum.weights.map((weight) => -weight) }));
  return tailsAbove(x, sum);
}

/** At x of at least 0. */
function tailsAbove(x: number, sum: ChiSquaredSum): Tails {
  if (x === Infinity || sum.weights.every((weight) => weight < 0)) return { logLower: null, logUpper: -Infinity };
  if (x === 0 && sum.weights.every((weight) => weight > 0)) return { logLower: -Infinity, logUpper: null };
  return contourIntegral(x, sum);
}

function turn({ logLower, logUpper }: Tails): Tails {
  return { logLower: logUpper, logUpper: logLower };
}

function withoutZeros(weights: ArrayLike<number>, degrees?: ArrayLike<number>): ChiSquaredSum {
  const used = Array.from({ length: weights.length }, (_, i) => i).filter((i) => weights[i] !== 0 && degrees?.[i] !== 0);
  return { weights: Float64Array.from(used, (i) => weights[i]), degrees: Float64Array.from(used, (i) => degrees?.[i] ?? 1) };
}
