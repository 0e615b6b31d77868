/**
 * At most `most` of the positions 0 to count - 1, evenly spaced, always with the first and the last: of things that are sorted,
 * it keeps the extremes and the shape of the distribution.
 */
export function pickEvenly(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, position) => position);
  return Array.from({ length: most }, (_, k) => Math.round((k * (count - 1)) / Math.max(1, most - 1)));
}
