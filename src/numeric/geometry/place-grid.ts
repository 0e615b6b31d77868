/**
 * Places between 0 and 1 in every direction, found by the cells of a grid as wide as what counts as near: for other places, one at a time.
 * `farFromCases` asks the same of all places of a plane's grid.
 */
export class PlaceGrid {
  readonly #places: readonly Float64Array[];
  readonly #reach: number;
  readonly #cells: Map<number, number[]> = new Map();

  /** @param places - one array a direction, at most a dozen @param reach - at least 0.08 */
  constructor(places: readonly Float64Array[], reach: number) {
    this.#places = places;
    this.#reach = reach;
    const place = new Float64Array(places.length);
    for (let k = 0; k < places[0].length; k++) {
      places.forEach((values, axis) => (place[axis] = values[k]));
      const key = keyOf(this.#cellOf(place));
      const members = this.#cells.get(key);
      if (members) members.push(k);
      else this.#cells.set(key, [k]);
    }
  }

  /** Whether one of the places is within reach, in Euclidean distance. @param place - between 0 and 1 in every direction */
  hasNear(place: Float64Array): boolean {
    const center = this.#cellOf(place);
    const axes = center.length;
    for (let step = 0; step < 3 ** axes; step++) {
      const cell = center.map((value, axis) => value + (Math.floor(step / 3 ** axis) % 3) - 1);
      if (this.#cells.get(keyOf(cell))?.some((member) => this.#isNear(member, place))) return true;
    }
    return false;
  }

  #cellOf(place: Float64Array): Float64Array {
    return place.map((value) => Math.floor(value / this.#reach));
  }

  #isNear(member: number, place: Float64Array): boolean {
    let sum = 0;
    for (let axis = 0; axis < place.length; axis++) sum += (this.#places[axis][member] - place[axis]) ** 2;
    return sum <= this.#reach * this.#reach;
  }
}

/** Cells run from −1 to 13. */
function keyOf(cell: Float64Array): number {
  let key = 0;
  for (let axis = 0; axis < cell.length; axis++) key = key * 16 + cell[axis] + 2;
  return key;
}
