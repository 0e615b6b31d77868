import { factorCholesky, solveCholesky } from "../../../numeric/index.ts";
import { moveCoefficient, sweepCoordinates } from "./penalized-quadratic.ts";
import type { PenalizedQuadratic } from "./penalized-quadratic.ts";

/** A solution for m active coordinates costs about as much as this many sweeps, and a hundredth of m. */
const SWEEPS_OF_SOLUTION = 10;
const SWEEPS_PER_ACTIVE = 1 / 100;
/** Sweeps before their pace is judged. */
const FIRST_SWEEPS = 3;
/** Steps that shrink so from sweep to sweep leave less before them than the last was long. */
const QUICK = 0.5;
/** Stops of an exact solution on its way before sweeps go on: where so many signs are wrong, the active set is not found yet. */
const MOST_STOPS = 10;
const MOST_ROUNDS = 200;

/**
 * Moves a penalised quadratic to its minimum: coordinate descent finds the active coordinates and their signs and goes on while it is quick;
 * where it is slow (correlated columns) the active coordinates are solved for exactly, signs held, until a sweep over all moves none. Steps of
 * slow coordinate descent do not tell how far the minimum is.
 *
 * @param tolerance - the longest step of a last sweep over all coordinates, in units of √hessian_jj
 * @returns whether it settled
 */
export function minimizeQuadratic(quadratic: PenalizedQuadratic, tolerance: number): boolean {
  const startCoefficients = quadratic.coefficients.slice();
  const startGradient = quadratic.gradient.slice();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (sweepWhileQuick(quadratic, tolerance)) return true;
    solveActive(quadratic);
    renewGradient(quadratic, startCoefficients, startGradient);
    if (sweepCoordinates(quadratic, false) <= tolerance) return true;
  }
  return false;
}

/** Sweeps over all coordinates, then over active ones, and over all again when those have settled. @returns whether all have, and quickly */
function sweepWhileQuick(quadratic: PenalizedQuadratic, tolerance: number): boolean {
  let last = sweepCoordinates(quadratic, false);
  if (last === 0) return true;
  const numActive = quadratic.coefficients.reduce((count, value) => count + Number(value !== 0), 0);
  const affordable = SWEEPS_OF_SOLUTION + SWEEPS_PER_ACTIVE * numActive;
  let pace = 1;
  let onlyActive = true;
  for (let sweep = 1; ; sweep++) {
    const longest = sweepCoordinates(quadratic, onlyActive);
    if (onlyActive) pace = longest / last;
    if (longest <= tolerance && pace > QUICK) return false;
    if (longest <= tolerance && !onlyActive) return true;
    if (sweep >= FIRST_SWEEPS && !(Math.log(tolerance / longest) / Math.log(pace) < affordable)) return false;
    onlyActive = longest > tolerance;
    last = longest;
  }
}

/** Minimum over the active coordinates with their signs held; one that would change its sign or pass a bound stops there and is let go. */
function solveActive(quadratic: PenalizedQuadratic): void {
  const { coefficients, l1, lower, upper } = quadratic;
  let active = Array.from(coefficients.keys()).filter((j) => {
    const value = coefficients[j];
    return value > lower[j] && value < upper[j] && (value !== 0 || l1[j] === 0);
  });
  for (let stops = 0; active.length > 0 && stops < MOST_STOPS; stops++) {
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
