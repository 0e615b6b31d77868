import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import { closeSearch } from "./close-search.ts";
import { criterionOptions, evaluateCriterion, type CriterionOptions } from "./criterion.ts";
import type { Evaluation } from "./evaluation.ts";
import { openSearch, type Opening, type OpeningOptions } from "./open-search.ts";
import { iterateFellnerSchall } from "./fellner-schall.ts";
import { ownParameters, type OwnParameters } from "./own-parameters.ts";
import { iteratePerformance } from "./performance-iteration.ts";
import { lookElsewhere, refineStart } from "./refine-start.ts";
import { searchOuter, type EvaluateAt, type OuterResult } from "./outer-search.ts";
import { renumberParameters, type PenaltyBlock } from "./penalty-block.ts";
import { describeEstimates } from "./estimated-parameters.ts";
import type { Rows, Visit } from "./rows.ts";
import { fitShaped } from "./fit-shaped.ts";
import type { SmoothingFit, SmoothingMethod, SmoothingSettings } from "./smoothing-fit.ts";

/** What may be left to gain by another step of the coefficients, as a share of the dispersion: at most, */
const MOST_LEFT = 1e-6;
/** as a share of the square of the criterion's expected change, which errs by the size of what is left, */
const LEFT_OF_CHANGE = 1e-4;
/** and where that is nothing. */
const SETTLED = 1e-13;

/**
 * Fits coefficients under penalties, and chooses the smoothing parameters: as a conversation like that of `fitByIrls`, which asks for sums over
 * the rows, wherever they are.
 *
 * @param size p, the columns of the design
 * @param penalties in the order of their columns
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x
 */
export function* fitSmoothing(
  size: number,
  family: Family,
  penalties: readonly PenaltyBlock[],
  settings: SmoothingSettings,
): PassSteps<SmoothingFit> {
  const blocks = renumberParameters(penalties);
  if (blocks.some(({ shape }) => shape)) return yield* fitShaped(size, family, blocks, settings, fitFree);
  return yield* fitFree(size, family, blocks, settings);
}

/** The same without regard to shapes, in a subspace if need be. */
function* fitFree(
  size: number,
  family: Family,
  blocks: readonly PenaltyBlock[],
  settings: SmoothingSettings,
  restrictions: OpeningOptions = {},
): PassSteps<SmoothingFit> {
  const own = ownParameters(family, settings.startParameters ?? null);
  const seeksParameters = own.chosen.length > 0;
  const opening = yield* openSearch(size, seeksParameters ? own.familyAt(own.start) : family, blocks, settings, {
    ...restrictions,
    seeksParameters,
  });
  const numParameters = opening.rows.system.numParameters;
  if (!seeksParameters || hasLikelihood(settings.method)) {
    const found = yield* search(opening, own, settings);
    return yield* closeSearch(opening.rows, found, settings, describeEstimates(family, found.evaluation, numParameters));
  }
  const { evaluation } = yield* search(opening, own, { ...settings, method: "REML" });
  const given = { ...opening, rows: opening.rows.withFamily(evaluation.place.visit.family, false), place: evaluation.place };
  const found = yield* search(given, { ...own, chosen: [] }, settings);
  return yield* closeSearch(given.rows, found, settings, describeEstimates(family, evaluation, numParameters));
}

/** Whether a method finds the family's own parameters itself; the others use those of REML. */
function hasLikelihood(method: SmoothingMethod): boolean {
  return method === "REML" || method === "ML" || method === "EFS";
}

function* search(opening: Opening, own: OwnParameters, settings: SmoothingSettings): PassSteps<OuterResult> {
  const { rows, place } = opening;
  const { method, tolerance, maxIterations } = settings;
  const { numParameters } = rows.system;
  const options = criterionOptions(rows.family, settings, own.chosen);
  const first = firstOuter(opening, own, options);
  if (method === "fREML") return yield* iteratePerformance(rows, place, first, { ...options, tolerance, maxIterations });
  const evaluateFrom = criterionOf(rows, own, options);
  const isRefined = hasLikelihood(method) && !rows.isConstant && !settings.startSmoothing;
  const outset = isRefined ? yield* refineStart(rows, place.visit, first, options) : first;
  const start = (yield* evaluateFrom(outset, place.visit, Infinity)) ?? (yield* evaluateFrom(first, place.visit, Infinity));
  if (!start) throw new Error("unreachable: the coefficients settled here");
  const evaluateAt: EvaluateAt = (outer, from, change) => evaluateFrom(outer, from.place.visit, change);
  if (method === "EFS") return yield* iterateFellnerSchall(evaluateAt, start, { numParameters, tolerance, maxIterations });
  const numLeaving = numParameters + own.chosen.length;
  const outerSettings = { numParameters: numLeaving, tolerance, maxIterations, hasExactHessian: rows.isConstant };
  const found = yield* searchOuter(evaluateAt, start, outerSettings);
  if (settings.startSmoothing) return found;
  return yield* lookElsewhere(rows, found, first, { evaluateAt, options, settings: outerSettings });
}

/** Log λ of each parameter, the family's own parameters that are sought, log dispersion if it is sought. */
function firstOuter(
  { smoothing, place }: Opening,
  { chosen, start }: OwnParameters,
  { seeksDispersion, numRows }: CriterionOptions,
): Float64Array {
  const logs = smoothing.map(Math.log);
  const free = chosen.length > 0 ? start : [];
  const dispersion = Math.max(place.visit.deviance / numRows, Number.MIN_VALUE);
  return Float64Array.of(...logs, ...free, ...(seeksDispersion ? [Math.log(dispersion)] : []));
}

/** Evaluates the criterion at outer coordinates, from a visit on, as exactly as an expected change of it needs. */
type EvaluateFrom = (outer: Float64Array, from: Visit, change: number) => PassSteps<Evaluation | null>;

function criterionOf(rows: Rows, own: OwnParameters, options: CriterionOptions): EvaluateFrom {
  const { numParameters } = rows.system;
  return (outer, from, change) => {
    const free = outer.subarray(numParameters, numParameters + own.chosen.length);
    const here = free.length > 0 ? rows.withFamily(own.familyAt(free), true) : rows;
    const tolerance = Math.max(SETTLED, Math.min(MOST_LEFT, LEFT_OF_CHANGE * change * change));
    return evaluateCriterion(here, outer, { from, tolerance }, options);
  };
}
