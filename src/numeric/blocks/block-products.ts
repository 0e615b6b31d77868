import type { BlockMatrix } from "./block-matrix.ts";
import { denseRows } from "./dense-rows.ts";

const PANEL_ROWS = 256;

/**
 * Products with a block matrix X (n × p), panel of rows after panel: one reading of a panel's numbers serves all of them.
 * `addTransposed` and `addSandwich` add to running sums that `transposed` and `sandwich` copy out.
 */
export class BlockProducts {
  /** The most rows that a panel may have. */
  readonly panelRows: number;
  private readonly matrix: BlockMatrix;
  private readonly panel: Float64Array;
  private readonly transposedSum: Float64Array;
  private readonly sandwichSum: Float64Array;
  private numRows = 0;

  constructor(matrix: BlockMatrix, options: { readonly panelRows?: number } = {}) {
    this.matrix = matrix;
    this.panelRows = options.panelRows ?? PANEL_ROWS;
    this.panel = new Float64Array(this.panelRows * matrix.numColumns);
    this.transposedSum = new Float64Array(matrix.numColumns);
    this.sandwichSum = new Float64Array(matrix.numColumns ** 2);
  }

  /** Makes rows `start` to `end` (exclusive; at most `panelRows`) the panel that the calls below work on. */
  movePanel(start: number, end: number): void {
    this.numRows = end - start;
    denseRows(this.matrix, start, end, this.panel);
  }

  /** Writes X v of the panel's rows. @param v - p numbers @param out - at least as many numbers as the panel has rows */
  multiply(v: Float64Array, out: Float64Array): void {
    const p = this.matrix.numColumns;
    for (let i = 0; i < this.numRows; i++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += this.panel[i * p + j] * v[j];
      out[i] = sum;
    }
  }

  /** Adds X'u of the panel's rows. @param u - one number a row of the panel */
  addTransposed(u: Float64Array): void {
    const p = this.matrix.numColumns;
    for (let i = 0; i < this.numRows; i++) {
      for (let j = 0; j < p; j++) this.transposedSum[j] += this.panel[i * p + j] * u[i];
    }
  }

  /** Adds X' diag(w) X of the panel's rows. @param w - one number of any sign a row of the panel */
  addSandwich(w: Float64Array): void {
    const p = this.matrix.numColumns;
    for (let i = 0; i < this.numRows; i++) {
      for (let j = 0; j < p; j++) {
        const scaled = w[i] * this.panel[i * p + j];
        for (let k = 0; k <= j; k++) this.sandwichSum[j * p + k] += scaled * this.panel[i * p + k];
      }
    }
  }

  /** `addSandwich(w)` and `addTransposed(u)` with one reading. */
  addWorking(w: Float64Array, u: Float64Array): void {
    this.addSandwich(w);
    this.addTransposed(u);
  }

  /**
   * Writes x' S x for each row x of the panel.
   * @param symmetric - S, p × p; read when it first comes, so that a changed S must be another array
   * @param out - at least as many numbers as the panel has rows
   */
  rowQuadratic(symmetric: Float64Array, out: Float64Array): void {
    const p = this.matrix.numColumns;
    for (let i = 0; i < this.numRows; i++) {
      let sum = 0;
      for (let j = 0; j < p; j++) {
        for (let k = 0; k < p; k++) sum += this.panel[i * p + j] * symmetric[j * p + k] * this.panel[i * p + k];
      }
      out[i] = sum;
    }
  }

  /** A copy of the sum of X'u over the panels since the last reset: p numbers. */
  transposed(): Float64Array {
    return this.transposedSum.slice();
  }

  /** A copy of the sum of X' diag(w) X over the panels since the last reset: p × p, both halves filled. */
  sandwich(): Float64Array {
    const p = this.matrix.numColumns;
    return this.sandwichSum.map((_, at) => this.sandwichSum[Math.max(at, (at % p) * p + Math.floor(at / p))]);
  }

  /** Sets the running sums to zero. */
  reset(): void {
    this.transposedSum.fill(0);
    this.sandwichSum.fill(0);
  }
}
