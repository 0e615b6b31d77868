import type { BlockMatrix, CodedBlock, MatrixBlock, SparseBlock } from "./block-matrix.ts";
import { firstEntry } from "./dense-rows.ts";
import type { Half } from "./half.ts";

/** Entries of one row: positions in the whole matrix, and numbers. */
interface RowEntries {
  readonly positions: Int32Array;
  readonly numbers: Float64Array;
  count: number;
}

/** Products that sparse columns take part in. Work is done for their entries alone, so that it takes no kernel to be quick. */
export class SparsePart {
  private readonly columns: readonly SparseColumn[];
  private readonly others: readonly MatrixBlock[];
  private readonly size: number;
  private readonly transposedSums: Float64Array;
  /** A line of products with all columns for each sparse column; made when first needed. */
  private sums: Float64Array | null = null;
  /** Entries of the panel by row: row r's are from starts[r] to starts[r + 1]. */
  private starts = new Int32Array(1);
  private entryColumns = new Int32Array(0);
  private entryValues = new Float64Array(0);
  private readonly row: RowEntries;
  private start = 0;

  constructor(matrix: BlockMatrix, blocks: readonly SparseBlock[]) {
    this.columns = blocks.flatMap((block) => Array.from(block.columns, (position, k) => ({ position, block, k })));
    this.others = matrix.blocks.filter((block) => block.kind !== "sparse");
    this.size = matrix.numColumns;
    this.transposedSums = new Float64Array(this.columns.length);
    this.row = { positions: new Int32Array(this.size), numbers: new Float64Array(this.size), count: 0 };
  }

  /** Sorts the entries of rows `start` to `end` by row. */
  move(start: number, end: number): void {
    this.start = start;
    const ranges = this.columns.map(({ block: { rows, starts }, k }) => {
      const first = firstEntry(rows, starts[k], starts[k + 1], start);
      return [first, firstEntry(rows, first, starts[k + 1], end)] as const;
    });
    const heads = new Int32Array(end - start + 1);
    ranges.forEach(([first, last], c) => {
      for (let e = first; e < last; e++) heads[this.columns[c].block.rows[e] - start + 1]++;
    });
    for (let r = 0; r < end - start; r++) heads[r + 1] += heads[r];
    const total = heads[end - start];
    if (total > this.entryColumns.length) [this.entryColumns, this.entryValues] = [new Int32Array(total), new Float64Array(total)];
    this.starts = heads.slice();
    ranges.forEach(([first, last], c) => {
      const { rows, values } = this.columns[c].block;
      for (let e = first; e < last; e++) {
        const at = heads[rows[e] - start]++;
        this.entryColumns[at] = c;
        this.entryValues[at] = values[e];
      }
    });
  }

  /** Adds this part of X v. @param out - a number a row of the panel */
  multiply(v: Float64Array, out: Float64Array): void {
    const { starts, entryColumns, entryValues, columns } = this;
    for (let r = 0; r + 1 < starts.length; r++) {
      for (let e = starts[r]; e < starts[r + 1]; e++) out[r] += entryValues[e] * v[columns[entryColumns[e]].position];
    }
  }

  /** Adds X'u. */
  addTransposed(u: Float64Array): void {
    const { starts, entryColumns, entryValues } = this;
    for (let r = 0; r + 1 < starts.length; r++) {
      for (let e = starts[r]; e < starts[r + 1]; e++) this.transposedSums[entryColumns[e]] += u[r] * entryValues[e];
    }
  }

  /** Writes the sum of X'u to these columns' positions. */
  readTransposed(out: Float64Array): void {
    this.columns.forEach(({ position }, c) => (out[position] = this.transposedSums[c]));
  }

  /** Adds X' diag(w) X. */
  addSandwich(w: Float64Array): void {
    const { starts, entryColumns, entryValues, row, size } = this;
    const sums = (this.sums ??= new Float64Array(this.columns.length * size));
    for (let r = 0; r + 1 < starts.length; r++) {
      if (starts[r] === starts[r + 1]) continue;
      this.readOthers(r);
      for (let e = starts[r]; e < starts[r + 1]; e++) {
        const line = entryColumns[e] * size;
        const scaled = w[r] * entryValues[e];
        // The entries before this one were put behind the row's other entries, and so is this one.
        this.append(entryColumns[e], entryValues[e]);
        for (let k = 0; k < row.count; k++) sums[line + row.positions[k]] += scaled * row.numbers[k];
      }
    }
  }

  /** Adds the sum of X' diag(w) X to its place. */
  fold(half: Half): void {
    const { sums, size } = this;
    if (sums === null) return;
    this.columns.forEach(({ position }, c) => {
      for (let j = 0; j < size; j++) half.add(position, j, sums[c * size + j]);
    });
  }

  /** Adds this part of x' S x. @param out - a number a row of the panel */
  addQuadratic(symmetric: Float64Array, out: Float64Array): void {
    const { starts, entryColumns, entryValues, row, size, columns } = this;
    for (let r = 0; r + 1 < starts.length; r++) {
      if (starts[r] === starts[r + 1]) continue;
      this.readOthers(r);
      for (let e = starts[r]; e < starts[r + 1]; e++) {
        const { position } = columns[entryColumns[e]];
        let sum = entryValues[e] * symmetric[position * size + position];
        for (let k = 0; k < row.count; k++) sum += 2 * row.numbers[k] * symmetric[position * size + row.positions[k]];
        out[r] += entryValues[e] * sum;
        this.append(entryColumns[e], entryValues[e]);
      }
    }
  }

  /** Sets the sums to zero. */
  clear(): void {
    this.transposedSums.fill(0);
    this.sums?.fill(0);
  }

  private append(column: number, value: number): void {
    const { row } = this;
    row.positions[row.count] = this.columns[column].position;
    row.numbers[row.count++] = value;
  }

  /** Reads what a row of the panel has in other blocks. */
  private readOthers(r: number): void {
    this.row.count = 0;
    for (const block of this.others) readEntries(block, this.start + r, this.row);
  }
}

/** A column of a sparse block. */
interface SparseColumn {
  readonly position: number;
  readonly block: SparseBlock;
  readonly k: number;
}

/** Appends what row i of a block has. */
function readEntries(block: MatrixBlock, i: number, row: RowEntries): void {
  const { columns } = block;
  if (block.kind === "dense") {
    for (let k = 0; k < columns.length; k++) {
      const values = block.values[k];
      row.positions[row.count] = columns[k];
      row.numbers[row.count++] = values === null ? 1 : values[i];
    }
  } else if (block.kind === "coded") readCoded(block, i, row);
}

function readCoded({ columns, codes, multiplier, columnOfCode, matrix }: CodedBlock, i: number, row: RowEntries): void {
  const factor = multiplier === null ? 1 : multiplier[i];
  if (matrix !== null) {
    for (let k = 0, from = codes[i] * columns.length; k < columns.length; k++) {
      row.positions[row.count] = columns[k];
      row.numbers[row.count++] = factor * matrix[from + k];
    }
  } else if (columnOfCode !== null && columnOfCode[codes[i]] >= 0) {
    row.positions[row.count] = columns[columnOfCode[codes[i]]];
    row.numbers[row.count++] = factor;
  }
}
