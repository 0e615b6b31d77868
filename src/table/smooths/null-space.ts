/**
 * Turns the directions that a penalty does not see among themselves. Any basis of their space would do, but where each gets a penalty of its
 * own, or a length of its own, it matters which. This is the basis that the tridiagonal reduction of LAPACK, and so mgcv, mostly ends at
 * (its own rounding decides): the last direction has nothing of the first coordinate, nor the ones before it of the next, and so on.
 *
 * @param free - size × count, orthonormal columns; written over
 */
export function turnFree(free: Float64Array, size: number): Float64Array {
  const count = free.length / size;
  let row = 0;
  for (let width = count; width > 1 && row < size; row++) {
    const own = Float64Array.from({ length: width }, (_, j) => free[row * count + count - width + j]);
    const length = Math.hypot(...own);
    if (length < 1e-8) continue;
    own[0] += own[0] < 0 ? -length : length;
    const squares = own.reduce((sum, value) => sum + value * value, 0);
    for (let i = 0; i < size; i++) {
      let product = 0;
      for (let j = 0; j < width; j++) product += own[j] * free[i * count + count - width + j];
      const share = (2 * product) / squares;
      for (let j = 0; j < width; j++) free[i * count + count - width + j] -= share * own[j];
    }
    width--;
  }
  return free;
}
