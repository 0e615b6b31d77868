import { Kernel } from "../../kernels/index.ts";
import type { LookedUpColumn, PanelColumn } from "./sort-blocks.ts";

/** The codes of some block's rows, in the kernel's memory. */
export interface RowIndexes {
  readonly address: number;
  /** Indexes are from 0 to numCodes − 1. */
  readonly numCodes: number;
}

/** A number a row, in the kernel's memory. */
export interface RowValues {
  readonly address: number;
}

/** Where an array of the caller's comes to stand. */
interface Copied {
  readonly address: number;
  readonly source: Float64Array | Int32Array;
}

/** The addresses that a looked-up column is made from. */
interface LookUp {
  readonly indexes: number;
  readonly factors: number;
  readonly numbers: number;
}

/** Rows of a matrix in the kernel's memory: dense columns in groups of four, codes, multipliers, and room for vectors of one number a row. */
export class Panel {
  readonly kernel: Kernel = new Kernel();
  /** Room for rows: a multiple of 4. */
  readonly stride: number;
  /** The most rows. */
  private readonly panelRows: number;
  readonly columns: readonly PanelColumn[];
  readonly numGroups: number;
  /** Dense columns of the present rows: numGroups × stride × 4. */
  groups: number;
  /** What a product weighs rows by. */
  readonly weights: number;
  /** One for each row. */
  readonly ones: number;
  /** What a product writes. */
  readonly out: number;
  /** How many rows there are now. */
  rows = 0;
  /** Where panels are kept, one after the other, and how many rows of each have been; null where only the present one is. */
  private readonly kept: { readonly base: number; readonly rows: Int32Array } | null;
  private readonly products: number;
  private readonly staging: number;
  private readonly copied: Copied[] = [];
  private readonly lookUps: ReadonlyMap<PanelColumn, LookUp>;

  /** @param numKept - panels of `rows` rows to keep once they have been copied in; 0 for none */
  constructor(columns: readonly PanelColumn[], rows: number, numKept = 0) {
    this.columns = columns;
    this.stride = Math.ceil(rows / 4) * 4;
    this.numGroups = Math.ceil(columns.length / 4);
    const vector = (): number => this.kernel.allocate(this.stride * 8);
    this.groups = this.kernel.allocate(Math.max(1, numKept) * this.numGroups * this.stride * 32);
    this.kept = numKept === 0 ? null : { base: this.groups, rows: new Int32Array(numKept) };
    this.panelRows = rows;
    this.staging = this.kernel.allocate(this.stride * 32);
    this.weights = vector();
    this.ones = vector();
    this.out = vector();
    this.products = vector();
    this.kernel.floats(this.ones, this.stride).fill(1);
    this.lookUps = new Map(columns.flatMap((column) => (column.kind === "lookedUp" ? [[column, this.placeLookUp(column)] as const] : [])));
  }

  private placeLookUp({ codes, multiplier, numbers }: LookedUpColumn): LookUp {
    return {
      indexes: this.place(codes),
      factors: multiplier === null ? this.ones : this.place(multiplier),
      numbers: this.kernel.store(numbers),
    };
  }

  /** Gives an array of one number or code a row a place in the panel; the same array the same place. */
  place(source: Float64Array | Int32Array): number {
    const known = this.copied.find((copy) => copy.source === source);
    if (known) return known.address;
    const address = this.kernel.allocate(this.stride * source.BYTES_PER_ELEMENT);
    this.copied.push({ address, source });
    return address;
  }

  /** Copies rows `start` to `end` in. */
  move(start: number, end: number): void {
    const { kernel, stride } = this;
    this.rows = end - start;
    for (const { address, source } of this.copied) {
      const rows = source.subarray(start, end);
      if (rows instanceof Float64Array) kernel.floats(address, rows.length).set(rows);
      else new Int32Array(kernel.run.memory.buffer, address, rows.length).set(rows);
    }
    if (this.findKept(start)) return;
    for (let group = 0; group < this.numGroups; group++) {
      for (let k = 0; k < 4; k++) this.stage(this.columns[4 * group + k], k * stride, start, end);
      kernel.run.packGroup(this.staging, stride, this.rows, this.groups + group * stride * 32);
    }
  }

  /** Turns to where the panel's dense columns are kept, or are to be. @returns whether they are there */
  private findKept(start: number): boolean {
    const { kept, panelRows, rows } = this;
    if (kept === null) return false;
    const panel = start / panelRows;
    if (!Number.isInteger(panel)) throw new RangeError(`panels that are kept start at multiples of ${panelRows} rows, not at ${start}`);
    this.groups = kept.base + panel * this.numGroups * this.stride * 32;
    const isThere = kept.rows[panel] >= rows;
    kept.rows[panel] = Math.max(kept.rows[panel], rows);
    return isThere;
  }

  /** Writes a column's rows to the staging room; zeros where the last group has no column. */
  private stage(column: PanelColumn | undefined, at: number, start: number, end: number): void {
    const { kernel, staging, stride } = this;
    const room = kernel.floats(staging, 4 * stride);
    if (column?.kind === "copied") {
      column.copy(start, end, room, at);
      return;
    }
    room.fill(0, at, at + end - start);
    const lookUp = column && this.lookUps.get(column);
    if (lookUp) kernel.run.gather(lookUp.indexes, lookUp.factors, end - start, lookUp.numbers, staging + at * 8);
  }

  /** Copies a vector of the panel's rows in as weights. @param w - at least as many numbers as rows */
  weigh(w: Float64Array): void {
    this.kernel.floats(this.weights, this.rows).set(w.length === this.rows ? w : w.subarray(0, this.rows));
  }

  /** The address of base × factors, row by row; valid until the next call. */
  multiply(base: number, factors: readonly RowValues[]): number {
    let from = base;
    for (const { address } of factors) {
      this.kernel.run.multiplyRows(from, address, this.rows, this.products);
      from = this.products;
    }
    return from;
  }

  /** Copies what a product wrote to an array. */
  read(out: Float64Array): void {
    out.set(this.kernel.floats(this.out, this.rows));
  }

  /** Room for numbers in the kernel's memory, all zero. */
  allocateZeros(length: number): number {
    const address = this.kernel.allocate(length * 8);
    this.kernel.floats(address, length).fill(0);
    return address;
  }
}
