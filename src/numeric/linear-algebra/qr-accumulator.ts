import { pivotToEnd } from "./limited-pivoting.ts";
import { inKernel } from "./tiled-triangle.ts";

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

/** Rows wait until there are this many: enough to share the reading of R, few enough for the caches. A multiple of 4. */
const CAPACITY = 64;
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
  /** R, (p + 1) × (p + 1), row-major. */
  private readonly upper: Float64Array;
  /** The rows that wait, column after column of CAPACITY numbers; zero where there is no row. */
  private readonly columns: Float64Array;
  private waiting = 0;

  /** @param numColumns - p */
  constructor(numColumns: number) {
    this.numColumns = numColumns;
    this.upper = new Float64Array((numColumns + 1) ** 2);
    this.columns = new Float64Array((numColumns + 1) * CAPACITY);
  }

  /** Takes rows in. @param rows - numRows × (p + 1), row-major: x, then z */
  addRows(rows: Float64Array, numRows: number): void {
    const width = this.numColumns + 1;
    const { columns } = this;
    for (let i = 0; i < numRows; i++) {
      if (this.waiting === CAPACITY) this.reflect();
      for (let j = 0, to = this.waiting; j < width; j++, to += CAPACITY) columns[to] = rows[i * width + j];
      this.waiting++;
    }
  }

  /** Takes in all rows that another accumulator has seen. */
  add(other: QrAccumulator): void {
    this.addRows(other.triangle(), this.numColumns + 1);
  }

  /** R of all rows so far: (p + 1) × (p + 1), row-major; R'R = [X z]'[X z]. */
  triangle(): Float64Array {
    this.reflect();
    return this.upper.slice();
  }

  /**
   * Solves the problem of all rows so far; more rows may still be added after.
   * @param options - `tolerance`: the share of its length that a column must have left, as in R's `glm` @defaultValue 1e-11
   */
  finish(options: { readonly tolerance?: number } = {}): LeastSquares {
    return pivotToEnd(this.triangle(), this.numColumns, options.tolerance ?? TOLERANCE);
  }

  /** Reflects the waiting rows into R. */
  private reflect(): void {
    if (this.waiting === 0) return;
    inKernel((kernel) => {
      const [triangle, columns] = [kernel.store(this.upper), kernel.store(this.columns)];
      kernel.run.reflectRows(triangle, columns, this.numColumns + 1, CAPACITY);
      this.upper.set(kernel.floats(triangle, this.upper.length));
    });
    this.columns.fill(0);
    this.waiting = 0;
  }
}
