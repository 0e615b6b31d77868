import type { Warning } from "../../../errors.ts";
import { factorCholesky, multiply, multiplyTransposed, sandwich, selectColumns, solveCholesky } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import type { GlmProblem } from "../glm-fit.ts";

/** A direction in which the likelihood rises without end. */
export interface Separation {
  /** Positions of columns that suffice to tell the outcomes of the separated rows apart. */
  readonly columns: readonly number[];
  /** Rows whose outcome can be told without error. */
  readonly numRows: number;
}

/** Linear predictors beyond this, at rows whose outcome they cannot overshoot, are worth a closer look: a mean within 1e-6 of its end. */
const SUSPICIOUS = 14;
/** Weight of rows that must not move against rows that may move one way only; its square root must leave digits to the latter. */
const FIXED = 1e6;
/** A row is separated when the direction moves it by more than this share of the row that it moves most. */
const MOVES = 1e-3;
const MOST_PROJECTIONS = 500;
/** Multiplications that the search for the columns may take; beyond, all that take part are named. */
const MOST_WORK = 5e9;

/**
 * Looks for separation where some fitted means have run to the end of their range, by the iterative rectifier: linear predictors that
 * move only rows at the end of the range of outcomes, and only towards that end, are sought by regressing and cutting in turn.
 *
 * @param linearPredictor - of the fit, one a row
 * @param aliased - columns without a coefficient
 * @see Correia, Guimarães and Zylkin (2019), Verifying the existence of maximum likelihood estimates for generalized linear models, arXiv:1903.01633
 */
export function findSeparation(problem: GlmProblem, linearPredictor: Float64Array, aliased: Uint8Array): Separation | null {
  if (!isSuspicious(linearPredictor)) return null;
  const directions = directionsOf(problem);
  if (directions === null) return null;
  if (!directions.some((direction, row) => hasRunAway(direction, linearPredictor[row]))) return null;
  const weights = directions.map((direction, row) => (problem.weights[row] > 0 ? (direction === 0 ? FIXED : 1) : 0));
  const kept = [...aliased.keys()].filter((column) => !aliased[column]);
  const whole = rectify(selectColumns(problem.matrix, kept), directions, weights);
  if (whole === null) return null;
  const columns = fewestColumns(problem.matrix, kept, directions, weights);
  // Fewer columns may tell fewer rows apart: the number is that of the columns that are named.
  const named = columns.length < kept.length ? rectify(selectColumns(problem.matrix, columns), directions, weights) : null;
  return { columns, numRows: (named ?? whole).numRows };
}

/** How many rows have run to the end of their range, where no more can be told without all rows at hand. */
export function countRunaways(problem: GlmProblem, linearPredictor: Float64Array): number {
  const directions = directionsOf(problem);
  if (directions === null) return 0;
  return directions.reduce(
    (count, direction, row) => count + (problem.weights[row] > 0 && hasRunAway(direction, linearPredictor[row]) ? 1 : 0),
    0,
  );
}

function hasRunAway(direction: number, linearPredictor: number): boolean {
  return direction !== 0 && direction * linearPredictor > SUSPICIOUS;
}

function isSuspicious(linearPredictor: Float64Array): boolean {
  for (let row = 0; row < linearPredictor.length; row++) if (Math.abs(linearPredictor[row]) > SUSPICIOUS) return true;
  return false;
}

/** Which way each row's linear predictor may go for ever: 1, −1, or 0 for neither; null where the family has no end to run to. */
function directionsOf({ family, response }: GlmProblem): Float64Array | null {
  if (family.name === "binomial" || family.name === "quasibinomial") {
    return response.map((value) => (value === 1 ? 1 : value === 0 ? -1 : 0));
  }
  const hasZeros = ["poisson", "quasipoisson", "negativeBinomial", "tweedie"].includes(family.name);
  return hasZeros && family.link.name === "log" ? response.map((value) => (value === 0 ? -1 : 0)) : null;
}

/** A separating direction, found by alternating projections; null where they shrink to nothing. */
function rectify(matrix: BlockMatrix, directions: Float64Array, weights: Float64Array): { readonly numRows: number } | null {
  const factor = factorCholesky(sandwich(matrix, weights), matrix.numColumns, { tolerance: 1e-13 });
  let target = directions.slice();
  for (let projection = 0; projection < MOST_PROJECTIONS; projection++) {
    const solved = solveCholesky(
      factor,
      multiplyTransposed(
        matrix,
        target.map((value, row) => value * weights[row]),
      ),
    );
    const fitted = multiply(matrix, solved);
    const moves = fitted.map((value, row) => value * directions[row]);
    const largest = moves.reduce((most, move, row) => (weights[row] > 0 ? Math.max(most, move) : most), 0);
    const against = moves.reduce((least, move, row) => (weights[row] > 0 ? Math.min(least, move) : least), 0);
    const stray = fitted.reduce(
      (most, value, row) => (directions[row] === 0 && weights[row] > 0 ? Math.max(most, Math.abs(value)) : most),
      0,
    );
    // Regressing the outcomes' ends on nothing that helps leaves a rest that fades; a real direction keeps its length.
    if (largest < 1e-6) return null;
    if (against > -MOVES * largest * 1e-2 && stray < MOVES * largest * 1e-2) {
      return { numRows: moves.reduce((count, move, row) => count + (weights[row] > 0 && move > MOVES * largest ? 1 : 0), 0) };
    }
    target = fitted.map((value, row) => (value * directions[row] > 0 ? value : 0));
  }
  return null;
}

/** Drops columns from last to first as long as the others separate. */
function fewestColumns(matrix: BlockMatrix, kept: readonly number[], directions: Float64Array, weights: Float64Array): number[] {
  let columns = [...kept];
  if (matrix.numRows * kept.length ** 3 > MOST_WORK) return columns;
  for (const column of kept.toReversed()) {
    const fewer = columns.filter((other) => other !== column);
    if (fewer.length > 0 && rectify(selectColumns(matrix, fewer), directions, weights) !== null) columns = fewer;
  }
  return columns;
}

/** The separation as a warning that names the columns. */
export function separationWarning({ columns, numRows }: Separation, names: readonly string[]): Warning {
  const subjects = columns.map((column) => names[column]);
  const message =
    `The outcomes of at least ${numRows} row${numRows === 1 ? "" : "s"} can be told without error from ${subjects.join(", ")}: ` +
    "maximum likelihood has no finite estimate, and these coefficients and their errors mean nothing. " +
    'Use biasReduction: "firth" or a penalty, join rare levels, or leave the columns out.';
  return { name: "separation", message, subjects };
}
