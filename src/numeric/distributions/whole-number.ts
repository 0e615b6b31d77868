/** How far from a whole number a count may lie, absolutely or relatively, as R has it: proportion × trials may miss it by a rounding. */
const TOLERANCE = 1e-7;

/** The whole number that `y` stands for, or NaN if it is none. */
export function wholeNumber(y: number): number {
  const rounded = Math.round(y);
  return Math.abs(y - rounded) <= TOLERANCE * Math.max(1, Math.abs(y)) || rounded === y ? rounded : NaN;
}

/** The largest whole number at most `y`, where a rounding below the next one counts as that one. */
export function wholeBelow(y: number): number {
  const next = Math.ceil(y);
  return next - y <= TOLERANCE ? next : Math.floor(y);
}
