import { pivotToEnd } from "./limited-pivoting.ts";

/** A least-squares problem solved through R. Matrices are p × p, row-major, over all columns. */
export interface LeastSquares {
  /** 1 where a column is kept, 0 where it depends on kept ones before it. */
  readonly kept: Uint8Array;
  readonly rank: number;
  /** p numbers; 0 where dropped. */
  readonly coefficients: Float64Array;
  readonly residualSumOfSquares: number;
  /** (X'X)⁻¹ over the kept columns; 0 where dropped. */
  readonly inverse: Float64Array;
  /** For each column the share of its length that is left after projection on the kept columns before it: sqrt(1 − R²). */
  readonly remainders: Float64Array;
}

/** Rows are gathered to this many at least before they are rotated in. */
const FEWEST_ROWS = 64;
/** R's default of `glm`: the share of its length that a column must have left. */
const TOLERANCE = 1e-11;

/**
 * Least squares by Householder reflections over rows that come in parts: keeps the (p + 1)² triangle R of all rows so far and never squares
 * the condition number. Rows are `[x, z]`, both multiplied by the root of the row's weight.
 *
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, section 5.2
 */
export class QrAccumulator {
  readonly numColumns: number;
  /** R above, then the rows that wait: (p + 1 + capacity) numbers a column, column after column. */
  private readonly columns: Float64Array;
  private readonly height: number;
  private waiting = 0;

  /** @param numColumns - p */
  constructor(numColumns: number) {
    this.numColumns = numColumns;
    const width = numColumns + 1;
    this.height = width + Math.max(FEWEST_ROWS, width);
    this.columns = new Float64Array(width * this.height);
  }

  /** Takes rows in. @param rows - numRows × (p + 1), row-major: x, then z */
  addRows(rows: Float64Array, numRows: number): void {
    const width = this.numColumns + 1;
    for (let i = 0; i < numRows; i++) {
      if (width + this.waiting === this.height) this.rotate();
      for (let j = 0, to = width + this.waiting; j < width; j++, to += this.height) this.columns[to] = rows[i * width + j];
      this.waiting++;
    }
  }

  /** Takes in all rows that another accumulator has seen. */
  add(other: QrAccumulator): void {
    this.addRows(other.triangle(), this.numColumns + 1);
  }

  /** R of all rows so far: (p + 1) × (p + 1), row-major; R'R = [X z]'[X z]. */
  triangle(): Float64Array {
    this.rotate();
    const width = this.numColumns + 1;
    const triangle = new Float64Array(width * width);
    for (let j = 0; j < width; j++) for (let i = 0; i <= j; i++) triangle[i * width + j] = this.columns[j * this.height + i];
    return triangle;
  }

  /**
   * Solves the problem of all rows so far; more rows may still be added after.
   * @param options - `tolerance`: the share of its length that a column must have left, as in R's `glm` @defaultValue 1e-11
   */
  finish(options: { readonly tolerance?: number } = {}): LeastSquares {
    return pivotToEnd(this.triangle(), this.numColumns, options.tolerance ?? TOLERANCE);
  }

  /** Reflects the waiting rows into R: in column j only R's entry j and the waiting rows are not yet zero. */
  private rotate(): void {
    const { columns, height, waiting } = this;
    const width = this.numColumns + 1;
    if (waiting === 0) return;
    for (let j = 0; j < width; j++) {
      const below = j * height + width;
      const norm = length(columns, below, waiting);
      if (norm === 0) continue;
      const old = columns[j * height + j];
      const diagonal = -Math.sign(old || 1) * Math.hypot(old, norm);
      // The reflection is I − share v v', v = (1, waiting entries / head): no square of an entry is ever formed.
      const head = old - diagonal;
      const share = -head / diagonal;
      for (let i = 0; i < waiting; i++) columns[below + i] /= head;
      for (let k = j + 1; k < width; k++) {
        const other = k * height + width;
        let dot = columns[k * height + j];
        for (let i = 0; i < waiting; i++) dot += columns[below + i] * columns[other + i];
        dot *= share;
        columns[k * height + j] -= dot;
        for (let i = 0; i < waiting; i++) columns[other + i] -= dot * columns[below + i];
      }
      columns[j * height + j] = diagonal;
    }
    this.waiting = 0;
  }
}

/** Euclidean length of consecutive numbers, scaled so that no square over- or underflows. */
function length(numbers: Float64Array, start: number, count: number): number {
  let largest = 0;
  for (let i = start; i < start + count; i++) largest = Math.max(largest, Math.abs(numbers[i]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = start; i < start + count; i++) sum += (numbers[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}
