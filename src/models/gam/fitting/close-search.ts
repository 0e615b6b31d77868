import { dot } from "../../../numeric/index.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import type { OuterResult } from "./outer-search.ts";
import { warnOfLimits } from "./estimated-parameters.ts";
import type { Evaluation } from "./evaluation.ts";
import { PenalizedCurvature } from "./penalized-curvature.ts";
import type { PenaltySystem } from "./penalty-system.ts";
import { describeSearch, findIdle, findSteep } from "./search-warnings.ts";
import type { Rows, Visit } from "./rows.ts";
import type { EstimatedParameter, SmoothingFit, SmoothingSettings } from "./smoothing-fit.ts";

/** Residuals below this share of the linear predictor, squared, are its rounding. */
const EXACT = 1e-20;

/** Goes to the place that a search ended at, and reads what is asked of a fit in the coordinates of the design. */
export function* closeSearch(
  rows: Rows,
  { evaluation, iterations, converged }: OuterResult,
  settings: SmoothingSettings,
  estimates: readonly EstimatedParameter[],
): PassSteps<SmoothingFit> {
  const { system } = rows;
  const { coordinates, numParameters } = system;
  const { place, dispersion, criterion, gradient, hessian } = evaluation;
  const { frame, coefficients, rest, curvature } = place;
  const turn = (v: Float64Array): Float64Array => (frame.rotation ? frame.rotation.multiply(v) : v);
  const working = turn(coefficients.map((estimate, j) => estimate + rest[j]));
  const { family } = place.visit;
  const last = yield* (family === rows.family ? rows : rows.withFamily(family, false)).visit(working, false);
  const invert = ({ inverse }: PenalizedCurvature): Float64Array => {
    return coordinates.expand(frame.rotation ? frame.rotation.expand(inverse) : inverse);
  };
  const smoothings = frame.terms.map(({ smoothing }) => smoothing);
  const idle = findIdle(system, evaluation);
  const { maxIterations } = settings;
  const ending = {
    converged: converged && place.settled,
    iterations,
    maxIterations,
    isExact: isExact(last, working),
    steep: findSteep(system, evaluation),
  };
  let at = 0;
  return {
    coefficients: coordinates.multiply(working),
    family,
    estimatedParameters: estimates,
    aliased: Uint8Array.from(system.places, (place_) => (place_ === -1 ? 1 : 0)),
    rank: system.width,
    smoothing: system.blocks.map(({ penalties }) => penalties.map(() => smoothings[at++])),
    parameters: evaluation.outer.slice(0, numParameters).map(Math.exp),
    dispersion,
    method: settings.method,
    criterion,
    gradient,
    outerHessian: hessian,
    directions: tabulateDirections(system, evaluation, turn),
    deviance: last.deviance,
    pearson: last.pearson,
    fisherGram: coordinates.expand(last.gram),
    fisherInverse: invert(new PenalizedCurvature(last.gram, frame)),
    newtonInverse: invert(curvature),
    innerIterations: rows.steps,
    outerIterations: iterations,
    converged: ending.converged,
    binding: system.blocks.map(() => []),
    parametersAtInfinity: idle.atInfinity,
    warnings: [...describeSearch(system, { ...idle, ...ending }), ...warnOfLimits(estimates)],
  };
}

/** How the coefficients answer to log λ of each parameter, then to the family's own parameters; p × parameters, in the coordinates of the design. */
function tabulateDirections(
  { size, coordinates, numParameters }: PenaltySystem,
  { place, directions, ownDirections }: Evaluation,
  turn: (v: Float64Array) => Float64Array,
): Float64Array {
  const ofParameters = Array.from({ length: numParameters }, () => new Float64Array(size));
  place.frame.terms.forEach(({ parameter }, k) => {
    if (parameter < 0) return;
    coordinates.multiply(turn(directions[k])).forEach((change, j) => (ofParameters[parameter][j] += change));
  });
  const columns = [...ofParameters, ...ownDirections.map((direction) => coordinates.multiply(turn(direction)))];
  const table = new Float64Array(size * columns.length);
  columns.forEach((changes, k) => changes.forEach((change, j) => (table[j * columns.length + k] = change)));
  return table;
}

/** Whether a response whose dispersion is sought leaves none. */
function isExact({ family, deviance, gram }: Visit, coefficients: Float64Array): boolean {
  const size = coefficients.length;
  const squares = coefficients.reduce((sum, value, i) => sum + value * dot(gram.subarray(i * size, (i + 1) * size), coefficients), 0);
  return !family.hasKnownDispersion && deviance <= EXACT * squares;
}
