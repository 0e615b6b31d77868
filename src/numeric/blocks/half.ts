/** Rows and columns that `mirror` turns at once. */
const SQUARE = 32;

/** A symmetric p × p matrix, row-major, of which only the lower half is written until `mirror`. */
export class Half {
  readonly size: number;
  readonly values: Float64Array;

  /** @param values - size × size zeros to write to @defaultValue new ones */
  constructor(size: number, values: Float64Array = new Float64Array(size * size)) {
    this.size = size;
    this.values = values;
  }

  /** Adds to entries (i, j) and (j, i). */
  add(i: number, j: number, value: number): void {
    this.values[i >= j ? i * this.size + j : j * this.size + i] += value;
  }

  /** Fills the upper half, in squares that lie in the cache both ways round. */
  mirror(): Float64Array {
    const { size, values } = this;
    for (let top = 0; top < size; top += SQUARE) {
      for (let left = 0; left <= top; left += SQUARE) {
        for (let i = top; i < Math.min(top + SQUARE, size); i++) {
          for (let j = left; j < Math.min(left + SQUARE, i); j++) values[j * size + i] = values[i * size + j];
        }
      }
    }
    return values;
  }
}
