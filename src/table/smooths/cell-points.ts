import type { BasisPoints } from "../../numeric/index.ts";
import type { CellColumn } from "./cell-columns.ts";

/** Up to so many combinations of cells are counted in a table; more are hashed. */
const MOST_TABLED = 2 ** 22;

/** The combinations of cells of some columns, with how many rows have each. */
export class CellPoints {
  readonly #columns: readonly CellColumn[];
  readonly #counts: Float64Array | Map<number, number>;
  #finished: { readonly points: BasisPoints; readonly placeOf: Int32Array | Map<number, number> } | null = null;

  constructor(columns: readonly CellColumn[]) {
    this.#columns = columns;
    const size = columns.reduce((product, { finder }) => product * finder.numCells, 1);
    this.#counts = size <= MOST_TABLED ? new Float64Array(size) : new Map();
  }

  /** Takes in further rows. @param codes - the cell of each row, of each column */
  add(codes: readonly Int32Array[]): void {
    const keys = this.#keysOf(codes);
    const counts = this.#counts;
    if (counts instanceof Map) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    else for (let row = 0; row < keys.length; row++) counts[keys[row]]++;
  }

  /** The points that rows have, in lexicographic order. */
  get points(): BasisPoints {
    return this.#finish().points;
  }

  /** The point of each row. @param codes - as in {@link add} */
  find(codes: readonly Int32Array[]): Int32Array {
    const { placeOf } = this.#finish();
    const keys = this.#keysOf(codes);
    if (placeOf instanceof Map) return Int32Array.from(keys, (key) => placeOf.get(key)!);
    const places = new Int32Array(keys.length);
    for (let row = 0; row < places.length; row++) places[row] = placeOf[keys[row]];
    return places;
  }

  /** A number for each combination of cells, the last column's changing fastest. */
  #keysOf(codes: readonly Int32Array[]): Float64Array | Int32Array {
    if (codes.length === 1) return codes[0];
    const keys = Float64Array.from(codes[0]);
    codes.slice(1).forEach((own, k) => {
      const { numCells } = this.#columns[k + 1].finder;
      for (let row = 0; row < keys.length; row++) keys[row] = keys[row] * numCells + own[row];
    });
    return keys;
  }

  #finish(): { readonly points: BasisPoints; readonly placeOf: Int32Array | Map<number, number> } {
    if (this.#finished !== null) return this.#finished;
    const counts = this.#counts;
    const countOf = (key: number): number => (counts instanceof Map ? counts.get(key)! : counts[key]);
    const keys = Float64Array.from([...counts.keys()].filter((key) => countOf(key) > 0)).sort();
    const placeOf = counts instanceof Map ? new Map<number, number>() : new Int32Array(counts.length);
    keys.forEach((key, place) => (placeOf instanceof Map ? placeOf.set(key, place) : (placeOf[key] = place)));
    let step = 1;
    const coordinates = [...this.#columns]
      .reverse()
      .map((column) => {
        const { numCells } = column.finder;
        const divisor = step;
        step *= numCells;
        return Float64Array.from(keys, (key) => column.numberOf(Math.floor(key / divisor) % numCells));
      })
      .reverse();
    const isRounded = this.#columns.length === 1 && this.#columns[0].isRounded;
    return (this.#finished = { points: { coordinates, counts: Float64Array.from(keys, countOf), isRounded }, placeOf });
  }
}
