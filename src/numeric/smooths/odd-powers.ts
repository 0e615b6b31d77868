/** Binomial coefficients of a row of Pascal's triangle. */
function binomials(power: number): Float64Array {
  const row = new Float64Array(power + 1);
  row[0] = 1;
  for (let round = 1; round <= power; round++) for (let q = round; q > 0; q--) row[q] += row[q - 1];
  return row;
}

/**
 * Moments Σ v_i d_i^q, q = 0 … power, of columns of weights at points on one side, d_i ≥ 0 their distances from where the sums stand: one
 * array of `width` sums a moment. To step away from the points adds nothing but positive multiples, so that rounding stays what it is in the
 * sums themselves.
 */
class OneSidedMoments {
  readonly sums: readonly Float64Array[];

  constructor(power: number, width: number) {
    this.sums = Array.from({ length: power + 1 }, () => new Float64Array(width));
  }

  /** Adds a point at distance 0. */
  add(weights: Float64Array, at: number): void {
    const [zeroth] = this.sums;
    for (let c = 0; c < zeroth.length; c++) zeroth[c] += weights[at + c];
  }

  /** Moves all distances by `step`: a Taylor shift, as repeated sums. */
  move(step: number): void {
    const { sums } = this;
    const power = sums.length - 1;
    for (let round = 0; round < power; round++) {
      for (let q = power; q > round; q--) {
        const [into, from] = [sums[q], sums[q - 1]];
        for (let c = 0; c < into.length; c++) into[c] += step * from[c];
      }
    }
  }
}

/**
 * Σ_j scale |x_i − x_j|^power v_j for columns of weights v, in time of order points × columns.
 *
 * @param points - ascending
 * @param power - odd
 * @param weights - points × width, row-major
 */
export function multiplyByPowers(
  points: Float64Array,
  power: number,
  scale: number,
  weights: Float64Array,
  width: number,
  out: Float64Array,
): void {
  const size = points.length;
  out.fill(0);
  for (const isForward of [true, false]) {
    const moments = new OneSidedMoments(power, width);
    const top = moments.sums[power];
    for (let turn = 0; turn < size; turn++) {
      const i = isForward ? turn : size - 1 - turn;
      if (turn > 0) moments.move(Math.abs(points[i] - points[isForward ? i - 1 : i + 1]));
      for (let c = 0; c < width; c++) out[i * width + c] += scale * top[c];
      moments.add(weights, i * width);
    }
  }
}

/** The sums Σ_j scale |x − x_j|^power v_j as functions of x: a polynomial on each interval between points, and on both sides. */
export interface PowerPieces {
  readonly power: number;
  readonly width: number;
  /** Ascending. Piece g begins at origin g − 1; piece 0 has origin 0 too. */
  readonly origins: Float64Array;
  /** Pieces × (power + 1) × width: of each piece and power of x − origin, a coefficient a column. */
  readonly coefficients: Float64Array;
}

/** Makes the pieces. @param points - ascending @param power - odd @param weights - points × width, row-major */
export function findPowerPieces(points: Float64Array, power: number, scale: number, weights: Float64Array, width: number): PowerPieces {
  const size = points.length;
  const choose = binomials(power);
  const coefficients = new Float64Array((size + 1) * (power + 1) * width);
  const addSide = (piece: number, moments: OneSidedMoments, isRight: boolean): void => {
    for (let s = 0; s <= power; s++) {
      const factor = (isRight && s % 2 === 1 ? -scale : scale) * choose[s];
      const from = moments.sums[power - s];
      const at = (piece * (power + 1) + s) * width;
      for (let c = 0; c < width; c++) coefficients[at + c] += factor * from[c];
    }
  };
  const left = new OneSidedMoments(power, width);
  for (let i = 0; i < size; i++) {
    if (i > 0) left.move(points[i] - points[i - 1]);
    left.add(weights, i * width);
    addSide(i + 1, left, false);
  }
  const right = new OneSidedMoments(power, width);
  for (let i = size - 1; i >= 0; i--) {
    addSide(i + 1, right, true);
    right.add(weights, i * width);
    if (i > 0) right.move(points[i] - points[i - 1]);
  }
  addSide(0, right, true);
  return { power, width, origins: points, coefficients };
}

/** Writes the sums at numbers: `width` a number, from `stride` to `stride`. */
export function evaluatePowerPieces(pieces: PowerPieces, x: Float64Array, stride: number, rows: Float64Array): void {
  const { power, width, origins, coefficients } = pieces;
  for (let i = 0; i < x.length; i++) {
    const piece = countNotAbove(origins, x[i]);
    const t = x[i] - origins[piece === 0 ? 0 : piece - 1];
    const to = i * stride;
    for (let s = power, at = (piece * (power + 1) + power) * width; s >= 0; s--, at -= width) {
      for (let c = 0; c < width; c++) rows[to + c] = rows[to + c] * t + coefficients[at + c];
    }
  }
}

/** How many of ascending numbers are no larger than x. */
function countNotAbove(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
