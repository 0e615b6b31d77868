import type { BlockMatrix, MatrixBlock, SparseBlock } from "../../numeric/index.ts";
import { factorBlock } from "./term-blocks.ts";
import type { CodedFactor } from "./term-blocks.ts";

/** A column is held sparse when no more than one number in ten is other than zero. */
const SPARSE_SHARE = 0.1;
/** Of fewer rows nothing is held sparse. */
const SPARSE_ROWS = 100;

/** Collects the columns of a design, each in the form that suits it. */
export class DesignBlocks {
  readonly #numRows: number;
  readonly #numColumns: number;
  readonly #dense: { position: number; values: Float64Array | null }[] = [];
  readonly #sparse: { position: number; values: Float64Array; numEntries: number }[] = [];
  readonly #coded: MatrixBlock[] = [];

  constructor(numRows: number, numColumns: number) {
    this.#numRows = numRows;
    this.#numColumns = numColumns;
  }

  /** Adds a column of numbers; null is all ones. */
  addDense(position: number, values: Float64Array | null): void {
    const numEntries = values === null ? this.#numRows : countEntries(values, this.#numRows * SPARSE_SHARE);
    if (values === null || this.#numRows < SPARSE_ROWS || numEntries > this.#numRows * SPARSE_SHARE) this.#dense.push({ position, values });
    else this.#sparse.push({ position, values, numEntries });
  }

  /** Adds the columns of a factor, times a number a row. */
  addFactor(factor: CodedFactor, columns: Int32Array, multiplier: Float64Array | null): void {
    this.#coded.push(factorBlock(factor, columns, multiplier));
  }

  /** Adds blocks as they are; what is dense joins the other dense columns. */
  addBlocks(blocks: readonly MatrixBlock[]): void {
    for (const block of blocks) {
      if (block.kind === "dense") for (const [k, position] of block.columns.entries()) this.addDense(position, block.values[k]);
      else this.#coded.push(block);
    }
  }

  finish(): BlockMatrix {
    const blocks: MatrixBlock[] = [];
    if (this.#dense.length > 0) {
      const columns = Int32Array.from(this.#dense, ({ position }) => position);
      blocks.push({ kind: "dense", columns, values: this.#dense.map(({ values }) => values) });
    }
    if (this.#sparse.length > 0) blocks.push(this.#compress());
    return { numRows: this.#numRows, numColumns: this.#numColumns, blocks: [...blocks, ...this.#coded] };
  }

  #compress(): SparseBlock {
    const total = this.#sparse.reduce((sum, { numEntries }) => sum + numEntries, 0);
    const starts = new Int32Array(this.#sparse.length + 1);
    const rows = new Int32Array(total);
    const entries = new Float64Array(total);
    let next = 0;
    for (const [k, { values }] of this.#sparse.entries()) {
      for (let row = 0; row < values.length; row++) {
        if (values[row] === 0) continue;
        rows[next] = row;
        entries[next++] = values[row];
      }
      starts[k + 1] = next;
    }
    return { kind: "sparse", columns: Int32Array.from(this.#sparse, ({ position }) => position), starts, rows, values: entries };
  }
}

/** How many numbers are other than zero; counting ends once there are more than `most`. */
function countEntries(values: Float64Array, most: number): number {
  let count = 0;
  for (let row = 0; row < values.length && count <= most; row++) if (values[row] !== 0) count++;
  return count;
}
