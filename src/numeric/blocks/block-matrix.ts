/** Columns held as numbers, one array a column, so that a table's own arrays can stand here uncopied. */
export interface DenseBlock {
  readonly kind: "dense";
  /** Positions of the block's columns in the whole matrix. */
  readonly columns: Int32Array;
  /** One array of numRows numbers a column; null is a column of ones. */
  readonly values: readonly (Float64Array | null)[];
}

/**
 * Columns that are functions of one whole number a row. Row i of the block is `multiplier[i] × M[codes[i], :]`, with M a numCodes × width
 * matrix: either given (`matrix`), or a choice of unit vectors (`columnOfCode`): M[c, k] = 1 where `columnOfCode[c] = k`, else 0.
 * Factors under any contrast, products of a number and a factor, and functions of a number with few distinct values all take this form.
 */
export interface CodedBlock {
  readonly kind: "coded";
  readonly columns: Int32Array;
  /** One code a row, 0 to numCodes − 1. */
  readonly codes: Int32Array;
  readonly numCodes: number;
  /** One number a row; null is all ones. */
  readonly multiplier: Float64Array | null;
  /** For each code the column within the block that is 1, or −1 for none; null where `matrix` is given. */
  readonly columnOfCode: Int32Array | null;
  /** numCodes × width, row-major; null where `columnOfCode` is given. */
  readonly matrix: Float64Array | null;
}

/** Columns that are mostly zero, compressed by column. */
export interface SparseBlock {
  readonly kind: "sparse";
  readonly columns: Int32Array;
  /** Where each column begins in `rows` and `values`; width + 1 positions. */
  readonly starts: Int32Array;
  /** Rows of the entries, ascending within a column. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

export type MatrixBlock = DenseBlock | CodedBlock | SparseBlock;

/** An n × p matrix of blocks over the same rows. Every column belongs to exactly one block. */
export interface BlockMatrix {
  readonly numRows: number;
  readonly numColumns: number;
  readonly blocks: readonly MatrixBlock[];
}
