import { CellFinder, chooseEdges, StridedSample } from "../../numeric/index.ts";
import type { NumberRange } from "../../numeric/index.ts";

/** What a first reading of rows tells of a column of numbers. */
export class ColumnSurvey {
  readonly #sample: StridedSample = new StridedSample();
  readonly #most: number;
  /** Different numbers; null when there are more than `most`. */
  #numbers: Set<number> | null = new Set();
  #low: number = Infinity;
  #high: number = -Infinity;

  /** @param most - so many different numbers are remembered */
  constructor(most: number) {
    this.#most = most;
  }

  add(values: Float64Array): void {
    this.#sample.add(values);
    for (let row = 0; row < values.length; row++) {
      if (values[row] < this.#low) this.#low = values[row];
      if (values[row] > this.#high) this.#high = values[row];
    }
    for (let row = 0; row < values.length && this.#numbers !== null; row++) {
      this.#numbers.add(values[row]);
      if (this.#numbers.size > this.#most) this.#numbers = null;
    }
  }

  get isConstant(): boolean {
    return this.#low === this.#high;
  }

  /** Its cells, to be filled by a second reading. Those of few different numbers are the numbers. */
  makeColumn(cells: number): CellColumn {
    const range: NumberRange = [this.#low, this.#high];
    if (this.#numbers !== null && this.#numbers.size <= cells) {
      const numbers = Float64Array.from(this.#numbers, (value) => value + 0).sort();
      return new CellColumn(new CellFinder(numbers.slice(1), range), numbers);
    }
    return new CellColumn(new CellFinder(chooseEdges(range, this.#sample.sorted(), cells), range), null);
  }
}

/** The cells of a column with what they hold. */
export class CellColumn {
  readonly finder: CellFinder;
  readonly counts: Float64Array;
  readonly #sums: Float64Array;
  readonly #numbers: Float64Array | null;

  /** @param numbers - of each cell, where it holds one number alone */
  constructor(finder: CellFinder, numbers: Float64Array | null) {
    this.finder = finder;
    this.counts = new Float64Array(finder.numCells);
    this.#sums = new Float64Array(finder.numCells);
    this.#numbers = numbers;
  }

  /** Whether cells hold different numbers. */
  get isRounded(): boolean {
    return this.#numbers === null;
  }

  /** Takes in further rows. @returns the cell of each */
  add(values: Float64Array): Int32Array {
    const codes = this.finder.find(values);
    for (let row = 0; row < codes.length; row++) {
      this.counts[codes[row]]++;
      this.#sums[codes[row]] += values[row];
    }
    return codes;
  }

  /** The number that stands for a cell: the mean of what it holds. */
  numberOf(cell: number): number {
    return this.#numbers === null ? this.#sums[cell] / this.counts[cell] : this.#numbers[cell];
  }
}
