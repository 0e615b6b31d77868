/**
 * Which places of a grid of rising values `x` × `y` are farther from every case than a share of the grid's width and height; row-major with a
 * row for each value of `y`. Distances are measured with both axes stretched to a length of 1; cases that miss a value count nowhere.
 * @param share of the range of each column; 0 keeps only places with a case
 */
export function farFromCases(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  cases: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
  share = 0.1,
): boolean[] {
  const [width, height] = [x, y].map((values) => values[values.length - 1] - values[0] || 1);
  const far = Array.from({ length: x.length * y.length }, () => true);
  for (let row = 0; row < cases.x.length; row++) {
    const [atX, atY] = [cases.x[row], cases.y[row]];
    for (let j = firstWithin(y, atY - share * height); j < y.length && y[j] <= atY + share * height; j++) {
      const upright = (y[j] - atY) / height;
      const reach = width * Math.sqrt(Math.max(0, share * share - upright * upright));
      for (let i = firstWithin(x, atX - reach); i < x.length && x[i] <= atX + reach; i++) far[j * x.length + i] = false;
    }
  }
  return far;
}

/** The first position of a rising list whose value is not below `least`. */
function firstWithin(values: ArrayLike<number>, least: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
