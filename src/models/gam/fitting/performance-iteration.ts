import type { PassSteps } from "../../glm/fitting/drive.ts";
import { evaluateCriterion, type CriterionOptions } from "./criterion.ts";
import type { Evaluation } from "./evaluation.ts";
import { searchOuter, type OuterResult } from "./outer-search.ts";
import type { Rows, Visit } from "./rows.ts";
import { penalizedDeviance, type Place } from "./settle.ts";
import { WorkingModel } from "./working-model.ts";

export interface IterationOptions extends CriterionOptions {
  /** A fall of the criterion that counts as nothing. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

const MOST_HALVINGS = 20;
/** Solutions of the working model are exact. */
const EXACT = 1e-20;
/** The penalized deviance may rise by this share: smoothing parameters change along with it. */
const SLACK = 1e-3;
/** Steps of the coefficients and of the smoothing parameters end together when the deviance changes by less than this share. */
const STILL = 1e-8;

/**
 * The restricted likelihood of the working linear model, one Newton step for each reading of the rows: `fREML` as of mgcv's `bam`. Each iteration
 * takes the weights for given, and so the place where it ends neglects how they change with the smoothing parameters: an approximation, but for
 * normal responses with identity link.
 *
 * @see Wood, Li, Shaddick and Augustin (2017), doi:10.1080/01621459.2016.1195744; Breslow and Clayton (1993), doi:10.1080/01621459.1993.10594284
 */
export function* iteratePerformance(rows: Rows, place: Place, first: Float64Array, options: IterationOptions): PassSteps<OuterResult> {
  const { tolerance, maxIterations, numRows } = options;
  let visit = place.visit.observed ? yield* rows.visit(place.visit.coefficients, false) : place.visit;
  let outer = first;
  for (let iterations = 1; ; iterations++) {
    const model = new WorkingModel(rows, visit, { numRows, sumOfSquares: visit.pearson });
    const evaluateAt = (at: Float64Array): PassSteps<Evaluation | null> => {
      return evaluateCriterion(model, at, { from: model.base, tolerance: EXACT }, options);
    };
    const start = yield* evaluateAt(outer);
    if (!start) throw new Error("unreachable: the working model has a solution everywhere");
    const numParameters = rows.system.numParameters;
    const step = yield* searchOuter((at) => evaluateAt(at), start, { numParameters, tolerance, maxIterations: 1, hasExactHessian: true });
    const { evaluation } = step;
    const next = yield* approach(rows, visit, evaluation.place);
    const change = next ? Math.abs(next.deviance - visit.deviance) : Infinity;
    outer = evaluation.outer;
    const isStill = step.iterations === 0 && step.converged && change <= STILL * (Math.abs(visit.deviance) + 0.1);
    if (isStill || !next || iterations === maxIterations) return { evaluation, iterations, converged: isStill };
    visit = next;
  }
}

/** Towards the solution of the working model, as far as the penalized deviance hardly rises; null where the means leave their range. */
function* approach(rows: Rows, visit: Visit, { frame, coefficients, rest }: Place): PassSteps<Visit | null> {
  const solution = coefficients.map((value, j) => value + rest[j]);
  const target = frame.rotation ? frame.rotation.multiply(solution) : solution;
  const origin = visit.coefficients as Float64Array;
  const now = penalizedDeviance(frame, visit);
  const bound = now + SLACK * (Math.abs(now) + 0.1);
  for (let halving = 0, share = 1; halving <= MOST_HALVINGS; halving++, share /= 2) {
    const next = yield* rows.visit(
      origin.map((value, j) => value + share * (target[j] - value)),
      false,
    );
    if (Number.isFinite(next.deviance) && penalizedDeviance(frame, next) <= bound) return next;
  }
  return null;
}
