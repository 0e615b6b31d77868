import { pickEntries, symmetricEigen } from "../../../numeric/index.ts";
import type { Evaluation } from "./evaluation.ts";

/** A step of the outer coordinates, and by how much the criterion should fall. */
export interface OuterStep {
  readonly step: Float64Array;
  /** At most 0. */
  readonly change: number;
}

/** Coordinates of a search, sorted by what is to be done with them. */
export interface OuterCoordinates {
  /** To be moved by Newton's method. */
  readonly free: readonly number[];
  /** Of smoothing parameters on the way to infinity, or to 0: the criterion falls as 1/λ, or as λ, towards its limit. */
  readonly leaving: readonly number[];
}

/** Eigenvalues of the Hessian are made at least this share of the largest. */
const LEAST_EIGENVALUE = 1e-8;
/** No coordinate moves further in one step: a factor of 150 in λ. */
const LONGEST = 5;
/** Slope and curvature of a criterion that is a constant plus a multiple of 1/λ differ by their sign alone: by no more than this share, */
const ALIKE = 0.2;
/** and by less than this where the limit is near. */
const VERY_ALIKE = 0.05;
/** or by this where the slope is small already, for curvatures leave out how the weights change. */
const ROUGHLY_ALIKE = 0.75;
const SMALL_SLOPE = 0.02;

/** A criterion that falls towards λ = 0 is believed to have its limit there only if it falls by no more than this. */
const SMALL = 0.1;
/** As long as the others have more than this to gain, none leaves for good: it could not find back. */
const EARLY = 0.5;
/** Squared correlation, by the Hessian, from which on coordinates are tied to each other. */
const TIED = 0.1;

/** Leaves out parameters whose slope and curvature are below `level`: the criterion no longer depends on them. */
export function sortCoordinates({ gradient, hessian }: Evaluation, numParameters: number, level: number): OuterCoordinates {
  const size = gradient.length;
  const free: number[] = [];
  const leaving: number[] = [];
  for (let k = 0; k < size; k++) {
    const [slope, curvature] = [gradient[k], hessian[k * size + k]];
    if (k < numParameters && Math.abs(slope) < level && Math.abs(curvature) < level) continue;
    if (slope === 0 && curvature === 0) continue;
    const share = Math.abs(slope) < SMALL_SLOPE ? ROUGHLY_ALIKE : ALIKE;
    const isAlike = Math.abs(curvature - Math.abs(slope)) < share * Math.abs(slope) && (slope < 0 || slope < SMALL);
    const isLeaving = k < numParameters && isAlike && isAlone(hessian, size, k);
    (isLeaving ? leaving : free).push(k);
  }
  return { free, leaving };
}

/** Whether a coordinate can be moved without moving the best place of others. */
function isAlone(hessian: Float64Array, size: number, k: number): boolean {
  const own = Math.abs(hessian[k * size + k]);
  for (let l = 0; l < size; l++) {
    if (l !== k && hessian[k * size + l] ** 2 > TIED * own * Math.abs(hessian[l * size + l])) return false;
  }
  return true;
}

/** Newton's step with the eigenvalues of the Hessian made positive, of the free coordinates; those that leave make long steps. */
export function newtonStep({ gradient, hessian }: Evaluation, { free, leaving }: OuterCoordinates): OuterStep {
  const size = gradient.length;
  const step = new Float64Array(size);
  let change = 0;
  const count = free.length;
  if (count > 0) {
    const { values, vectors } = symmetricEigen(pickEntries(hessian, size, free), count);
    const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), Number.MIN_VALUE);
    const sizes = values.map((value) => Math.max(Math.abs(value), LEAST_EIGENVALUE * most));
    const along = sizes.map((value, e) => free.reduce((sum, k, i) => sum - vectors[i * count + e] * gradient[k], 0) / value);
    free.forEach((k, i) => (step[k] = along.reduce((sum, value, e) => sum + vectors[i * count + e] * value, 0)));
    const share = Math.min(1, LONGEST / step.reduce((longest, value) => Math.max(longest, Math.abs(value)), 0));
    for (const k of free) step[k] *= share;
    // Of the quadratic whose minimum the whole step would reach.
    change = -share * (1 - share / 2) * along.reduce((sum, value, e) => sum + value * value * sizes[e], 0);
  }
  const isEarly = -change > EARLY;
  for (const k of leaving) {
    const slope = Math.abs(gradient[k]);
    const isNear = Math.abs(hessian[k * (size + 1)] - slope) < VERY_ALIKE * slope;
    const length = isEarly ? 1 : isNear ? 2 * LONGEST : LONGEST;
    step[k] = gradient[k] < 0 ? length : -length;
    change -= slope * (1 - Math.exp(-length));
  }
  return { step, change };
}

/** A step against the gradient, its longest coordinate 1; its change is that of the slope alone, a bound that is hoped for. */
export function descentStep({ gradient }: Evaluation, { free, leaving }: OuterCoordinates): OuterStep {
  const moved = [...free, ...leaving];
  const most = moved.reduce((largest, k) => Math.max(largest, Math.abs(gradient[k])), Number.MIN_VALUE);
  const step = new Float64Array(gradient.length);
  for (const k of moved) step[k] = -gradient[k] / most;
  return { step, change: moved.reduce((sum, k) => sum + step[k] * gradient[k], 0) };
}
