import { dot } from "../../../numeric/index.ts";

/**
 * Corrects an estimate H of second derivatives, size × size and positive definite, by what a step showed: how the gradient changed along it.
 * Where the change says that the function is nearly flat or concave, only part of it is believed.
 *
 * @param step - where the coefficients went
 * @param change - how the gradient changed
 * @see Nocedal and Wright (2006), Numerical Optimization, procedure 18.2 (damped BFGS), doi:10.1007/978-0-387-40065-5.
 */
export function correctCurvature(hessian: Float64Array, step: Float64Array, change: Float64Array): void {
  const size = step.length;
  const expected = timesVector(hessian, step);
  const expectedBend = dot(step, expected);
  const bend = dot(step, change);
  if (!(expectedBend > 0) || !Number.isFinite(bend)) return;
  const trust = bend >= LEAST_BEND * expectedBend ? 1 : ((1 - LEAST_BEND) * expectedBend) / (expectedBend - bend);
  const believed = change.map((value, j) => trust * value + (1 - trust) * expected[j]);
  const believedBend = dot(step, believed);
  for (let a = 0; a < size; a++) {
    const [up, down] = [believed[a] / believedBend, expected[a] / expectedBend];
    for (let b = 0; b < size; b++) hessian[a * size + b] += up * believed[b] - down * expected[b];
  }
}

/** Share of the expected bend below which a change is believed in part. */
const LEAST_BEND = 0.2;

/** A quadratic function without one of its coordinates, which follows the others to its minimum. */
export interface ReducedQuadratic {
  readonly hessian: Float64Array;
  readonly gradient: Float64Array;
}

/** Profiles coordinate k out of a quadratic function: its row and column become zero (Schur complement). */
export function profileOut(hessian: Float64Array, gradient: Float64Array, k: number): ReducedQuadratic {
  const size = gradient.length;
  const pivot = hessian[k * size + k];
  const reduced = hessian.slice();
  const slope = gradient.slice();
  for (let a = 0; a < size; a++) {
    const share = pivot > 0 ? hessian[a * size + k] / pivot : 0;
    slope[a] -= share * gradient[k];
    for (let b = 0; b < size; b++) reduced[a * size + b] -= share * hessian[k * size + b];
  }
  for (let a = 0; a < size; a++) reduced[a * size + k] = reduced[k * size + a] = 0;
  slope[k] = 0;
  return { hessian: reduced, gradient: slope };
}

/** Where coordinate k goes when the others take a step. */
export function followStep(hessian: Float64Array, gradient: Float64Array, k: number, step: Float64Array): number {
  const size = gradient.length;
  let slope = gradient[k];
  for (let j = 0; j < size; j++) if (j !== k) slope += hessian[k * size + j] * step[j];
  const pivot = hessian[k * size + k];
  return pivot > 0 ? -slope / pivot : 0;
}

export function timesVector(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const product = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    let sum = 0;
    for (let b = 0; b < size; b++) sum += matrix[a * size + b] * vector[b];
    product[a] = sum;
  }
  return product;
}
