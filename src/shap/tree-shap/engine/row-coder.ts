import type { Kernel } from "../../../kernels/index.ts";
import type { ColumnCoding } from "./coded-columns.ts";

/** Rows whose cells are copied in at once. */
const ROWS_AT_ONCE = 1024;
const COLUMN_WORDS = 8;
const KINDS = ["numeric", "zeroIsMissing", "categorical"] as const;

/** Rows in the model's columns: n × p, row-major. */
export interface CodableRows {
  readonly values: Float64Array;
  readonly numRows: number;
  readonly numColumns: number;
}

/** Codes rows in kernel memory. */
export class RowCoder {
  readonly numColumns: number;
  private readonly kernel: Kernel;
  private readonly columns: number;

  constructor(kernel: Kernel, { columns }: ColumnCoding) {
    this.kernel = kernel;
    this.numColumns = columns.length;
    const records = new Int32Array(columns.length * COLUMN_WORDS);
    columns.forEach(({ kind, feature, cuts }, c) => {
      records.set([KINDS.indexOf(kind), feature * 8, kernel.store(cuts), cuts.length], c * COLUMN_WORDS);
    });
    this.columns = kernel.store(records);
  }

  /**
   * @param first - first row to code @param count - how many
   * @param stride - rows between columns of `out`, at least `count`; the padding repeats the last row
   * @param out - address of columns × stride words
   */
  code({ values, numColumns }: CodableRows, first: number, count: number, stride: number, out: number): void {
    const { kernel } = this;
    kernel.scratch(() => {
      const most = Math.min(count, ROWS_AT_ONCE);
      const cells = kernel.allocate(most * numColumns * 8);
      for (let start = 0; start < count; start += most) {
        const rows = Math.min(most, count - start);
        const from = (first + start) * numColumns;
        kernel.floats(cells, rows * numColumns).set(values.subarray(from, from + rows * numColumns));
        const padded = start + rows === count ? stride - start : rows;
        kernel.run.codeCells(this.columns, this.numColumns, cells, numColumns * 8, rows, padded, out + start * 4, stride);
      }
    });
  }
}
