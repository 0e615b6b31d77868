import { ConvergenceError } from "../../../errors.ts";
import { solveQuadraticProgram, symmetricEigen } from "../../../numeric/index.ts";
import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import { openSearch, type OpeningOptions } from "./open-search.ts";
import { ownParameters } from "./own-parameters.ts";
import { PenalizedCurvature } from "./penalized-curvature.ts";
import type { PenaltyBlock, ShapeRows } from "./penalty-block.ts";
import { addPenalties, applyTerm, frameAt, type PenaltyFrame } from "./penalty-frame.ts";
import type { Rows, Visit } from "./rows.ts";
import { penalizedDeviance } from "./settle.ts";
import type { SmoothingFit, SmoothingSettings } from "./smoothing-fit.ts";

/** Fits without regard to shapes, in the subspaces that are given. */
type FitFree = (
  size: number,
  family: Family,
  blocks: readonly PenaltyBlock[],
  settings: SmoothingSettings,
  options: OpeningOptions,
) => PassSteps<SmoothingFit>;

const MOST_ROUNDS = 30;
const MOST_STEPS = 100;
const MOST_HALVINGS = 30;
/** What a step may still gain, as a share of the dispersion. */
const SETTLED = 1e-12;
/** The penalized deviance may rise by this share: rounding. */
const SLACK = 1e-10;
/** Eigenvalues of the binding rows below this share of the largest are 0. */
const ZERO = 1e-10;

/**
 * Fits smooths whose coefficients must satisfy linear inequalities. Coefficients minimize the penalized deviance under all inequalities, by quadratic
 * programs; smoothing parameters are those of the model in which the inequalities that bind are equations, on the subspace that these leave free. The
 * two alternate until the same inequalities bind, and then agree.
 *
 * @see Pya and Wood (2015), doi:10.1007/s11222-013-9448-7, for the aim; Goldfarb and Idnani (1983), doi:10.1007/BF02591962, for the programs
 */
export function* fitShaped(
  size: number,
  family: Family,
  blocks: readonly PenaltyBlock[],
  settings: SmoothingSettings,
  fitFree: FitFree,
): PassSteps<SmoothingFit> {
  const own = ownParameters(family, settings.startParameters ?? null);
  const first = own.chosen.length > 0 ? own.familyAt(own.start) : family;
  const opening = yield* openSearch(size, first, blocks, settings);
  const rows = opening.rows;
  const inequalities = placeInequalities(rows, blocks);
  let shaped = yield* settleWithin(rows, frameAt(rows.system, opening.smoothing), opening.place.visit, inequalities, settings);
  let smoothing = opening.smoothing;
  let startParameters = settings.startParameters ?? null;
  const seen = new Set<string>();
  for (;;) {
    const { binding } = shaped;
    const key = JSON.stringify(binding);
    const isLast = seen.has(key) || seen.size === MOST_ROUNDS;
    const subspaces = blocks.map((block, b) => freeSubspace(block, binding[b]));
    const start = rows.system.coordinates.multiply(shaped.visit.coefficients as Float64Array);
    const round = { ...settings, start, startSmoothing: [...smoothing], startParameters, ...(isLast ? { maxIterations: 0 } : {}) };
    const fit: SmoothingFit = yield* fitFree(size, family, blocks, round, { subspaces, known: rows });
    if (isLast) return unsettled(fit, binding, blocks);
    smoothing = fit.parameters;
    startParameters = fit.family.parameters.map(({ value }) => value as number);
    const here: Rows = fit.family === rows.family ? rows : rows.withFamily(fit.family, false);
    const visit: Visit = yield* here.visit(rows.system.coordinates.multiplyTransposed(fit.coefficients), false);
    shaped = yield* settleWithin(here, frameAt(rows.system, smoothing), visit, inequalities, settings);
    if (JSON.stringify(shaped.binding) === key) return { ...fit, binding };
    seen.add(key);
  }
}

/** All inequalities over all working coordinates: matrix × coefficients ≥ 0. */
interface Inequalities {
  /** m × width, row-major. */
  readonly matrix: Float64Array;
  /** For each of the m rows its block and its row there. */
  readonly places: readonly (readonly [block: number, row: number])[];
  readonly numBlocks: number;
}

function placeInequalities({ system }: Rows, blocks: readonly PenaltyBlock[]): Inequalities {
  const places: [number, number][] = [];
  const rows: Float64Array[] = [];
  blocks.forEach(({ shape, size }, b) => {
    const { start, width, basis } = system.blocks[b];
    const numRows = shape ? shape.matrix.length / size : 0;
    for (let r = 0; r < numRows; r++) {
      const row = new Float64Array(system.width);
      for (let i = 0; i < size; i++) {
        const value = (shape as ShapeRows).matrix[r * size + i];
        for (let j = 0; j < width; j++) row[start + j] += value * (basis ? basis[i * width + j] : Number(i === j));
      }
      rows.push(row);
      places.push([b, r]);
    }
  });
  const matrix = new Float64Array(rows.length * system.width);
  rows.forEach((row, r) => matrix.set(row, r * system.width));
  return { matrix, places, numBlocks: blocks.length };
}

/** Coefficients under all inequalities, and which of these bind in each block. */
interface Shaped {
  readonly visit: Visit;
  readonly binding: readonly (readonly number[])[];
}

/** Newton's method with the expected information, each step a quadratic program. */
function* settleWithin(
  rows: Rows,
  frame: PenaltyFrame,
  from: Visit,
  { matrix, places, numBlocks }: Inequalities,
  { dispersion, numObservations }: SmoothingSettings,
): PassSteps<Shaped> {
  let visit = from.observed ? yield* rows.visit(from.coefficients, false) : from;
  const { width } = frame;
  const numRows = places.length;
  for (let steps = 0; ; steps++) {
    const origin = visit.coefficients ?? new Float64Array(width);
    const { hessian, force } = modelAt(frame, visit, origin);
    const bounds = new Float64Array(numRows);
    for (let r = 0; r < numRows; r++) for (let j = 0; j < width; j++) bounds[r] -= matrix[r * width + j] * origin[j];
    const found = solveQuadraticProgram({ hessian, linear: force, constraints: matrix, bounds });
    if (found.status !== "solved") {
      throw new ConvergenceError("The shapes cannot be held: the columns of the design are too nearly dependent. Leave some terms out.");
    }
    const binding = Array.from({ length: numBlocks }, (_, b) => found.active.map((r) => places[r]).filter(([block]) => block === b));
    const gain = gainOf(hessian, force, found.x);
    const scale = dispersion ?? (rows.family.hasKnownDispersion ? 1 : visit.deviance / numObservations);
    const isSettled = Math.abs(gain) <= SETTLED * scale || steps === MOST_STEPS;
    const next = yield* advanceWithin(rows, frame, visit, found.x, steps === 0);
    if (isSettled || next === visit) return { visit: next, binding: binding.map((own) => own.map(([, row]) => row)) };
    visit = next;
  }
}

/** The penalized deviance around a place: half its second derivatives, and minus half its slope. */
function modelAt(
  frame: PenaltyFrame,
  visit: Visit,
  origin: Float64Array,
): { readonly hessian: Float64Array; readonly force: Float64Array } {
  const turned = frame.rotation ? frame.rotation.multiplyTransposed(origin) : origin;
  const pull = new Float64Array(frame.width);
  for (const term of frame.terms) applyTerm(term, turned).forEach((value, j) => (pull[j] += value));
  const back = frame.rotation ? frame.rotation.multiply(pull) : pull;
  const { gram } = new PenalizedCurvature(visit.gram, frame);
  const whole = addPenalties(gram.slice(), frame);
  return {
    hessian: frame.rotation ? frame.rotation.expand(whole) : whole,
    force: visit.score.map((value, j) => value - back[j]),
  };
}

/** By how much a step lowers the quadratic model. */
function gainOf(hessian: Float64Array, force: Float64Array, step: Float64Array): number {
  const width = step.length;
  return step.reduce((sum, move, i) => {
    let bend = 0;
    for (let j = 0; j < width; j++) bend += hessian[i * width + j] * step[j];
    return sum + move * (2 * force[i] - bend);
  }, 0);
}

/** As far along the step as the penalized deviance falls; the first step may lead out of what inequalities forbid, and up. */
function* advanceWithin(rows: Rows, frame: PenaltyFrame, visit: Visit, step: Float64Array, isFirst: boolean): PassSteps<Visit> {
  const origin = visit.coefficients ?? new Float64Array(frame.width);
  const now = penalizedDeviance(frame, visit);
  const bound = isFirst ? Infinity : now + SLACK * (Math.abs(now) + 0.1);
  for (let halving = 0, share = 1; halving <= MOST_HALVINGS; halving++, share /= 2) {
    const next = yield* rows.visit(
      origin.map((value, j) => value + share * step[j]),
      false,
    );
    if (Number.isFinite(next.deviance) && penalizedDeviance(frame, next) <= bound) return next;
  }
  return visit;
}

/** Orthonormal columns of what the binding rows leave free; null where none bind. */
function freeSubspace({ shape, size }: PenaltyBlock, binding: readonly number[]): Float64Array | null {
  if (!shape || binding.length === 0) return null;
  const square = new Float64Array(size * size);
  for (const r of binding) {
    const row = shape.matrix.subarray(r * size, (r + 1) * size);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) square[i * size + j] += row[i] * row[j];
  }
  const { values, vectors } = symmetricEigen(square, size);
  const rank = values.filter((value) => value > ZERO * values[0]).length;
  const free = size - rank;
  return Float64Array.from({ length: size * free }, (_, cell) => vectors[Math.floor(cell / free) * size + rank + (cell % free)]);
}

function unsettled(fit: SmoothingFit, binding: SmoothingFit["binding"], blocks: readonly PenaltyBlock[]): SmoothingFit {
  const subjects = blocks.filter(({ shape }) => shape).map(({ label }) => label);
  const message =
    "Which of a shape's inequalities bind depends on the smoothing parameters, and these on them: the two did not agree. The shape holds; its smoothness is one of several that would do.";
  return { ...fit, binding, converged: false, warnings: [...fit.warnings, { name: "shapeUnsettled", message, subjects }] };
}
