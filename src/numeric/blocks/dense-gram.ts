import type { Half } from "./half.ts";
import type { Panel } from "./panel.ts";

/** Rows that `addGram` scales at once. */
const CHUNK = 256;

/** Sums over the panel's dense columns, and its columns of ones, which stay implicit. */
export class DenseGram {
  private readonly panel: Panel;
  private readonly ones: Int32Array;
  private readonly positions: Int32Array;
  private readonly numTiles: number;
  private readonly scaled: number;
  /** Four doubles a group, then one for the columns of ones. */
  private readonly transposedSums: number;
  private readonly columnSums: number;
  private readonly vector: number;
  private gram: number | null = null;
  private tiles: number | null = null;

  constructor(panel: Panel, ones: Int32Array) {
    this.panel = panel;
    this.ones = ones;
    this.positions = Int32Array.from(panel.columns, (column) => column.position);
    this.numTiles = (panel.numGroups * (panel.numGroups + 1)) / 2;
    this.scaled = panel.kernel.allocate(CHUNK * 32);
    this.transposedSums = panel.allocateZeros(panel.numGroups * 4 + 1);
    this.columnSums = panel.allocateZeros(panel.numGroups * 4 + 1);
    this.vector = panel.allocateZeros(panel.numGroups * 4);
  }

  /** Writes this part of X v to the panel's `out`. */
  multiply(v: Float64Array): void {
    this.multiplyBy((position) => v[position]);
  }

  private multiplyBy(numberAt: (position: number) => number): void {
    const { kernel, groups, numGroups, stride, rows, out } = this.panel;
    const vector = kernel.floats(this.vector, numGroups * 4);
    this.positions.forEach((position, column) => (vector[column] = numberAt(position)));
    const base = this.ones.reduce((sum, position) => sum + numberAt(position), 0);
    kernel.run.multiplyGroups(groups, numGroups, stride, rows, this.vector, base, out);
  }

  /** Adds X'u, u the panel's weights. */
  addTransposed(): void {
    const { kernel, groups, numGroups, stride, rows, weights } = this.panel;
    kernel.run.addGroupSums(groups, numGroups, stride, rows, weights, this.transposedSums);
    if (this.ones.length > 0) kernel.run.addSum(weights, rows, this.transposedSums + numGroups * 32);
  }

  /** Writes the sum of X'u to these columns' positions. */
  readTransposed(out: Float64Array): void {
    const { kernel, numGroups } = this.panel;
    const sums = kernel.floats(this.transposedSums, numGroups * 4 + 1);
    this.positions.forEach((position, column) => (out[position] = sums[column]));
    for (const position of this.ones) out[position] = sums[numGroups * 4];
  }

  /** Adds X' diag(w) X, w the panel's weights. */
  addSandwich(): void {
    this.gram ??= this.panel.allocateZeros(this.numTiles * 16);
    const { kernel, groups, numGroups, stride, rows, weights } = this.panel;
    kernel.run.addGram(groups, numGroups, stride, rows, weights, this.scaled, this.gram, this.columnSums);
    if (this.ones.length > 0) kernel.run.addSum(weights, rows, this.columnSums + numGroups * 32);
  }

  /** Adds the sum of X' diag(w) X to its place. */
  fold(half: Half): void {
    if (this.gram === null) return;
    const { positions, ones } = this;
    const { kernel, numGroups } = this.panel;
    const gram = kernel.floats(this.gram, this.numTiles * 16);
    const sums = kernel.floats(this.columnSums, numGroups * 4 + 1);
    for (let a = 0; a < positions.length; a++) {
      for (let b = 0; b <= a; b++) half.add(positions[a], positions[b], gram[cellOf(a, b)]);
      for (const one of ones) half.add(positions[a], one, sums[a]);
    }
    for (const one of ones) for (const other of ones) if (other <= one) half.add(one, other, sums[numGroups * 4]);
  }

  /** Lays S out for `quadratic`. */
  load(symmetric: Float64Array, size: number): void {
    const { positions } = this;
    this.tiles ??= this.panel.allocateZeros(this.numTiles * 16);
    const tiles = this.panel.kernel.floats(this.tiles, this.numTiles * 16);
    for (let a = 0; a < positions.length; a++) {
      for (let b = 0; b < positions.length && b >> 2 <= a >> 2; b++) {
        const times = a >> 2 === b >> 2 ? 1 : 2;
        tiles[transposedCellOf(a, b)] = times * symmetric[positions[a] * size + positions[b]];
      }
    }
  }

  /** Writes this part of x' S x to the panel's `out`; S is the one laid out last. */
  quadratic(symmetric: Float64Array, size: number): void {
    const { kernel, groups, numGroups, stride, rows, out } = this.panel;
    const ones = new Set(this.ones);
    this.multiplyBy((position) => {
      const sum = this.ones.reduce((total, one) => total + symmetric[one * size + position], 0);
      return ones.has(position) ? sum : 2 * sum;
    });
    if (this.tiles !== null) kernel.run.addQuadratics(groups, numGroups, stride, rows, this.tiles, out);
  }

  /** Sets the sums to zero. */
  clear(): void {
    const { kernel, numGroups } = this.panel;
    kernel.floats(this.transposedSums, numGroups * 4 + 1).fill(0);
    kernel.floats(this.columnSums, numGroups * 4 + 1).fill(0);
    if (this.gram !== null) kernel.floats(this.gram, this.numTiles * 16).fill(0);
  }
}

/** Where the kernel keeps the product of columns a and b, a's group not before b's. */
function cellOf(a: number, b: number): number {
  return tileOf(a >> 2, b >> 2) * 16 + (a & 3) * 4 + (b & 3);
}

function transposedCellOf(a: number, b: number): number {
  return tileOf(a >> 2, b >> 2) * 16 + (b & 3) * 4 + (a & 3);
}

function tileOf(first: number, second: number): number {
  return (first * (first + 1)) / 2 + second;
}
