import { ConvergenceError } from "../../../errors.ts";
import { factorCholesky } from "../../../numeric/index.ts";
import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import { initialSmoothing } from "./initial-smoothing.ts";
import { PenalizedCurvature } from "./penalized-curvature.ts";
import type { PenaltyBlock } from "./penalty-block.ts";
import { frameAt, type PenaltyFrame } from "./penalty-frame.ts";
import { arrangePenalties, type PenaltySystem, type Restrictions } from "./penalty-system.ts";
import { Rows, type Visit } from "./rows.ts";
import { settle, type Place } from "./settle.ts";
import type { SmoothingSettings } from "./smoothing-fit.ts";

/** Where a search for smoothing parameters begins. */
export interface Opening {
  readonly rows: Rows;
  readonly smoothing: Float64Array;
  readonly place: Place;
}

/** A column of which the others leave less than this share depends on them. */
const DEPENDENT = 1e-11;
/** How near the first coefficients must come: a share of the dispersion. */
const NEAR = 1e-2;

/** What a search may do without, or build upon. */
export interface OpeningOptions extends Restrictions {
  /** Whether the family's own parameters are sought. @defaultValue false */
  readonly seeksParameters?: boolean;
  /** The same rows in other coordinates. */
  readonly known?: Rows;
}

/** Finds out what the columns can tell, smoothing parameters to start from, and coefficients there. */
export function* openSearch(
  size: number,
  family: Family,
  blocks: readonly PenaltyBlock[],
  settings: SmoothingSettings,
  { seeksParameters = false, known, ...restrictions }: OpeningOptions = {},
): PassSteps<Opening> {
  let system = arrangePenalties(size, blocks, restrictions);
  let rows = known?.restrict(system) ?? new Rows(family, system, { seeksParameters });
  let visit = yield* visitStart(rows, settings);
  const smoothing = settings.startSmoothing ? Float64Array.from(settings.startSmoothing) : initialSmoothing(system, visit.gram);
  const dropped = findDependent(system, frameAt(system, smoothing), visit);
  if (dropped.length > 0) {
    system = arrangePenalties(size, blocks, { ...restrictions, dropped });
    rows = new Rows(family, system, { seeksParameters });
    visit = yield* visitStart(rows, settings);
  }
  const frame = frameAt(system, smoothing);
  const options = { dispersion: settings.dispersion ?? null, numRows: settings.numObservations, tolerance: NEAR };
  const place = (yield* settle(rows, frame, visit, options)) ?? (yield* settleFromFallback(rows, frame, settings));
  return { rows, smoothing, place };
}

function* visitStart(rows: Rows, { start }: SmoothingSettings): PassSteps<Visit> {
  const visit = yield* rows.visit(start && rows.system.coordinates.multiplyTransposed(start), false);
  return Number.isFinite(visit.deviance) ? visit : yield* rows.visit(null, false);
}

/** Working coordinates that no penalty touches and that others, and penalties, leave nothing of. */
function findDependent(system: PenaltySystem, frame: PenaltyFrame, visit: Visit): number[] {
  const { matrix } = new PenalizedCurvature(visit.gram, frame);
  const { kept } = factorCholesky(matrix, system.width, { tolerance: DEPENDENT });
  const penalized = new Set(system.penalized);
  return [...kept.keys()].filter((at) => kept[at] === 0 && !penalized.has(at));
}

/** When the first step leads out of the range of means: Newton's method from coefficients whose means are valid. */
function* settleFromFallback(
  rows: Rows,
  frame: PenaltyFrame,
  { fallback, dispersion, numObservations }: SmoothingSettings,
): PassSteps<Place> {
  if (fallback) {
    const visit = yield* rows.visit(rows.system.coordinates.multiplyTransposed(fallback), false);
    const options = { dispersion, numRows: numObservations, tolerance: NEAR };
    const place = Number.isFinite(visit.deviance) ? yield* settle(rows, frame, visit, options) : null;
    if (place) return place;
  }
  const { name, link } = rows.family;
  throw new ConvergenceError(
    `No coefficients were found whose means the family "${name}" with the link "${link.name}" allows. ` +
      "Choose a link whose means are always valid, such as log or logit.",
  );
}
