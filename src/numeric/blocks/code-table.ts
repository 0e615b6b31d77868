import { addLine, dotLine, type CodedSide } from "./coded-side.ts";
import type { Half } from "./half.ts";
import type { Panel, RowIndexes, RowValues } from "./panel.ts";

/** Two sets of columns whose products a table gathers: `first` is coded by the table's first index. */
export interface TableUse {
  readonly first: CodedSide;
  readonly second: CodedSide;
}

/**
 * Sums over rows by code, from which a block of X' diag(w) X follows: adding to it costs a cell or a line a row, whatever the widths are.
 * Read the other way, filled from S, it gives the block's part of x' S x.
 */
export abstract class CodeTable {
  readonly uses: TableUse[] = [];
  protected readonly panel: Panel;
  protected readonly indexes: RowIndexes;
  private readonly factors: readonly RowValues[];
  private readonly length: number;
  private sums: number | null = null;
  private loaded: number | null = null;

  /** @param factors - what rows are multiplied by beside their weight @param length - cells */
  constructor(panel: Panel, indexes: RowIndexes, factors: readonly RowValues[], length: number) {
    this.panel = panel;
    this.indexes = indexes;
    this.factors = factors;
    this.length = length;
  }

  protected abstract scatter(values: number, table: number): void;
  protected abstract gather(values: number, table: number): void;
  /** Adds what the cells of a code say of `second`'s columns to a line. */
  protected abstract addCellsToLine(cells: Float64Array, code: number, second: CodedSide, line: Float64Array): void;
  /** The transpose of that: adds to the cells. */
  protected abstract addLineToCells(cells: Float64Array, code: number, second: CodedSide, line: Float64Array): void;

  /** Adds the panel's rows by the panel's weights. */
  add(): void {
    this.sums ??= this.panel.allocateZeros(this.length);
    this.scatter(this.panel.multiply(this.panel.weights, this.factors), this.sums);
  }

  clear(): void {
    if (this.sums !== null) this.panel.kernel.floats(this.sums, this.length).fill(0);
  }

  /** Adds the blocks of all uses to X' diag(w) X. */
  fold(half: Half): void {
    if (this.sums === null) return;
    const cells = this.panel.kernel.floats(this.sums, this.length);
    for (const use of this.uses) this.foldUse(cells, use, half);
  }

  protected foldUse(cells: Float64Array, { first, second }: TableUse, half: Half): void {
    const line = new Float64Array(second.columns.length);
    for (let code = 0; code < this.indexes.numCodes; code++) {
      line.fill(0);
      this.addCellsToLine(cells, code, second, line);
      forEachEntry(first, code, (column, share) => addToHalf(half, column, share, second.columns, line, first === second));
    }
  }

  /** Fills the cells from S, p × p. */
  load(symmetric: Float64Array, size: number): void {
    this.loaded ??= this.panel.allocateZeros(this.length);
    const cells = this.panel.kernel.floats(this.loaded, this.length).fill(0);
    for (const use of this.uses) this.loadUse(cells, use, symmetric, size);
  }

  protected loadUse(cells: Float64Array, { first, second }: TableUse, symmetric: Float64Array, size: number): void {
    const line = new Float64Array(second.columns.length);
    // A block off the diagonal stands twice in x' S x.
    const times = first === second ? 1 : 2;
    for (let code = 0; code < this.indexes.numCodes; code++) {
      line.fill(0);
      forEachEntry(first, code, (column, share) => {
        for (let k = 0; k < line.length; k++) line[k] += times * share * symmetric[column * size + second.columns[k]];
      });
      this.addLineToCells(cells, code, second, line);
    }
  }

  /** Adds the panel's rows' parts of x' S x to the panel's `out`. */
  evaluate(): void {
    if (this.loaded !== null) this.gather(this.panel.multiply(this.panel.ones, this.factors), this.loaded);
  }
}

/** The columns of the whole matrix that a code's line of M has entries in. */
function forEachEntry({ columns, columnOfCode, matrix }: CodedSide, code: number, visit: (column: number, share: number) => void): void {
  if (matrix !== null) for (let k = 0, from = code * columns.length; k < columns.length; k++) visit(columns[k], matrix[from + k]);
  else if (columnOfCode !== null && columnOfCode[code] >= 0) visit(columns[columnOfCode[code]], 1);
}

/** @param within - whether the block lies on the diagonal, so that each of its pairs comes twice */
function addToHalf(half: Half, row: number, share: number, columns: Int32Array, line: Float64Array, within: boolean): void {
  const { size, values } = half;
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k];
    if (column <= row) values[row * size + column] += share * line[k];
    else if (!within) values[column * size + row] += share * line[k];
  }
}

/** Sides with the same codes: one cell a code. */
export class DiagonalTable extends CodeTable {
  constructor(panel: Panel, indexes: RowIndexes, factors: readonly RowValues[]) {
    super(panel, indexes, factors, indexes.numCodes);
  }

  protected scatter(values: number, table: number): void {
    this.panel.kernel.run.scatter(this.indexes.address, values, this.panel.rows, table);
  }

  protected gather(values: number, table: number): void {
    this.panel.kernel.run.gather(this.indexes.address, values, this.panel.rows, table, this.panel.out);
  }

  protected addCellsToLine(cells: Float64Array, code: number, second: CodedSide, line: Float64Array): void {
    addLine(second, code, cells[code], line);
  }

  protected addLineToCells(cells: Float64Array, code: number, second: CodedSide, line: Float64Array): void {
    cells[code] += dotLine(second, code, line);
  }

  protected override foldUse(cells: Float64Array, use: TableUse, half: Half): void {
    const [first, second] = [use.first.columnOfCode, use.second.columnOfCode];
    // Unit vectors meet in one entry a code; as lines they would cost numCodes × width.
    if (first === null || second === null) return super.foldUse(cells, use, half);
    for (let code = 0; code < cells.length; code++) {
      const [i, j] = [first[code], second[code]];
      if (i >= 0 && j >= 0) half.add(use.first.columns[i], use.second.columns[j], cells[code]);
    }
  }

  protected override loadUse(cells: Float64Array, use: TableUse, symmetric: Float64Array, size: number): void {
    const [first, second] = [use.first.columnOfCode, use.second.columnOfCode];
    if (first === null || second === null) return super.loadUse(cells, use, symmetric, size);
    const times = use.first === use.second ? 1 : 2;
    for (let code = 0; code < cells.length; code++) {
      const [i, j] = [first[code], second[code]];
      if (i >= 0 && j >= 0) cells[code] += times * symmetric[use.first.columns[i] * size + use.second.columns[j]];
    }
  }
}
