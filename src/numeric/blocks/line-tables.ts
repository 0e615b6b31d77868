import { CodeTable } from "./code-table.ts";
import type { CodedSide } from "./coded-side.ts";
import type { Panel, RowIndexes, RowValues } from "./panel.ts";

/** For each code of one side the sum of the other side's lines of M: less memory than pairs of codes where M is narrow. */
export class LineTable extends CodeTable {
  private readonly other: RowIndexes;
  /** Doubles a line: even. */
  private readonly width: number;
  private readonly lines: number;

  /** @param second - has a matrix */
  constructor(panel: Panel, indexes: RowIndexes, second: CodedSide, factors: readonly RowValues[]) {
    const columns = second.columns.length;
    const width = columns + (columns % 2);
    super(panel, indexes, factors, indexes.numCodes * width);
    this.other = second.indexes;
    this.width = width;
    this.lines = panel.allocateZeros(this.other.numCodes * width);
    const lines = panel.kernel.floats(this.lines, this.other.numCodes * width);
    const matrix = second.matrix ?? new Float64Array(0);
    for (let code = 0; code < this.other.numCodes; code++) {
      lines.set(matrix.subarray(code * columns, (code + 1) * columns), code * width);
    }
  }

  protected scatter(values: number, table: number): void {
    const { indexes, other, panel, lines, width } = this;
    panel.kernel.run.scatterLines(indexes.address, other.address, lines, width, values, panel.rows, table);
  }

  protected gather(values: number, table: number): void {
    const { indexes, other, panel, lines, width } = this;
    panel.kernel.run.gatherLines(indexes.address, other.address, lines, width, values, panel.rows, table, panel.out);
  }

  protected addCellsToLine(cells: Float64Array, code: number, _second: CodedSide, line: Float64Array): void {
    for (let k = 0, at = code * this.width; k < line.length; k++, at++) line[k] += cells[at];
  }

  protected addLineToCells(cells: Float64Array, code: number, _second: CodedSide, line: Float64Array): void {
    for (let k = 0, at = code * this.width; k < line.length; k++, at++) cells[at] += line[k];
  }
}

/** For each code of one side the sum of the panel's dense columns. */
export class GroupTable extends CodeTable {
  constructor(panel: Panel, indexes: RowIndexes, factors: readonly RowValues[]) {
    super(panel, indexes, factors, indexes.numCodes * panel.numGroups * 4);
  }

  protected scatter(values: number, table: number): void {
    const { panel, indexes } = this;
    panel.kernel.run.scatterGroups(
      panel.groups,
      panel.numGroups,
      panel.stride,
      indexes.address,
      values,
      panel.rows,
      table,
      indexes.numCodes,
    );
  }

  protected gather(values: number, table: number): void {
    const { panel, indexes } = this;
    const { groups, numGroups, stride, rows, out } = panel;
    panel.kernel.run.gatherGroups(groups, numGroups, stride, indexes.address, values, rows, table, indexes.numCodes, out);
  }

  protected addCellsToLine(cells: Float64Array, code: number, _second: CodedSide, line: Float64Array): void {
    for (let k = 0; k < line.length; k++) line[k] += cells[this.cellOf(code, k)];
  }

  protected addLineToCells(cells: Float64Array, code: number, _second: CodedSide, line: Float64Array): void {
    for (let k = 0; k < line.length; k++) cells[this.cellOf(code, k)] += line[k];
  }

  private cellOf(code: number, column: number): number {
    return ((column >> 2) * this.indexes.numCodes + code) * 4 + (column & 3);
  }
}
