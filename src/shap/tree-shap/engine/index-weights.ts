import { gaussLegendre, type QuadratureRule } from "../../../numeric/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";

/**
 * What joining a coalition of s − 1 among d players weighs, for s = 1 … d, at s − 1: (s−1)! (d−s)! / d! for Shapley values, 1/2^(d−1) for
 * Banzhaf values.
 */
export function joiningShares(index: AttributionIndex, d: number): Float64Array {
  const shares = new Float64Array(d);
  if (index === "banzhaf") return shares.fill(2 ** (1 - d));
  let share = 1 / d;
  for (let s = 1; s <= d; s++) {
    shares[s - 1] = share;
    share *= s / (d - s);
  }
  return shares;
}

/**
 * What each of p players gets of a game that is won when they are in and q others are out: (p−1)! q! / (p+q)! for Shapley values, 1/2^(p+q−1)
 * for Banzhaf values. At `p * stride + q`, for p + q < stride; by recurrences that neither overflow nor cancel.
 */
export function pairShares(index: AttributionIndex, stride: number): Float64Array {
  const shares = new Float64Array(stride * stride);
  for (let p = 1; p < stride; p++) {
    shares[p * stride] = index === "banzhaf" ? 2 ** (1 - p) : 1 / p;
    for (let q = 1; p + q < stride; q++) {
      shares[p * stride + q] = shares[p * stride + q - 1] * (index === "banzhaf" ? 0.5 : q / (p + q));
    }
  }
  return shares;
}

/**
 * Where the multilinear extension is evaluated: on the whole diagonal, exactly for polynomials of `degree`, for Shapley values; in its middle
 * for Banzhaf values (Owen 1975, doi:10.1002/nav.3800220409).
 */
export function quadratureRule(index: AttributionIndex, degree: number): QuadratureRule {
  if (index === "banzhaf") return { nodes: Float64Array.of(0.5), weights: Float64Array.of(1) };
  return gaussLegendre(Math.floor(degree / 2) + 1);
}
