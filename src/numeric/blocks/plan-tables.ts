import { DiagonalTable, type CodeTable } from "./code-table.ts";
import { onesSide, type CodedSide } from "./coded-side.ts";
import { GroupTable, LineTable } from "./line-tables.ts";
import { PairTable } from "./pair-table.ts";
import type { Panel } from "./panel.ts";

/** Chooses the tables from which all products of coded columns with each other, with dense columns and with ones follow. */
export function planTables(panel: Panel, sides: readonly CodedSide[], ones: Int32Array): CodeTable[] {
  const tables = new TableSet(panel);
  sides.forEach((side, at) => {
    for (const other of sides.slice(0, at + 1)) tables.addPair(side, other);
    if (ones.length > 0) tables.addPair(side, onesSide(ones, side.indexes));
    if (panel.columns.length > 0) tables.addDense(side);
  });
  return [...tables.byKey.values()];
}

/** Tables by what they sum, so that two pairs of blocks that need the same sums share them. */
class TableSet {
  readonly byKey = new Map<string, CodeTable>();
  private readonly panel: Panel;

  constructor(panel: Panel) {
    this.panel = panel;
  }

  addDense(side: CodedSide): void {
    const second: CodedSide = {
      columns: Int32Array.from(this.panel.columns, (column) => column.position),
      indexes: side.indexes,
      factors: [],
      columnOfCode: null,
      matrix: null,
    };
    const key = `groups ${side.indexes.address} ${namesOf(side.factors)}`;
    this.share(key, () => new GroupTable(this.panel, side.indexes, side.factors)).uses.push({ first: side, second });
  }

  addPair(a: CodedSide, b: CodedSide): void {
    const { panel } = this;
    const factors = [...a.factors, ...b.factors].sort((one, other) => one.address - other.address);
    const multiplied = namesOf(factors);
    if (a.indexes.address === b.indexes.address) {
      const key = `diagonal ${a.indexes.address} ${multiplied}`;
      this.share(key, () => new DiagonalTable(panel, a.indexes, factors)).uses.push({ first: a, second: b });
      return;
    }
    const lines = cheaper({ first: a, second: b }, { first: b, second: a });
    if (lineCost(lines.first, lines.second) < pairCost(a, b)) {
      const table = new LineTable(panel, lines.first.indexes, lines.second, factors);
      table.uses.push(lines);
      this.byKey.set(`lines ${this.byKey.size}`, table);
    } else {
      const [first, second] = a.indexes.address < b.indexes.address ? [a, b] : [b, a];
      const key = `pairs ${first.indexes.address} ${second.indexes.address} ${multiplied}`;
      this.share(key, () => new PairTable(panel, first.indexes, second.indexes, factors)).uses.push({ first, second });
    }
  }

  private share(key: string, make: () => CodeTable): CodeTable {
    const table = this.byKey.get(key) ?? make();
    this.byKey.set(key, table);
    return table;
  }
}

function namesOf(factors: readonly { readonly address: number }[]): string {
  return factors.map(({ address }) => address).join(" ");
}

function cheaper<Pair extends { readonly first: CodedSide; readonly second: CodedSide }>(one: Pair, other: Pair): Pair {
  return lineCost(one.first, one.second) <= lineCost(other.first, other.second) ? one : other;
}

/** Nanoseconds a row, roughly, as measured: what a cell costs grows as its table leaves the caches. */
function cellCost(cells: number): number {
  if (cells < 2 ** 16) return 1;
  if (cells < 2 ** 18) return 4;
  // Beyond some ten megabytes a cell is far away, beyond hundreds of them there may be no room for a table.
  return cells < 2 ** 22 ? 10 : cells < 2 ** 26 ? 40 : 1000;
}

function pairCost(a: CodedSide, b: CodedSide): number {
  return cellCost(a.indexes.numCodes * b.indexes.numCodes);
}

function lineCost(first: CodedSide, second: CodedSide): number {
  if (second.matrix === null) return Infinity;
  const width = second.columns.length;
  return cellCost(first.indexes.numCodes * width) + width / 2;
}
