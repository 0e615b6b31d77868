/** Steps between 1 and 2. */
const STEPS = 64;
/** 1 / (1 + j / 64) and log(1 + j / 64). */
const INVERSES: Float64Array = Float64Array.from({ length: STEPS + 1 }, (_, j) => 1 / (1 + j / STEPS));
const LOGARITHMS: Float64Array = Float64Array.from({ length: STEPS + 1 }, (_, j) => Math.log1p(j / STEPS));

/**
 * log(1 + x) for 0 ≤ x ≤ 1 to 2 units in the last place, faster than `Math.log1p`: for loops over rows, into which it is inlined.
 * @see Tang (1990), Table-driven implementation of the logarithm function, doi:10.1145/98267.98294
 */
export function logOnePlus(x: number): number {
  const j = (x * STEPS + 0.5) | 0;
  const r = (x - j / STEPS) * INVERSES[j];
  return LOGARITHMS[j] + r * (1 - r * (1 / 2 - r * (1 / 3 - r * (1 / 4 - r * (1 / 5 - r * (1 / 6 - r * (1 / 7)))))));
}
