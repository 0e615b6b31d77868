import { transposeDense } from "./dense-products.ts";

/** One block of a matrix T that is zero outside its blocks. */
export interface DiagonalBlock {
  /** Its first row in T. */
  readonly first: number;
  /** How many rows it has. */
  readonly size: number;
  /** Its first column in T. */
  readonly start: number;
  /** How many columns it has. */
  readonly width: number;
  /** size × width, row-major; null is the identity. */
  readonly matrix: Float64Array | null;
}

/** A p × q matrix T of blocks along the diagonal, which cover all rows and all columns once. */
export class BlockDiagonal {
  readonly numRows: number;
  readonly numColumns: number;
  readonly #blocks: readonly DiagonalBlock[];

  constructor(blocks: readonly DiagonalBlock[]) {
    this.#blocks = blocks;
    this.numRows = blocks.reduce((sum, { size }) => sum + size, 0);
    this.numColumns = blocks.reduce((sum, { width }) => sum + width, 0);
  }

  /** T v. @param v - q numbers */
  multiply(v: Float64Array): Float64Array {
    return this.#fromRight(v, 1, true);
  }

  /** T'v. @param v - p numbers */
  multiplyTransposed(v: Float64Array): Float64Array {
    return this.#fromRight(v, 1, false);
  }

  /** T' S T of a symmetric S. @param symmetric - p × p @returns q × q */
  enclose(symmetric: Float64Array): Float64Array {
    const half = transposeDense(this.#fromRight(symmetric, this.numRows, false), this.numRows, this.numColumns);
    return this.#fromRight(half, this.numColumns, false);
  }

  /** T S T' of a symmetric S. @param symmetric - q × q @returns p × p */
  expand(symmetric: Float64Array): Float64Array {
    const half = transposeDense(this.#fromRight(symmetric, this.numColumns, true), this.numColumns, this.numRows);
    return this.#fromRight(half, this.numRows, true);
  }

  /** A T, or A T' where `transposed`, of a matrix A with so many rows. */
  #fromRight(a: Float64Array, rows: number, transposed: boolean): Float64Array {
    const [inner, outer] = transposed ? [this.numColumns, this.numRows] : [this.numRows, this.numColumns];
    const out = new Float64Array(rows * outer);
    for (const { first, size, start, width, matrix } of this.#blocks) {
      const [from, length, to, count] = transposed ? [start, width, first, size] : [first, size, start, width];
      for (let i = 0; i < rows; i++) {
        const source = i * inner + from;
        const target = i * outer + to;
        if (!matrix) out.set(a.subarray(source, source + length), target);
        else if (transposed) multiplyRowTransposed(a, source, length, matrix, count, out, target);
        else multiplyRow(a, source, length, matrix, count, out, target);
      }
    }
    return out;
  }
}

function multiplyRow(
  a: Float64Array,
  source: number,
  length: number,
  matrix: Float64Array,
  count: number,
  out: Float64Array,
  target: number,
): void {
  for (let k = 0; k < length; k++) {
    const value = a[source + k];
    if (value === 0) continue;
    for (let j = 0, at = k * count; j < count; j++) out[target + j] += value * matrix[at + j];
  }
}

function multiplyRowTransposed(
  a: Float64Array,
  source: number,
  length: number,
  matrix: Float64Array,
  count: number,
  out: Float64Array,
  target: number,
): void {
  for (let j = 0; j < count; j++) {
    let sum = 0;
    for (let k = 0, at = j * length; k < length; k++) sum += a[source + k] * matrix[at + k];
    out[target + j] = sum;
  }
}
