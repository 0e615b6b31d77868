/** The different points among the rows of some columns. */
export interface DistinctPoints {
  /** One array a coordinate, the points in lexicographic order. */
  readonly coordinates: readonly Float64Array[];
  /** How many rows each point has. */
  readonly counts: Float64Array;
  /** The point of each row. */
  readonly codes: Int32Array;
  /** A row of each point: the first. */
  readonly firstRows: Int32Array;
}

/**
 * Finds the different points of rows, in one pass and a sort of the points. −0 and 0 are the same number.
 *
 * @param columns - one array a coordinate, at least one, all finite
 */
export function findDistinctPoints(columns: readonly Float64Array[]): DistinctPoints {
  const found = new PointTable(columns).readRows();
  const order = orderPoints(columns, found.firstRows);
  const { codes } = found;
  const numPoints = order.length;
  const placeOf = new Int32Array(numPoints);
  for (let place = 0; place < numPoints; place++) placeOf[order[place]] = place;
  const counts = new Float64Array(numPoints);
  for (let row = 0; row < codes.length; row++) counts[(codes[row] = placeOf[codes[row]])]++;
  const firstRows = Int32Array.from(order, (point) => found.firstRows[point]);
  return { coordinates: columns.map((values) => Float64Array.from(firstRows, (row) => values[row] + 0)), counts, codes, firstRows };
}

/** A hash table of points with open addressing: rows are compared by their numbers, never by the hash alone. */
class PointTable {
  readonly #columns: readonly Float64Array[];
  readonly #words: readonly Int32Array[];
  readonly #numRows: number;
  #slots: Int32Array = new Int32Array(1024).fill(-1);
  #firstRows: Int32Array = new Int32Array(512);
  #count = 0;

  constructor(columns: readonly Float64Array[]) {
    this.#columns = columns;
    this.#words = columns.map((values) => new Int32Array(values.buffer, values.byteOffset, 2 * values.length));
    this.#numRows = columns[0].length;
  }

  /** Points in the order in which they come, and the point of each row. */
  readRows(): { codes: Int32Array; firstRows: Int32Array } {
    const codes = new Int32Array(this.#numRows);
    for (let row = 0; row < codes.length; row++) {
      let slot = this.#findSlot(row);
      if (this.#slots[slot] < 0 && this.#count === this.#firstRows.length) {
        this.#grow();
        slot = this.#findSlot(row);
      }
      if (this.#slots[slot] < 0) {
        this.#firstRows[this.#count] = row;
        this.#slots[slot] = this.#count++;
      }
      codes[row] = this.#slots[slot];
    }
    return { codes, firstRows: this.#firstRows.slice(0, this.#count) };
  }

  /** Where the point of a row stands, or would stand. */
  #findSlot(row: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = this.#hash(row) & mask;
    while (slots[slot] >= 0 && !this.#isSame(this.#firstRows[slots[slot]], row)) slot = (slot + 1) & mask;
    return slot;
  }

  #hash(row: number): number {
    let hash = 0;
    for (let k = 0; k < this.#columns.length; k++) {
      if (this.#columns[k][row] === 0) continue; // of both zeros
      const words = this.#words[k];
      hash = Math.imul(hash ^ words[2 * row], 0x9e3779b1);
      hash = Math.imul(hash ^ (hash >>> 15) ^ words[2 * row + 1], 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    return hash ^ (hash >>> 16);
  }

  #isSame(one: number, other: number): boolean {
    for (let k = 0; k < this.#columns.length; k++) if (this.#columns[k][one] !== this.#columns[k][other]) return false;
    return true;
  }

  #grow(): void {
    const firstRows = new Int32Array(4 * this.#firstRows.length);
    firstRows.set(this.#firstRows);
    this.#firstRows = firstRows;
    this.#slots = new Int32Array(2 * firstRows.length).fill(-1);
    for (let point = 0; point < this.#count; point++) this.#slots[this.#findSlot(firstRows[point])] = point;
  }
}

/** The points in lexicographic order. */
function orderPoints(columns: readonly Float64Array[], rows: Int32Array): Int32Array {
  let ranks = rankNumbers(Float64Array.from(rows, (row) => columns[0][row] + 0));
  for (const values of columns.slice(1)) {
    const next = rankNumbers(Float64Array.from(rows, (row) => values[row] + 0));
    // Ranks are below the number of points, itself below 2^26 in any memory: the number of a pair is exact.
    const keys = new Float64Array(rows.length);
    for (let point = 0; point < keys.length; point++) keys[point] = ranks[point] * rows.length + next[point];
    ranks = rankNumbers(keys);
  }
  const order = new Int32Array(rows.length);
  for (let point = 0; point < order.length; point++) order[ranks[point]] = point;
  return order;
}

/** The position of each number among the different ones, ascending. */
function rankNumbers(numbers: Float64Array): Int32Array {
  const sorted = numbers.slice().sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i];
  const ranks = new Int32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < numbers[i]) low = middle + 1;
      else high = middle;
    }
    ranks[i] = low;
  }
  return ranks;
}
