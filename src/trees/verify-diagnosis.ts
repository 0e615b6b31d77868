import { addLeaves } from "./add-leaves.ts";
import type { EncodedRows, ModelFeature } from "./encoded-rows.ts";
import type { PredictionScale } from "./ensemble-parts.ts";
import { invertLink } from "./inverse-link.ts";
import { countTrees, type TreeNodes } from "./nodes.ts";
import type { OutputLink } from "./output-link.ts";

/** A model whose predictions are not what was expected. */
export interface Mismatch {
  readonly nodes: TreeNodes;
  readonly link: OutputLink;
  readonly features: readonly ModelFeature[];
  readonly numOutputs: number;
  readonly rows: EncodedRows;
  /** Rows × outputs, on `scale`. */
  readonly expected: ArrayLike<number>;
  readonly scale: PredictionScale;
  readonly tolerance: number;
  /** What the model predicts for rows. */
  readonly predict: (rows: EncodedRows, scale: PredictionScale) => Float64Array;
}

/** Rows that are looked at: a cause that mends so many mends all. */
const MOST_ROWS = 200;
/** Rows below which a shift or a factor would explain anything. */
const LEAST_ROWS = 3;
/** Features whose pairs are tried: 1,225 pairs. */
const MOST_FEATURES = 50;
/** Numbers that stand for missing values in other software. */
const MISSING_CODES = [0, -1, -9, -99, -999, -9999];
/** What mended predictions may be off: float32 sums in another order. */
const MENDED = 1e-5;
/** Largest difference that printing few digits makes. */
const PRINTED = 1e-3;

/**
 * Why a model's predictions differ from those that were expected: tries what usually is wrong, and names the one that makes every row agree.
 * @returns a sentence; null where nothing that was tried mends all rows
 */
export function diagnoseMismatch(whole: Mismatch): string | null {
  const mismatch = firstRows(whole);
  return (
    tryScale(mismatch) ??
    tryClasses(mismatch) ??
    tryRows(mismatch) ??
    tryFewerTrees(mismatch) ??
    tryShift(mismatch) ??
    tryMissing(mismatch) ??
    tryColumns(mismatch) ??
    tryDigits(mismatch)
  );
}

function firstRows(mismatch: Mismatch): Mismatch {
  const { rows, expected, numOutputs } = mismatch;
  const numRows = Math.min(rows.numRows, MOST_ROWS);
  const taken = { ...rows, numRows, values: rows.values.subarray(0, numRows * rows.numColumns) };
  return { ...mismatch, rows: taken, expected: Array.prototype.slice.call(expected, 0, numRows * numOutputs) as number[] };
}

/** Largest difference, relative to expected values beyond ±1. */
function largestMiss(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const miss = Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
    if (!(miss <= most)) most = Number.isNaN(miss) ? Infinity : miss;
  }
  return most;
}

function agrees({ expected, tolerance }: Mismatch, found: ArrayLike<number>): boolean {
  return largestMiss(found, expected) <= Math.max(tolerance, MENDED);
}

function tryScale(mismatch: Mismatch): string | null {
  const other = mismatch.scale === "raw" ? "response" : "raw";
  if (!agrees(mismatch, mismatch.predict(mismatch.rows, other))) return null;
  return `The expected values are on the ${other} scale: pass { scale: "${other}" }.`;
}

function tryClasses(mismatch: Mismatch): string | null {
  const { expected, link, numOutputs, rows, scale } = mismatch;
  if (numOutputs > 1 || link.name !== "logistic" || scale === "raw") return null;
  const found = mismatch.predict(rows, "response");
  if (!found.every((probability, i) => expected[i] === (probability > 0.5 ? 1 : 0))) return null;
  return "The expected values are predicted classes: give probabilities.";
}

function tryRows(mismatch: Mismatch): string | null {
  const { expected, numOutputs, rows, scale } = mismatch;
  if (numOutputs > 1) return null;
  const sorted = mismatch.predict(rows, scale).sort();
  if (sorted[0] === sorted[sorted.length - 1] || largestMiss(sorted, Float64Array.from(expected).sort()) > mismatch.tolerance) return null;
  return "The same predictions were expected in another order: the rows are not in the order of the expected values.";
}

/** Sums of the first trees alone: what a library predicts at its best round. */
function tryFewerTrees(mismatch: Mismatch): string | null {
  const { nodes, link, numOutputs, rows, scale, predict } = mismatch;
  const numTrees = countTrees(nodes);
  if (link.divisor !== 1 || nodes.linearLeaves) return null;
  const start = predict(rows, "raw");
  const perTree = (tree: number): Float64Array => {
    const one = { ...nodes, treeStart: nodes.treeStart.subarray(tree, tree + 2), treeOutput: nodes.treeOutput.subarray(tree, tree + 1) };
    return addLeaves(one, nodes.leafValues, rows, new Float64Array(start.length));
  };
  let sums = start;
  for (let tree = numTrees - 1; tree > 0; tree--) {
    const leaves = perTree(tree);
    sums = sums.map((sum, cell) => sum - leaves[cell]);
    if (!agrees(mismatch, scale === "raw" ? sums : link.apply(sums, numOutputs))) continue;
    return `The expected values are those of the first ${tree} of ${numTrees} trees: the library stopped at its best round.`;
  }
  return null;
}

/** A number that every row lacks on the raw scale, or a factor. */
function tryShift(mismatch: Mismatch): string | null {
  const { link, numOutputs, rows, expected, scale } = mismatch;
  if (rows.numRows < LEAST_ROWS) return null;
  const raw = mismatch.predict(rows, "raw");
  const wanted = scale === "raw" ? Float64Array.from(expected) : invertLink(link, expected);
  if (wanted === null) return null;
  const isRelative = link.name === "softmax" && scale === "response";
  const relative = (all: Float64Array): Float64Array => (isRelative ? all.map((x, cell) => x - all[cell - (cell % numOutputs)]) : all);
  const [from, to] = [relative(raw), relative(wanted)];
  if (raw.every((sum, cell) => sum === raw[cell % numOutputs])) return null;
  const perOutput = (pick: (cell: number) => number): number[] =>
    Array.from({ length: numOutputs }, (_, output) =>
      median(Array.from({ length: rows.numRows }, (__, row) => pick(row * numOutputs + output))),
    );
  const answers = (sums: Float64Array): boolean => agrees(mismatch, scale === "raw" ? sums : link.apply(sums, numOutputs));
  const shifts = perOutput((cell) => to[cell] - from[cell]);
  if (answers(raw.map((sum, cell) => sum + shifts[cell % numOutputs]))) {
    const listed = shifts.map((shift) => shift.toPrecision(6)).join(", ");
    return `All rows lack the same ${listed} on the raw scale: the base score, or an offset that the library was given, is not in the file.`;
  }
  const factors = perOutput((cell) => to[cell] / from[cell]);
  if (!factors.every((factor) => Math.abs(factor / factors[0] - 1) < PRINTED)) return null;
  if (!answers(raw.map((sum) => sum * factors[0]))) return null;
  return `All rows differ by the factor ${factors[0].toPrecision(6)} on the raw scale: one side averages what the other sums.`;
}

/** Another idea of which cells are missing. */
function tryMissing(mismatch: Mismatch): string | null {
  const { rows, features, scale } = mismatch;
  const isNumeric = (cell: number): boolean => features[cell % rows.numColumns].kind === "numeric";
  for (const code of MISSING_CODES) {
    const taken = rows.values.map((x, cell) => (x === code && isNumeric(cell) ? NaN : x));
    if (agrees(mismatch, mismatch.predict({ ...rows, values: taken }, scale)))
      return `All rows agree where ${code} is taken as missing: it was to the library.`;
    const filled = rows.values.map((x, cell) => (Number.isNaN(x) && isNumeric(cell) ? code : x));
    if (agrees(mismatch, mismatch.predict({ ...rows, values: filled }, scale)))
      return `All rows agree with ${code} in place of missing values: the library saw a number there.`;
  }
  return null;
}

/** Two columns in each other's place. */
function tryColumns(mismatch: Mismatch): string | null {
  const { rows, features, scale, expected, numOutputs } = mismatch;
  const tested = [...new Set(mismatch.nodes.feature)].filter((feature) => feature >= 0 && features[feature].kind === "numeric");
  if (tested.length > MOST_FEATURES || rows.numRows < LEAST_ROWS) return null;
  const numeric = features.flatMap(({ kind }, j) => (kind === "numeric" ? [j] : [])).slice(0, MOST_FEATURES);
  const few = { ...rows, numRows: LEAST_ROWS, values: rows.values.subarray(0, LEAST_ROWS * rows.numColumns) };
  const fewExpected = { ...mismatch, expected: Array.prototype.slice.call(expected, 0, LEAST_ROWS * numOutputs) as number[] };
  for (const i of tested) {
    for (const j of numeric) {
      if (i === j || (j < i && tested.includes(j))) continue;
      if (!agrees(fewExpected, mismatch.predict(swapColumns(few, i, j), scale))) continue;
      if (!agrees(mismatch, mismatch.predict(swapColumns(rows, i, j), scale))) continue;
      return `Columns ${JSON.stringify(features[i].name)} and ${JSON.stringify(features[j].name)} stand in each other's place.`;
    }
  }
  return null;
}

function swapColumns(rows: EncodedRows, i: number, j: number): EncodedRows {
  const values = rows.values.slice();
  for (let start = 0; start < values.length; start += rows.numColumns) {
    [values[start + i], values[start + j]] = [rows.values[start + j], rows.values[start + i]];
  }
  return { ...rows, values };
}

function tryDigits(mismatch: Mismatch): string | null {
  const miss = largestMiss(mismatch.predict(mismatch.rows, mismatch.scale), mismatch.expected);
  if (miss > PRINTED) return null;
  return `No row is off by more than ${miss.toPrecision(1)}: the expected values may have been written with few digits, or the model in float32.`;
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
