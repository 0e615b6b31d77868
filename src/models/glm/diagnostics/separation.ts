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
/** A linear predictor below this share of the largest may have its sign by rounding. */
const TELLING = 1e-9;
const MOST_PROJECTIONS = 500;
/** Multiplications that the search for the columns may take; beyond, all that take part are named. */
const MOST_WORK = 5e9;

/**
 * Looks for separation where some fitted means have run to the end of their range, by the iterative rectifier: linear predictors that
 * move only rows at the end of the range of outcomes, and only towards that end, are sought by regressing and cutting in turn.
 *
 * @param linearPredictor - of the fit, one a row
 * @param aliased - columns without a coefficient
 * @param coefficients - of the fit, which may have run in such a direction already: where projections take long they tell at once
 * @param groups - columns that are kept or left out together, such as those of a term; each alone unless given
 * @see Correia, Guimarães and Zylkin (2019), Verifying the existence of maximum likelihood estimates for generalized linear models, arXiv:1903.01633
 */
export function findSeparation(
  problem: GlmProblem,
  linearPredictor: Float64Array,
  aliased: Uint8Array,
  coefficients: Float64Array | null = null,
  groups: readonly (readonly number[])[] = Array.from(aliased, (_, column) => [column]),
): Separation | null {
  if (!isSuspicious(linearPredictor)) return null;
  const directions = directionsOf(problem);
  if (directions === null) return null;
  if (!directions.some((direction, row) => hasRunAway(direction, linearPredictor[row]))) return null;
  const weights = directions.map((direction, row) => (problem.weights[row] > 0 ? (direction === 0 ? FIXED : 1) : 0));
  const kept = [...aliased.keys()].filter((column) => !aliased[column]);
  const separateBy = (columns: readonly number[]): { readonly numRows: number } | null => {
    const part = selectColumns(problem.matrix, columns);
    return (
      (coefficients &&
        tellApart(
          part,
          Float64Array.from(columns, (column) => coefficients[column]),
          directions,
          weights,
        )) ??
      rectify(part, directions, weights)
    );
  };
  const whole = separateBy(kept);
  if (whole === null) return null;
  const parts = groups.map((group) => group.filter((column) => !aliased[column])).filter((group) => group.length > 0);
  const columns = fewestColumns(problem.matrix.numRows, parts, separateBy);
  // Fewer columns may tell fewer rows apart: the number is that of the columns that are named.
  const named = columns.length < kept.length ? separateBy(columns) : null;
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

/** Whether coefficients tell the outcomes of all rows apart as they are. */
function tellApart(
  matrix: BlockMatrix,
  coefficients: Float64Array,
  directions: Float64Array,
  weights: Float64Array,
): { readonly numRows: number } | null {
  const fitted = multiply(matrix, coefficients);
  let [numRows, least, most] = [0, Infinity, 0];
  for (let row = 0; row < fitted.length; row++) {
    if (weights[row] === 0) continue;
    const move = fitted[row] * directions[row];
    numRows++;
    least = Math.min(least, move);
    most = Math.max(most, move);
  }
  return least > TELLING * most ? { numRows } : null;
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

/** Drops groups of columns from last to first as long as the others separate. */
function fewestColumns(
  numRows: number,
  groups: readonly (readonly number[])[],
  separateBy: (columns: readonly number[]) => unknown,
): number[] {
  let columns = groups.flat().sort((a, b) => a - b);
  if (numRows * columns.length ** 2 * groups.length > MOST_WORK) return columns;
  for (const group of groups.toReversed()) {
    const fewer = columns.filter((column) => !group.includes(column));
    if (fewer.length > 0 && separateBy(fewer) !== null) columns = fewer;
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
