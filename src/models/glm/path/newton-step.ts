import { dot } from "../../../numeric/index.ts";
import { followStep, profileOut, timesVector } from "./curvature.ts";
import { minimizeQuadratic } from "./minimize-quadratic.ts";

/** A smooth function near a point, by its derivatives, with an elastic-net penalty. Arrays have m numbers, in units of the scales. */
export interface PenalizedModel {
  readonly coefficients: Float64Array;
  readonly gradient: Float64Array;
  /** m × m, positive semidefinite. */
  readonly hessian: Float64Array;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Place of an unpenalised, unbounded coordinate that goes with the others; −1 for none. */
  readonly intercept: number;
}

/** The way to the minimum of the model. */
export interface NewtonStep {
  readonly step: Float64Array;
  /** Whether a coefficient comes to zero, leaves it or passes it. */
  readonly changesSigns: boolean;
  /** The longest move of a coefficient, in units of its curvature. */
  readonly length: number;
  /** What the penalised function would change if it were linear between the ends: not positive. */
  readonly slope: number;
  /** What the smooth part changes by the model. */
  readonly smoothChange: number;
}

/** @param tolerance - of the minimum, in units of `length` */
export function newtonStep(model: PenalizedModel, tolerance: number): NewtonStep {
  const { gradient, hessian, l1, l2, lower, upper, intercept } = model;
  const size = gradient.length;
  const reduced = intercept < 0 ? { hessian, gradient: gradient.slice() } : profileOut(hessian, gradient, intercept);
  const coefficients = model.coefficients.slice();
  minimizeQuadratic({ size, ...reduced, coefficients, l1, l2, lower, upper }, tolerance);
  const step = coefficients.map((value, j) => value - model.coefficients[j]);
  if (intercept >= 0) step[intercept] = followStep(hessian, gradient, intercept, step);
  let length = 0;
  for (let j = 0; j < size; j++) length = Math.max(length, Math.sqrt(Math.max(0, hessian[j * size + j])) * Math.abs(step[j]));
  const linear = dot(gradient, step);
  const penalties = penaltyOf(model, step) - penaltyOf(model, new Float64Array(size));
  const changesSigns = l1.some((kink, j) => kink > 0 && Math.sign(model.coefficients[j]) !== Math.sign(coefficients[j]));
  return { step, changesSigns, length, slope: linear + penalties, smoothChange: linear + dot(step, timesVector(hessian, step)) / 2 };
}

/** The penalty at the model's point moved by a step. */
export function penaltyOf({ coefficients, l1, l2 }: PenalizedModel, step: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < step.length; j++) {
    const value = coefficients[j] + step[j];
    if (value !== 0) sum += l1[j] * Math.abs(value) + (l2[j] * value * value) / 2;
  }
  return sum;
}
