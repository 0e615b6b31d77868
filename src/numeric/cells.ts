/** At most so many numbers say where numbers are dense. */
const SAMPLE = 8192;
/** Steps of the table that finds a number's cell. */
const STEPS = 4096;

/** Smallest and largest number. */
export type NumberRange = readonly [low: number, high: number];

/** Every number of a few, or every second of twice as many, or every fourth, …: as many as serve to find out where numbers are dense. */
export class StridedSample {
  #values: Float64Array = new Float64Array(SAMPLE);
  #count = 0;
  #stride = 1;
  /** Numbers to be passed over before the next is taken. */
  #skip = 0;

  /** Takes in further numbers. The sample is the same however they are divided. */
  add(values: Float64Array): void {
    let row = this.#skip;
    for (; row < values.length; row += this.#stride) {
      if (this.#count === SAMPLE) this.#thin();
      this.#values[this.#count++] = values[row];
    }
    this.#skip = row - values.length;
  }

  /** Of a full sample's numbers every second one stays; the one at hand would be the next of these. */
  #thin(): void {
    this.#count = SAMPLE / 2;
    for (let k = 0; k < this.#count; k++) this.#values[k] = this.#values[2 * k];
    this.#stride *= 2;
  }

  /** The sample, ascending. */
  sorted(): Float64Array {
    return this.#values.slice(0, this.#count).sort();
  }
}

/**
 * Where one cell ends and the next begins, ascending: at most `cells` − 1. Half of the cells are of equal width and half hold equally many numbers.
 *
 * @param sample - some of the numbers, ascending
 */
export function chooseEdges([low, high]: NumberRange, sample: Float64Array, cells: number): Float64Array {
  const numEqual = cells >> 1;
  const equal = Array.from({ length: numEqual - 1 }, (_, k) => low + ((high - low) * (k + 1)) / numEqual);
  const numQuantiles = cells - numEqual;
  const quantiles = Array.from({ length: numQuantiles }, (_, k) => sample[Math.floor((sample.length * (k + 0.5)) / numQuantiles)]);
  const edges = Float64Array.from([...equal, ...quantiles]).sort();
  return edges.filter((edge, k) => edge > low && (k === 0 || edge > edges[k - 1]));
}

/** Finds the cells of numbers. */
export class CellFinder {
  readonly numCells: number;
  readonly #edges: Float64Array;
  readonly #low: number;
  readonly #scale: number;
  /** Of each step of the range the edges that numbers in it may lie beyond. */
  readonly #below: Int32Array;

  /** @param edges - ascending, above the lowest number */
  constructor(edges: Float64Array, [low, high]: NumberRange) {
    this.numCells = edges.length + 1;
    this.#edges = edges;
    this.#low = low;
    this.#scale = high > low ? STEPS / (high - low) : 0;
    const below = new Int32Array(STEPS + 2);
    for (let k = 0; k < edges.length; k++) below[Math.min(Math.floor((edges[k] - low) * this.#scale), STEPS) + 1]++;
    for (let step = 0; step <= STEPS; step++) below[step + 1] += below[step];
    this.#below = below;
  }

  /** For each number, which must lie within the range, how many edges are at or below it. */
  find(values: Float64Array): Int32Array {
    const edges = this.#edges;
    const below = this.#below;
    const low = this.#low;
    const scale = this.#scale;
    const codes = new Int32Array(values.length);
    for (let row = 0; row < codes.length; row++) {
      const value = values[row];
      const step = Math.min(Math.floor((value - low) * scale), STEPS);
      let first = below[step];
      let last = below[step + 1];
      while (first < last) {
        const middle = (first + last) >>> 1;
        if (edges[middle] <= value) first = middle + 1;
        else last = middle;
      }
      codes[row] = first;
    }
    return codes;
  }
}
