const SMALLEST_FLOAT32 = 2 ** -149;
/** Where float32 would go on after its largest number: doubles from halfway to it round to infinity. */
const AFTER_LARGEST_FLOAT32 = 2 ** 128;

const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);
const double = new Float64Array(1);
const doubleBits = new BigInt64Array(double.buffer);

/**
 * The largest double `x` whose float32 is less than `limit`, so that for every double (ties, signed zeros, subnormals and
 * infinities included) `Math.fround(x) < limit` is the same test as `x <= threshold`.
 *
 * @param limit - A float32; a double is rounded to one first.
 * @returns NaN where nothing passes: for `limit` -Infinity (and NaN), for which `x <= NaN` is false too.
 * @see IEEE 754-2019, section 4.3.1: a double halfway between two float32 rounds to the one with an even last bit.
 */
export function float64ThresholdForFloat32Less(limit: number): number {
  const above = Math.fround(limit);
  if (!(above > -Infinity)) return NaN;
  const below = float32Below(above);
  const middle = (finiteFloat32(below) + finiteFloat32(above)) / 2;
  return hasEvenLastBit(below) ? middle : float64Below(middle);
}

/** The next smaller float32. */
function float32Below(x: number): number {
  if (x === 0) return -SMALLEST_FLOAT32;
  single[0] = x;
  singleBits[0] += x > 0 ? -1 : 1;
  return single[0];
}

function hasEvenLastBit(x: number): boolean {
  single[0] = x;
  return (singleBits[0] & 1) === 0;
}

function finiteFloat32(x: number): number {
  return Math.abs(x) === Infinity ? Math.sign(x) * AFTER_LARGEST_FLOAT32 : x;
}

/**
 * The next smaller double, so that `x < limit` is the same test as `x <= float64Below(limit)`.
 *
 * @returns NaN for -Infinity and NaN, which nothing is less than.
 */
export function float64Below(x: number): number {
  if (!(x > -Infinity)) return NaN;
  if (x === 0) return -Number.MIN_VALUE;
  double[0] = x;
  doubleBits[0] += x > 0 ? -1n : 1n;
  return double[0];
}

/**
 * The largest double `x` whose float32 is at most `limit`, a double, so that for every double `Math.fround(x) <= limit` is the same
 * test as `x <= threshold`. scikit-learn's trees compare so: cells in float32, thresholds in float64.
 *
 * @returns NaN for NaN, which nothing is at most.
 */
export function float64ThresholdForFloat32AtMost(limit: number): number {
  if (Number.isNaN(limit) || limit === Infinity) return limit;
  const nearest = Math.fround(limit);
  // The smallest float32 above the limit: what is rounded to less than it is at most the limit.
  return float64ThresholdForFloat32Less(nearest > limit ? nearest : float32Above(nearest));
}

/** The next larger float32 of one that is not infinity. */
function float32Above(x: number): number {
  return -float32Below(-x);
}
