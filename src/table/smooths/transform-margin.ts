import { findReflector, invertDense, multiplyDense, reflectRows, smoothBasisSize, transformSymmetric } from "../../numeric/index.ts";
import type { BasisPoints } from "../../numeric/index.ts";
import type { LearnedMargin } from "./learn-margin.ts";
import { evaluateMargin } from "./smooth-matrix.ts";
import { sumColumns } from "./sum-columns.ts";

/** Values at points say too little of a margin's functions where their matrix is nearer to singular than this: mgcv's limit. */
const SINGULAR = Number.EPSILON ** 0.66;

/** A margin whose functions are combinations of another's. @param t - the margin's width × width, row-major */
export function transformMargin(learned: LearnedMargin, t: Float64Array, width: number): LearnedMargin {
  const { margin, penalties } = learned;
  const size = smoothBasisSize(margin.basis);
  const transform = margin.transform === null ? t : multiplyDense(margin.transform, size, learned.width, t, width);
  return {
    ...learned,
    margin: { ...margin, transform: [...transform] },
    width,
    penalties: penalties.map((penalty) => transformSymmetric(penalty, learned.width, t, width)),
  };
}

/** The functions of a margin that sum to zero over the rows. */
export function centreMargin(learned: LearnedMargin, points: BasisPoints): LearnedMargin {
  const { width, ranks, nullSpaceDimension } = learned;
  const sums = sumColumns(points.counts, { width, matrix: evaluateMargin(learned.margin, points.coordinates) });
  const centred = transformMargin(learned, reflectRows(makeIdentity(width), width, findReflector(sums)), width - 1);
  return { ...centred, ranks: ranks.map((rank) => Math.min(rank, width - 1)), nullSpaceDimension: Math.max(0, nullSpaceDimension - 1) };
}

/**
 * The margin of one number by its values at equally spaced points, so that penalties of a product are about its shape along each of them;
 * as it is where these values do not determine its functions.
 *
 * @see Wood (2006), Low-rank scale-invariant tensor product smooths, Biometrics 62, 1025–1036, doi:10.1111/j.1541-0420.2006.00574.x
 */
export function spreadMargin(learned: LearnedMargin, { coordinates: [values] }: BasisPoints): LearnedMargin {
  const { width } = learned;
  const [low, high] = [values[0], values[values.length - 1]];
  const spread = Float64Array.from({ length: width }, (_, k) => (k === width - 1 ? high : low + (k * (high - low)) / (width - 1)));
  const found = invertDense(evaluateMargin(learned.margin, [spread]), width);
  return found === null || found.reciprocalCondition < SINGULAR ? learned : transformMargin(learned, found.inverse, width);
}

/** The unit matrix. */
export function makeIdentity(size: number): Float64Array {
  const identity = new Float64Array(size * size);
  for (let k = 0; k < size; k++) identity[k * size + k] = 1;
  return identity;
}
