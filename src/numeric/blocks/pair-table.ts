import { CodeTable, type TableUse } from "./code-table.ts";
import { addDots, addLines, type CodedSide } from "./coded-side.ts";
import type { Half } from "./half.ts";
import type { Panel, RowIndexes, RowValues } from "./panel.ts";

/** One cell for each pair of codes. */
export class PairTable extends CodeTable {
  private readonly other: RowIndexes;

  constructor(panel: Panel, indexes: RowIndexes, other: RowIndexes, factors: readonly RowValues[]) {
    super(panel, indexes, factors, indexes.numCodes * other.numCodes);
    this.other = other;
  }

  protected scatter(values: number, table: number): void {
    const { indexes, other, panel } = this;
    panel.kernel.run.scatterPairs(indexes.address, other.address, other.numCodes, values, panel.rows, table);
  }

  protected gather(values: number, table: number): void {
    const { indexes, other, panel } = this;
    panel.kernel.run.gatherPairs(indexes.address, other.address, other.numCodes, values, panel.rows, table, panel.out);
  }

  protected addCellsToLine(cells: Float64Array, code: number, second: CodedSide, line: Float64Array): void {
    addLines(second, cells, code * this.other.numCodes, line);
  }

  protected addLineToCells(cells: Float64Array, code: number, second: CodedSide, line: Float64Array): void {
    addDots(second, line, cells, code * this.other.numCodes);
  }

  protected override foldUse(cells: Float64Array, use: TableUse, half: Half): void {
    const [rows, columns] = [chosenPositions(use.first), chosenPositions(use.second)];
    // Unit vectors meet in one entry a pair of codes: no lines are needed.
    if (rows === null || columns === null) return super.foldUse(cells, use, half);
    const { size, values } = half;
    for (let a = 0, at = 0; a < rows.length; a++) {
      const row = rows[a];
      for (let b = 0; b < columns.length; b++, at++) {
        const column = columns[b];
        if (row >= 0 && column >= 0) values[row > column ? row * size + column : column * size + row] += cells[at];
      }
    }
  }

  protected override loadUse(cells: Float64Array, use: TableUse, symmetric: Float64Array, size: number): void {
    const [rows, columns] = [chosenPositions(use.first), chosenPositions(use.second)];
    if (rows === null || columns === null) return super.loadUse(cells, use, symmetric, size);
    for (let a = 0, at = 0; a < rows.length; a++) {
      const row = rows[a];
      for (let b = 0; b < columns.length; b++, at++) {
        if (row >= 0 && columns[b] >= 0) cells[at] += 2 * symmetric[row * size + columns[b]];
      }
    }
  }
}

/** For each code the column of the whole matrix that it is one in, −1 for none; null where the side has a matrix. */
function chosenPositions({ columns, columnOfCode }: CodedSide): Int32Array | null {
  return columnOfCode && columnOfCode.map((k) => (k < 0 ? -1 : columns[k]));
}
