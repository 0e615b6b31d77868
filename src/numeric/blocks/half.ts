/** A symmetric p × p matrix, row-major, of which only the lower half is written until `mirror`. */
export class Half {
  readonly size: number;
  readonly values: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.values = new Float64Array(size * size);
  }

  /** Adds to entries (i, j) and (j, i). */
  add(i: number, j: number, value: number): void {
    this.values[i >= j ? i * this.size + j : j * this.size + i] += value;
  }

  /** Fills the upper half. */
  mirror(): Float64Array {
    const { size, values } = this;
    for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) values[j * size + i] = values[i * size + j];
    return values;
  }
}
