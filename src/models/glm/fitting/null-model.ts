import type { GlmProblem } from "../glm-fit.ts";
import { fitProblem } from "./fit-problem.ts";

/**
 * The deviance of the model that knows nothing: one mean for all rows (on top of the offset), or, without an intercept, the offset alone.
 */
export function nullDeviance(problem: GlmProblem, hasIntercept: boolean): number {
  const { family, offset } = problem;
  const { numRows } = problem.matrix;
  if (!offset && (family.isExponential || !hasIntercept))
    return constantDeviance(problem, hasIntercept ? weightedMean(problem) : family.link.inverse(0));
  if (!hasIntercept && offset) return offsetDeviance(problem, offset);
  const ones = { kind: "dense" as const, columns: Int32Array.of(0), values: [null] };
  return fitProblem(
    { ...problem, matrix: { numRows, numColumns: 1, blocks: [ones] } },
    { fallback: Float64Array.of(family.link.apply(weightedMean(problem))) },
  ).deviance;
}

/** Σ weight × response / Σ weight. */
function weightedMean({ response, weights }: Pick<GlmProblem, "response" | "weights">): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < response.length; i++) {
    sum += weights[i] * response[i];
    total += weights[i];
  }
  return sum / total;
}

/** Coefficients whose means are valid for sure where there is no offset: all rows at the mean of the response. Null without an intercept. */
export function constantCoefficients(problem: GlmProblem, intercept: number | null): Float64Array | null {
  if (intercept === null) return null;
  const coefficients = new Float64Array(problem.matrix.numColumns);
  coefficients[intercept] = problem.family.link.apply(weightedMean(problem));
  return Number.isFinite(coefficients[intercept]) ? coefficients : null;
}

// Each has a loop of its own: a function of the row that gave its mean would cost more than the deviance.

function constantDeviance({ response, weights, family }: GlmProblem, mean: number): number {
  let sum = 0;
  for (let i = 0; i < response.length; i++) if (weights[i] > 0) sum += weights[i] * family.unitDeviance(response[i], mean);
  return sum;
}

function offsetDeviance({ response, weights, family }: GlmProblem, offset: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < response.length; i++) {
    if (weights[i] > 0) sum += weights[i] * family.unitDeviance(response[i], family.link.inverse(offset[i]));
  }
  return sum;
}
