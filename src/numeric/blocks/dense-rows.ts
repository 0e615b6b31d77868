import type { BlockMatrix, CodedBlock, DenseBlock, SparseBlock } from "./block-matrix.ts";

/**
 * Writes rows of a block matrix out in full.
 *
 * @param start - the first row
 * @param end - one past the last row
 * @param out - where to write; at least (end − start) × numColumns numbers
 * @returns (end − start) × numColumns, row-major: `out`, or a new array
 */
export function denseRows(
  matrix: BlockMatrix,
  start = 0,
  end: number = matrix.numRows,
  out: Float64Array = new Float64Array((end - start) * matrix.numColumns),
): Float64Array {
  out.fill(0, 0, (end - start) * matrix.numColumns);
  const rows: Rows = { start, end, width: matrix.numColumns, out };
  for (const block of matrix.blocks) {
    if (block.kind === "dense") writeDense(block, rows);
    else if (block.kind === "coded") writeCoded(block, rows);
    else writeSparse(block, rows);
  }
  return out;
}

interface Rows {
  readonly start: number;
  readonly end: number;
  /** Columns of the whole matrix. */
  readonly width: number;
  readonly out: Float64Array;
}

function writeDense({ columns, values }: DenseBlock, { start, end, width, out }: Rows): void {
  for (let k = 0; k < columns.length; k++) {
    const column = values[k];
    for (let i = start, at = columns[k]; i < end; i++, at += width) out[at] = column === null ? 1 : column[i];
  }
}

function writeCoded({ columns, codes, multiplier, columnOfCode, matrix }: CodedBlock, { start, end, width, out }: Rows): void {
  for (let i = start, row = 0; i < end; i++, row += width) {
    const factor = multiplier === null ? 1 : multiplier[i];
    if (columnOfCode !== null) {
      const k = columnOfCode[codes[i]];
      if (k >= 0) out[row + columns[k]] = factor;
    } else if (matrix !== null) {
      const from = codes[i] * columns.length;
      for (let k = 0; k < columns.length; k++) out[row + columns[k]] = factor * matrix[from + k];
    }
  }
}

function writeSparse({ columns, starts, rows, values }: SparseBlock, { start, end, width, out }: Rows): void {
  for (let k = 0; k < columns.length; k++) {
    for (let e = firstEntry(rows, starts[k], starts[k + 1], start); e < starts[k + 1] && rows[e] < end; e++) {
      out[(rows[e] - start) * width + columns[k]] = values[e];
    }
  }
}

/** The first of the ascending entries from `low` to `high` that is at `row` or after it; `high` where none is. */
export function firstEntry(rows: Int32Array, low: number, high: number, row: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
