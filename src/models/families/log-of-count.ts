/** Counts below are looked up. */
const LARGEST = 1024;
const LOGARITHMS: Float64Array = Float64Array.from({ length: LARGEST }, (_, count) => Math.log(count));

/** log(y), fast where y is a small count, as most are. */
export function logOfCount(y: number): number {
  const whole = y | 0;
  return whole === y && whole < LARGEST && whole >= 0 ? LOGARITHMS[whole] : Math.log(y);
}
