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
  /** Whether rows were moved to points nearby. @defaultValue false */
  readonly isRounded?: boolean;
}

/** Up to so many points are found by hashing; beyond, memory is read in no order, and sorting is quicker. */
const MOST_HASHED = 2 ** 16;

/**
 * Finds the different points of rows, in one pass and a sort of the points where they are few. −0 and 0 are the same number.
 *
 * @param columns - one array a coordinate, at least one, all finite
 */
export function findDistinctPoints(columns: readonly Float64Array[]): DistinctPoints {
  const hashed = new PointTable(columns).readRows();
  const { ranks: codes, count } = hashed === null ? rankRows(columns) : rankHashed(columns, hashed);
  const counts = new Float64Array(count);
  const firstRows = new Int32Array(count);
  for (let row = codes.length - 1; row >= 0; row--) {
    counts[codes[row]]++;
    firstRows[codes[row]] = row;
  }
  return { coordinates: columns.map((values) => takeRows(values, firstRows)), counts, codes, firstRows };
}

/** What numbers or points come to when they are put in order: the place of each among the different ones. */
interface Ranks {
  readonly ranks: Int32Array;
  readonly count: number;
}

/** The numbers of some rows, without a sign of 0. */
function takeRows(values: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = values[rows[i]] + 0;
  return taken;
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

  /** Points in the order in which they come, and the point of each row; null where there are too many. */
  readRows(): { codes: Int32Array; firstRows: Int32Array } | null {
    const codes = new Int32Array(this.#numRows);
    for (let row = 0; row < codes.length; row++) {
      let slot = this.#findSlot(row);
      if (this.#slots[slot] < 0 && this.#count === MOST_HASHED) return null;
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

/** The rows of points that were found by hashing, by the order of the points. */
function rankHashed(columns: readonly Float64Array[], { codes, firstRows }: { codes: Int32Array; firstRows: Int32Array }): Ranks {
  const { ranks, count } = rankRows(columns.map((values) => takeRows(values, firstRows)));
  for (let row = 0; row < codes.length; row++) codes[row] = ranks[codes[row]];
  return { ranks: codes, count };
}

/** The place of each row's point among the different ones, in lexicographic order. */
function rankRows(columns: readonly Float64Array[]): Ranks {
  let found = rankNumbers(columns[0]);
  for (const values of columns.slice(1)) {
    const { ranks } = found;
    const next = rankNumbers(values);
    // Both counts are below 2^26 in any memory: the number of a pair is exact.
    const keys = new Float64Array(ranks.length);
    for (let row = 0; row < keys.length; row++) keys[row] = ranks[row] * next.count + next.ranks[row];
    found = rankNumbers(keys);
  }
  return found;
}

/** The place of each number among the different ones, ascending. */
function rankNumbers(numbers: Float64Array): Ranks {
  const sorted = numbers.slice();
  for (let i = 0; i < sorted.length; i++) sorted[i] += 0; // a sort would tell the zeros apart
  sorted.sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i];
  const ranks = new Int32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i];
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle] < value) low = middle + 1;
      else high = middle;
    }
    ranks[i] = low;
  }
  return { ranks, count };
}
