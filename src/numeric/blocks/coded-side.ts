import type { CodedBlock } from "./block-matrix.ts";
import type { Panel, RowIndexes, RowValues } from "./panel.ts";

/** Columns that are a number of the row times a line of M, chosen by the row's code. */
export interface CodedSide {
  /** Positions in the whole matrix. */
  readonly columns: Int32Array;
  readonly indexes: RowIndexes;
  /** The number of the row: none is 1. */
  readonly factors: readonly RowValues[];
  /** M as a choice of unit vectors, as in `CodedBlock`; null where `matrix` is given. */
  readonly columnOfCode: Int32Array | null;
  /** M, numCodes × width; null where `columnOfCode` is given. */
  readonly matrix: Float64Array | null;
}

/** Places a block's codes and multiplier in the panel. */
export function placeSide(panel: Panel, block: CodedBlock): CodedSide {
  const { columns, codes, numCodes, multiplier, columnOfCode, matrix } = block;
  return {
    columns,
    indexes: { address: panel.place(codes), numCodes },
    factors: multiplier === null ? [] : [{ address: panel.place(multiplier) }],
    columnOfCode,
    matrix,
  };
}

/** Columns of ones as a side with the codes of another. */
export function onesSide(columns: Int32Array, indexes: RowIndexes): CodedSide {
  return { columns, indexes, factors: [], columnOfCode: null, matrix: new Float64Array(columns.length * indexes.numCodes).fill(1) };
}

/** Adds Σ numbers[from + c] × line c of M, over all codes c, to a line. */
export function addLines(
  { columns, indexes, columnOfCode, matrix }: CodedSide,
  numbers: Float64Array,
  from: number,
  line: Float64Array,
): void {
  const { numCodes } = indexes;
  const width = columns.length;
  if (matrix !== null) {
    for (let code = 0, at = 0; code < numCodes; code++) {
      const share = numbers[from + code];
      for (let k = 0; k < width; k++, at++) line[k] += share * matrix[at];
    }
  } else if (columnOfCode !== null) {
    for (let code = 0; code < numCodes; code++) if (columnOfCode[code] >= 0) line[columnOfCode[code]] += numbers[from + code];
  }
}

/** Adds the product of a line with line c of M to numbers[from + c], for each code c. */
export function addDots(
  { columns, indexes, columnOfCode, matrix }: CodedSide,
  line: Float64Array,
  numbers: Float64Array,
  from: number,
): void {
  const { numCodes } = indexes;
  const width = columns.length;
  if (matrix !== null) {
    for (let code = 0, at = 0; code < numCodes; code++) {
      let sum = 0;
      for (let k = 0; k < width; k++, at++) sum += matrix[at] * line[k];
      numbers[from + code] += sum;
    }
  } else if (columnOfCode !== null) {
    for (let code = 0; code < numCodes; code++) if (columnOfCode[code] >= 0) numbers[from + code] += line[columnOfCode[code]];
  }
}

/** Adds share × line `code` of M to a line. */
export function addLine({ columns, columnOfCode, matrix }: CodedSide, code: number, share: number, line: Float64Array): void {
  if (matrix !== null) {
    for (let k = 0, from = code * columns.length; k < columns.length; k++) line[k] += share * matrix[from + k];
  } else if (columnOfCode !== null && columnOfCode[code] >= 0) line[columnOfCode[code]] += share;
}

/** The product of line `code` of M and a line. */
export function dotLine({ columns, columnOfCode, matrix }: CodedSide, code: number, line: Float64Array): number {
  if (matrix === null) return columnOfCode !== null && columnOfCode[code] >= 0 ? line[columnOfCode[code]] : 0;
  let sum = 0;
  for (let k = 0, from = code * columns.length; k < columns.length; k++) sum += matrix[from + k] * line[k];
  return sum;
}
