/** Counts below are looked up. */
const LARGEST = 1024;
const LOGARITHMS: Float64Array = Float64Array.from({ length: LARGEST }, (_, count) => Math.log(count));
/** The same but for 0 at 0. */
const LOGARITHMS_OR_ZERO: Float64Array = LOGARITHMS.map((value, count) => (count === 0 ? 0 : value));

/** log(y), fast where y is a small count, as most are. */
export function logOfCount(y: number): number {
  const whole = y | 0;
  return whole === y && whole < LARGEST && whole >= 0 ? LOGARITHMS[whole] : Math.log(y);
}

/** The same but for 0 at 0, so that y log(y) needs no branch. */
export function logOfCountOrZero(y: number): number {
  const whole = y | 0;
  return whole === y && whole < LARGEST && whole >= 0 ? LOGARITHMS_OR_ZERO[whole] : Math.log(y);
}
