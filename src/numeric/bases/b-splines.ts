/** A knot sequence whose ends stand degree + 1 times: the basis has knots.length − degree − 1 functions. */
export interface KnotSequence {
  readonly degree: number;
  readonly knots: Float64Array;
}

/** The sequence of these interior knots (ascending, within the boundary). */
export function makeKnotSequence(interior: readonly number[], boundary: readonly [number, number], degree: number): KnotSequence {
  const end = (at: number): number[] => Array.from({ length: degree + 1 }, () => at);
  return { degree, knots: Float64Array.from([...end(boundary[0]), ...interior, ...end(boundary[1])]) };
}

/**
 * B-splines at each number: one array a function. Beyond the boundary the outermost polynomial pieces go on.
 *
 * @param boundary - the ends, with all interior knots between them
 * @see de Boor (1978), A Practical Guide to Splines, chapter X
 */
export function evaluateBSplines(
  interior: readonly number[],
  boundary: readonly [number, number],
  degree: number,
  x: Float64Array,
): Float64Array[] {
  const sequence = makeKnotSequence(interior, boundary, degree);
  const columns = Array.from({ length: interior.length + degree + 1 }, () => new Float64Array(x.length));
  const values = new Float64Array(degree + 1);
  for (let i = 0; i < x.length; i++) {
    const interval = findInterval(sequence, x[i]);
    evaluateAt(sequence.knots, degree, interval, x[i], values);
    for (let k = 0; k <= degree; k++) columns[interval - degree + k][i] = values[k];
  }
  return columns;
}

/** The position of the knot that begins the interval a number falls in: one of the two outermost where it falls beyond. */
export function findInterval({ knots, degree }: KnotSequence, x: number): number {
  let low = degree;
  let high = knots.length - degree - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (x >= knots[middle]) low = middle;
    else high = middle - 1;
  }
  // Where interior knots stand on the boundary, the outermost interval that is longer than nothing.
  while (low > degree && knots[low] === knots[low + 1]) low--;
  while (knots[low] === knots[low + 1]) low++;
  return low;
}

/** Writes the degree + 1 functions that are not zero in an interval, by the recurrence of Cox and de Boor. */
export function evaluateAt(knots: Float64Array, degree: number, interval: number, x: number, values: Float64Array): void {
  values[0] = 1;
  for (let j = 1; j <= degree; j++) {
    let saved = 0;
    for (let r = 0; r < j; r++) {
      const right = knots[interval + r + 1] - x;
      const left = x - knots[interval + 1 - j + r];
      const share = values[r] / (right + left);
      values[r] = saved + right * share;
      saved = left * share;
    }
    values[j] = saved;
  }
}

/** The derivatives of some order of the degree + 1 functions that are not zero in an interval. */
export function differentiateAt({ knots, degree }: KnotSequence, interval: number, x: number, order: number): Float64Array {
  const lower = degree - order;
  let values: Float64Array = new Float64Array(degree + 1);
  evaluateAt(knots, lower, interval, x, values);
  for (let q = lower + 1; q <= degree; q++) {
    const raised = new Float64Array(degree + 1);
    for (let k = 0; k <= q; k++) {
      const first = interval - q + k;
      const own = k === 0 ? 0 : values[k - 1] / (knots[first + q] - knots[first]);
      const next = k === q ? 0 : values[k] / (knots[first + q + 1] - knots[first + 1]);
      raised[k] = q * (own - next);
    }
    values = raised;
  }
  return values;
}
