import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import { closeSearch } from "./close-search.ts";
import type { Evaluation } from "./evaluation.ts";
import { openSearch, type Opening } from "./open-search.ts";
import { iterateFellnerSchall } from "./fellner-schall.ts";
import { iteratePerformance } from "./performance-iteration.ts";
import { searchOuter, type EvaluateAt, type OuterResult } from "./outer-search.ts";
import { renumberParameters, type PenaltyBlock } from "./penalty-block.ts";
import { frameAt } from "./penalty-frame.ts";
import { evaluatePredictionError } from "./prediction-error.ts";
import { evaluateLaplace, type LaplaceOptions } from "./reml.ts";
import type { Visit } from "./rows.ts";
import { settle } from "./settle.ts";
import type { SmoothingFit, SmoothingSettings } from "./smoothing-fit.ts";

/** What is left to gain by another step of the coefficients, as a share of the dispersion. */
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
  const opening = yield* openSearch(size, family, renumberParameters(penalties), settings);
  return yield* closeSearch(opening.rows, yield* search(opening, settings), settings);
}

function* search(opening: Opening, settings: SmoothingSettings): PassSteps<OuterResult> {
  const { rows, place } = opening;
  const { method, tolerance, maxIterations, numObservations: numRows } = settings;
  const first = firstOuter(opening, settings);
  const laplace = laplaceOptions(rows.family, settings);
  if (method === "fREML") return yield* iteratePerformance(rows, place, first, { ...laplace, numRows, tolerance, maxIterations });
  const evaluateFrom = criterionOf(opening, settings);
  const start = yield* evaluateFrom(first, place.visit);
  if (!start) throw new Error("unreachable: the coefficients settled here");
  const evaluateAt: EvaluateAt = (outer, from) => evaluateFrom(outer, from.place.visit);
  const outerSettings = { numParameters: rows.system.numParameters, tolerance, maxIterations };
  return yield* method === "EFS" ? iterateFellnerSchall(evaluateAt, start, outerSettings) : searchOuter(evaluateAt, start, outerSettings);
}

function laplaceOptions(family: Family, settings: SmoothingSettings): LaplaceOptions {
  return { seeksDispersion: seeksDispersion(family, settings), isMarginal: settings.method === "ML", gamma: settings.gamma };
}

/** Whether log dispersion is an outer coordinate. */
function seeksDispersion(family: Family, { dispersion, method }: SmoothingSettings): boolean {
  return dispersion === null && !family.hasKnownDispersion && method !== "GCV" && method !== "UBRE";
}

function firstOuter({ rows, smoothing, place }: Opening, settings: SmoothingSettings): Float64Array {
  const logs = smoothing.map(Math.log);
  if (!seeksDispersion(rows.family, settings)) return logs;
  return Float64Array.of(...logs, Math.log(Math.max(place.visit.deviance / settings.numObservations, Number.MIN_VALUE)));
}

/** Evaluates the criterion of a method at outer coordinates, from a visit on. */
type EvaluateFrom = (outer: Float64Array, from: Visit) => PassSteps<Evaluation | null>;

function criterionOf({ rows }: Opening, settings: SmoothingSettings): EvaluateFrom {
  const { method, numObservations: numRows, gamma } = settings;
  const laplace = laplaceOptions(rows.family, settings);
  const known = settings.dispersion ?? (rows.family.hasKnownDispersion ? 1 : null);
  return function* (outer, from) {
    const dispersion = laplace.seeksDispersion ? Math.exp(outer[outer.length - 1]) : known;
    const frame = frameAt(rows.system, outer.slice(0, rows.system.numParameters).map(Math.exp));
    const place = yield* settle(rows, frame, from, { dispersion, numRows, tolerance: SETTLED });
    if (!place) return null;
    if (method === "GCV") return yield* evaluatePredictionError(rows, place, outer, { numRows, dispersion: null, gamma });
    if (method === "UBRE") return yield* evaluatePredictionError(rows, place, outer, { numRows, dispersion: dispersion ?? 1, gamma });
    return yield* evaluateLaplace(rows, place, { outer, dispersion: dispersion ?? 1 }, laplace);
  };
}
