import type { EffectScale } from "./term-effect.ts";

/** One of the two columns of a surface, and where along it effects are known. */
export interface SurfaceAxis {
  /** What people call the column. */
  readonly label: string;
  /** The unit of its values, for example `years`. */
  readonly unit?: string;
  /** At least two, in rising order, evenly spaced or not. */
  readonly values: readonly number[];
}

/**
 * How a model's prediction changes with two columns together: plain data, of any additive model. Grids are row-major with a row for each
 * value of `y`: the place of `x.values[i]` and `y.values[j]` is `j × x.values.length + i`.
 */
export interface SurfaceEffect {
  /** What people call the term. */
  readonly label: string;
  /** From left to right. */
  readonly x: SurfaceAxis;
  /** Upwards. */
  readonly y: SurfaceAxis;
  readonly estimates: readonly number[];
  /** Lower ends of the intervals, perhaps infinite; null where no intervals are known. */
  readonly lows: readonly number[] | null;
  /** Upper ends of the intervals, perhaps infinite; null where no intervals are known. */
  readonly highs: readonly number[] | null;
  /** Where the grid is too far from all cases to say anything: see `farFromCases`. @defaultValue nowhere */
  readonly isFar?: readonly boolean[];
  /** The cases themselves, one a place. @defaultValue not shown */
  readonly cases?: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly scale: EffectScale;
  /** What effects are measured in, as people should read it: `log-odds`, `odds ratio`, `relativity`, `€`. */
  readonly unitsLabel: string;
  /** The confidence of the intervals, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

/**
 * Which places of a grid are farther from every case than a share of the grid's width and height; row-major as in {@link SurfaceEffect}.
 * Distances are measured with both axes stretched to a length of 1.
 * @param share - of the range of each column; 0 keeps only places with a case
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
