/** The whole number that `y` stands for, or NaN: a count computed as proportion × trials may miss it by a rounding (1e-7 relative, as R has it). */
export function wholeNumber(y: number): number {
  const rounded = Math.round(y);
  return Math.abs(y - rounded) <= 1e-7 * Math.max(1, Math.abs(y)) ? rounded : NaN;
}
