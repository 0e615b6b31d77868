import { addDots, addLines, type CodedSide } from "./coded-side.ts";
import type { Panel } from "./panel.ts";

/** X v and X'u over coded columns: a number a code, made from v before or folded to columns after. */
export class CodedVectors {
  private readonly panel: Panel;
  private readonly sides: readonly CodedSide[];
  private readonly vectors: readonly number[];
  private readonly sums: readonly number[];
  /** What `vectors` were made from. */
  private last: Float64Array | null = null;

  constructor(panel: Panel, sides: readonly CodedSide[]) {
    this.panel = panel;
    this.sides = sides;
    this.vectors = sides.map(({ indexes }) => panel.allocateZeros(indexes.numCodes));
    this.sums = sides.map(({ indexes }) => panel.allocateZeros(indexes.numCodes));
  }

  /** Adds this part of X v to the panel's `out`. */
  multiply(v: Float64Array): void {
    if (this.sides.length === 0) return;
    if (!isSame(v, this.last)) this.prepare(v);
    const { panel } = this;
    this.sides.forEach(({ indexes, factors }, at) => {
      const values = panel.multiply(panel.ones, factors);
      panel.kernel.run.gather(indexes.address, values, panel.rows, this.vectors[at], panel.out);
    });
  }

  private prepare(v: Float64Array): void {
    this.last = v.slice();
    this.sides.forEach((side, at) => {
      const numbers = this.panel.kernel.floats(this.vectors[at], side.indexes.numCodes);
      const line = Float64Array.from(side.columns, (position) => v[position]);
      numbers.fill(0);
      addDots(side, line, numbers, 0);
    });
  }

  /** Adds X'u, u the panel's weights. */
  addTransposed(): void {
    const { panel } = this;
    this.sides.forEach(({ indexes, factors }, at) => {
      panel.kernel.run.scatter(indexes.address, panel.multiply(panel.weights, factors), panel.rows, this.sums[at]);
    });
  }

  /** Writes the sum of X'u to these columns' positions. */
  readTransposed(out: Float64Array): void {
    this.sides.forEach((side, at) => {
      const sums = this.panel.kernel.floats(this.sums[at], side.indexes.numCodes);
      const line = new Float64Array(side.columns.length);
      addLines(side, sums, 0, line);
      side.columns.forEach((position, k) => (out[position] = line[k]));
    });
  }

  /** Sets the sums to zero. */
  clear(): void {
    this.sides.forEach(({ indexes }, at) => this.panel.kernel.floats(this.sums[at], indexes.numCodes).fill(0));
  }
}

function isSame(v: Float64Array, last: Float64Array | null): boolean {
  if (last === null) return false;
  // A NaN is not the same as itself, which costs no more than preparing anew.
  for (let j = 0; j < last.length; j++) if (v[j] !== last[j]) return false;
  return true;
}
