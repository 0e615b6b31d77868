import type { PassSteps } from "../../glm/fitting/drive.ts";
import { evaluateCriterion, type CriterionOptions } from "./criterion.ts";
import type { Evaluation } from "./evaluation.ts";
import { searchOuter, type EvaluateAt, type OuterResult, type OuterSettings } from "./outer-search.ts";
import type { RowSource, Visit } from "./rows.ts";
import { WorkingModel } from "./working-model.ts";

/** How far a start is refined: no further than its weights deserve. */
const REFINED = { tolerance: 1e-2, maxIterations: 20, hasExactHessian: true };
/** A start stays where the criterion still feels a parameter: with slopes of at least this size. */
const FELT = 2e-3;
/** Solutions of the working model are exact. */
const EXACT = 1e-20;

/**
 * Outer coordinates that are nearly best with the weights of one visit: the rows are not read for them.
 * @param first where to start from
 */
export function* refineStart(rows: RowSource, visit: Visit, first: Float64Array, options: CriterionOptions): PassSteps<Float64Array> {
  const evaluateAt = evaluateWith(rows, visit, options);
  const start = yield* evaluateAt(first);
  if (!start) return first;
  const { numParameters } = rows.system;
  const { evaluation } = yield* searchOuter((outer) => evaluateAt(outer), start, { ...REFINED, numParameters });
  return bringBack(evaluation, first, numParameters);
}

function evaluateWith(rows: RowSource, visit: Visit, options: CriterionOptions): (outer: Float64Array) => PassSteps<Evaluation | null> {
  const model = new WorkingModel(rows, visit, { numRows: options.numRows, sumOfSquares: visit.deviance });
  return (outer) => evaluateCriterion(model, outer, { from: model.base, tolerance: EXACT }, options);
}

/** Parameters that went so far that nothing depends on them any more, to where something does. */
function bringBack({ outer, gradient, hessian }: Evaluation, first: Float64Array, numParameters: number): Float64Array {
  return outer.map((value, k) => {
    const size = Math.max(Math.abs(gradient[k]), Math.abs(hessian[k * (outer.length + 1)]));
    if (k >= numParameters || gradient[k] >= 0 || size >= FELT) return value;
    return Math.max(first[k], value - Math.log(FELT / Math.max(size, 1e-12)));
  });
}

/** A criterion that bends less than this, in units of the log-likelihood, no longer tells a parameter. */
const FLAT = 1e-5;
/** A place must promise to be better by so much to be looked at. */
const PROMISING = 1e-3;
/** So many parameters at most are brought back one by one. */
const MOST_ALONE = 8;
/** A look elsewhere that takes longer leads nowhere. */
const MOST_ITERATIONS = 30;
/** Places of log smoothing parameters no further apart lead to one minimum. */
const ALIKE = 0.5;
/** With more coefficients a look costs as much as a fit; it is taken only where parameters are at infinity. */
const MANY = 300;
/** How much rougher, or smoother, the last places to look at are, on the log scale. */
const ROUGHER = 5;

/**
 * Criteria may have several minima, above all where parameters are at infinity: from there the gradient does not lead back. Other places to start from
 * are tried with the weights of the place that was found, which costs no reading of the rows; what promises more is looked at in earnest.
 *
 * @param first where smoothing parameters start from by default
 */
export function* lookElsewhere(
  rows: RowSource,
  found: OuterResult,
  first: Float64Array,
  {
    evaluateAt,
    options,
    settings,
  }: { readonly evaluateAt: EvaluateAt; readonly options: CriterionOptions; readonly settings: OuterSettings },
): PassSteps<OuterResult> {
  const { numParameters } = rows.system;
  const { outer, hessian, place } = found.evaluation;
  const isIdle = (k: number): boolean => k < numParameters && Math.abs(hessian[k * (outer.length + 1)]) < FLAT;
  const idle = [...outer.keys()].filter(isIdle);
  if (idle.length === 0 && rows.system.width > MANY) return found;
  const inModel = evaluateWith(rows, place.visit, options);
  const around = yield* inModel(outer);
  if (!around) return found;
  const inModelSettings = { ...REFINED, numParameters, tolerance: PROMISING };
  // The model has its own minimum near the one that was found.
  const seen = [rows.isConstant ? around : (yield* searchOuter((at) => inModel(at), around, inModelSettings)).evaluation];
  let best = found;
  const starts = [
    outer.map((value, k) => (isIdle(k) ? first[k] : value)),
    ...(idle.length > 1 ? idle.slice(0, MOST_ALONE).map((one) => outer.map((value, k) => (k === one ? first[k] - ROUGHER : value))) : []),
    outer.map((value, k) => (k < numParameters ? first[k] : value)),
    outer.map((value, k) => (k < numParameters ? first[k] - ROUGHER : value)),
    outer.map((value, k) => (k < numParameters ? first[k] + ROUGHER : value)),
  ];
  for (const start of starts) {
    const outset = yield* inModel(start);
    if (!outset || !Number.isFinite(outset.value)) continue;
    const promised = yield* searchOuter((at) => inModel(at), outset, inModelSettings);
    if (!(promised.evaluation.value < around.value - PROMISING)) continue;
    if (seen.some((other) => isAlike(promised.evaluation, other, numParameters))) continue;
    seen.push(promised.evaluation);
    const evaluation = yield* evaluateAt(bringBack(promised.evaluation, first, numParameters), best.evaluation, Infinity);
    if (!evaluation) continue;
    const other = yield* searchOuter(evaluateAt, evaluation, {
      ...settings,
      maxIterations: Math.min(settings.maxIterations, MOST_ITERATIONS),
    });
    // A criterion that falls without end, as with separated events, has no place there.
    if (!other.converged || !other.evaluation.place.settled) continue;
    if (other.evaluation.value < best.evaluation.value) best = { ...other, iterations: best.iterations + other.iterations };
  }
  return best;
}

/** Whether two places have the same smoothing parameters, but for those on which nothing depends. */
function isAlike(one: Evaluation, other: Evaluation, numParameters: number): boolean {
  const size = one.outer.length;
  const isFelt = ({ hessian }: Evaluation, k: number): boolean => Math.abs(hessian[k * (size + 1)]) > FELT;
  for (let k = 0; k < numParameters; k++) {
    if (Math.abs(one.outer[k] - other.outer[k]) > ALIKE && (isFelt(one, k) || isFelt(other, k))) return false;
  }
  return true;
}
