import { ConvergenceError } from "../../../errors.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import type { GlmProblem } from "../glm-fit.ts";
import { fitProblem } from "./fit-problem.ts";
import type { FitChoices } from "./fit-problem.ts";
import type { FittedProblem } from "./irls.ts";

/** Of fewer rows a pass costs less than a sample is worth. */
const FEWEST_ROWS = 200_000;
/** Rows of a sample for each column, at least. */
const ROWS_PER_COLUMN = 100;
/** The sample: pieces of so many rows, one in twenty, so that rows in any order are met from all over. */
const PIECE = 256;
const ONE_IN = 20;
/** Links on whose scale a difference of 1 is much, whatever the data. */
const LINKS: ReadonlySet<string> = new Set(["log", "logit", "probit", "cloglog"]);
/** Standard error of any column's part in a linear predictor beyond which a sample is not to be trusted: it may be separated. */
const SURE = 0.5;

/**
 * Coefficients near the estimates, found on a twentieth of the rows: Newton's method then needs three passes over all rows fewer, and ends at
 * the same estimates. Null where the rows are few, where there is no telling that the sample is like the whole, or where another start is asked
 * for or would be wrong.
 */
export function startFromSample(problem: GlmProblem, { start, constraints, firth }: FitChoices): Float64Array | null {
  const { matrix, family } = problem;
  const { numRows, numColumns, blocks } = matrix;
  if (start || constraints || firth || !LINKS.has(family.link.name)) return start ?? null;
  if (numRows < FEWEST_ROWS || numRows < ONE_IN * ROWS_PER_COLUMN * numColumns) return null;
  // Rare levels and entries need all rows.
  if (!blocks.every(({ kind }) => kind === "dense")) return null;
  const sample = sampleProblem(problem);
  try {
    const fitted = fitProblem(sample, { tolerance: 1e-6, maxIterations: 8 });
    return isSure(sample, fitted) ? fitted.coefficients : null;
  } catch (error) {
    if (error instanceof ConvergenceError) return null;
    throw error;
  }
}

function sampleProblem(problem: GlmProblem): GlmProblem {
  const { matrix, response, weights, frequencies, offset } = problem;
  const numRows = Math.floor(matrix.numRows / (PIECE * ONE_IN)) * PIECE;
  const pick = (values: Float64Array): Float64Array => {
    const picked = new Float64Array(numRows);
    for (let at = 0; at < numRows; at += PIECE) picked.set(values.subarray(at * ONE_IN, at * ONE_IN + PIECE), at);
    return picked;
  };
  const blocks = matrix.blocks.map((block) =>
    block.kind === "dense" ? { ...block, values: block.values.map((column) => column && pick(column)) } : block,
  );
  return {
    ...problem,
    matrix: { ...matrix, numRows, blocks },
    response: pick(response),
    weights: pick(weights),
    frequencies: frequencies && pick(frequencies),
    offset: offset && pick(offset),
  };
}

function isSure({ matrix, family }: GlmProblem, { converged, warnings, rank, inverse, pearson }: FittedProblem): boolean {
  const { numColumns, numRows } = matrix;
  if (!converged || warnings.length > 0 || rank < numColumns) return false;
  const dispersion = family.hasKnownDispersion ? 1 : pearson / (numRows - rank);
  const largest = largestNumbers(matrix);
  return largest.every((number, j) => number * number * inverse[j * numColumns + j] * dispersion < SURE * SURE);
}

/** Largest absolute number of each column. */
function largestNumbers({ blocks, numColumns }: BlockMatrix): Float64Array {
  const largest = new Float64Array(numColumns);
  for (const block of blocks) {
    if (block.kind !== "dense") continue;
    for (const [k, values] of block.values.entries()) {
      let most = values ? 0 : 1;
      if (values) for (let row = 0; row < values.length; row++) most = Math.max(most, Math.abs(values[row]));
      largest[block.columns[k]] = most;
    }
  }
  return largest;
}
