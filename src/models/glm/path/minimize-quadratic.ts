import { factorCholesky, solveCholesky } from "../../../numeric/index.ts";
import { moveCoefficient, sweepCoordinates } from "./penalized-quadratic.ts";
import type { PenalizedQuadratic } from "./penalized-quadratic.ts";

/** Sweeps between exact solutions: enough to find which coordinates are active where columns are little correlated. */
const FEWEST_SWEEPS = 4;
/** A solution for m active coordinates costs about as much as m / 6 sweeps. */
const SWEEPS_PER_ACTIVE = 1 / 6;
const MOST_ROUNDS = 200;

/**
 * Moves a penalised quadratic to its minimum: coordinate descent finds the active coordinates and their signs, then these are solved for
 * exactly, signs held, until a sweep over all coordinates moves none. Steps of coordinate descent alone do not tell how far the minimum is
 * where columns are correlated.
 *
 * @param tolerance - the longest step of that last sweep, in units of √hessian_jj
 * @returns whether it settled
 */
export function minimizeQuadratic(quadratic: PenalizedQuadratic, tolerance: number): boolean {
  const startCoefficients = quadratic.coefficients.slice();
  const startGradient = quadratic.gradient.slice();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    findActive(quadratic, tolerance);
    solveActive(quadratic);
    renewGradient(quadratic, startCoefficients, startGradient);
    if (sweepCoordinates(quadratic, false) <= tolerance) return true;
  }
  return false;
}

/** Sweeps over all coordinates, then over active ones, and over all again when those have settled. */
function findActive(quadratic: PenalizedQuadratic, tolerance: number): void {
  const numActive = quadratic.coefficients.reduce((count, value) => count + Number(value !== 0), 0);
  let onlyActive = false;
  for (let sweep = FEWEST_SWEEPS + numActive * SWEEPS_PER_ACTIVE; sweep > 0; sweep--) {
    const longest = sweepCoordinates(quadratic, onlyActive);
    if (longest <= tolerance && !onlyActive) return;
    onlyActive = longest > tolerance;
  }
}

/** Minimum over the active coordinates with their signs held; one that would change its sign or pass a bound stops there and is let go. */
function solveActive(quadratic: PenalizedQuadratic): void {
  const { coefficients, l1, lower, upper } = quadratic;
  let active = Array.from(coefficients.keys()).filter((j) => {
    const value = coefficients[j];
    return value > lower[j] && value < upper[j] && (value !== 0 || l1[j] === 0);
  });
  while (active.length > 0) {
    const step = stepToMinimum(quadratic, active);
    const { share, stopped, place } = firstStop(quadratic, active, step);
    active.forEach((j, k) => moveCoefficient(quadratic, j, share * step[k]));
    if (stopped < 0) return;
    coefficients[stopped] = place;
    active = active.filter((j) => j !== stopped);
  }
}

function stepToMinimum({ size, hessian, coefficients, gradient, l1, l2 }: PenalizedQuadratic, active: readonly number[]): Float64Array {
  const m = active.length;
  const block = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) block[a * m + b] = hessian[active[a] * size + active[b]];
    block[a * m + a] += l2[active[a]];
  }
  const downhill = Float64Array.from(active, (j) => -(gradient[j] + l2[j] * coefficients[j] + l1[j] * Math.sign(coefficients[j])));
  return solveCholesky(factorCholesky(block, m), downhill);
}

/** How much of a step can be taken until a coordinate meets zero (if its penalty has a kink there) or a bound. */
function firstStop(
  { coefficients, l1, lower, upper }: PenalizedQuadratic,
  active: readonly number[],
  step: Float64Array,
): { share: number; stopped: number; place: number } {
  let first = { share: 1, stopped: -1, place: 0 };
  active.forEach((j, k) => {
    if (step[k] === 0) return;
    const value = coefficients[j];
    const towardsZero = l1[j] > 0 && value * step[k] < 0;
    const place = towardsZero ? 0 : step[k] < 0 ? lower[j] : upper[j];
    const share = (place - value) / step[k];
    if (share < first.share) first = { share, stopped: j, place };
  });
  return first;
}

/** The gradient from where the search began, free of what many small moves have rounded off. */
function renewGradient(
  { size, hessian, coefficients, gradient }: PenalizedQuadratic,
  from: Float64Array,
  startGradient: Float64Array,
): void {
  gradient.set(startGradient);
  for (let j = 0; j < size; j++) {
    const step = coefficients[j] - from[j];
    if (step === 0) continue;
    for (let k = 0; k < size; k++) gradient[k] += hessian[j * size + k] * step;
  }
}
