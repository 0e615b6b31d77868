/** Runs shorter than this are not worth taking out of turn. */
const SHORTEST = 32;

/**
 * An order of columns in which the longest run of neighbours that are all orthogonal to each other, such as the levels of a factor, comes
 * first: eliminating it costs nothing, and what is left is smaller.
 *
 * @param gram - size × size; its lower half is read
 * @returns the column at each place, and how many of the first are orthogonal: a multiple of 4, 0 where there is no long run
 */
export function orthogonalFirst(gram: Float64Array, size: number): { readonly order: Int32Array; readonly numOrthogonal: number } {
  let [best, length] = [0, 0];
  for (let j = 0, start = 0; j < size; j++) {
    for (let k = j - 1; k >= start; k--) {
      if (gram[j * size + k] !== 0) start = k + 1;
    }
    if (j + 1 - start > length) [best, length] = [start, j + 1 - start];
  }
  const numOrthogonal = length < SHORTEST ? 0 : length - (length % 4);
  const order = Int32Array.from({ length: size }, (_, place) => {
    if (place < numOrthogonal) return best + place;
    return place - numOrthogonal < best ? place - numOrthogonal : place;
  });
  return { order, numOrthogonal };
}
