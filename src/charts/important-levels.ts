/** A level of a factor, as far as its importance goes. */
export interface RankedLevel {
  /** Its effect on an additive scale. */
  readonly effect: number;
  /** Number of its cases; null where unknown. */
  readonly n: number | null;
  readonly isReference: boolean;
}

/**
 * Positions of the levels that have a row of their own, in the order given: all where they are at most `most`, else the reference level
 * and those that move most: by the square of their effect, times their number of cases where it is known.
 */
export function pickImportant(levels: readonly RankedLevel[], most: number): number[] {
  const positions = levels.map((_, position) => position);
  if (levels.length <= most) return positions;
  const weigh = ({ effect, n }: RankedLevel): number => effect * effect * (n ?? 1);
  const ranked = positions.sort(
    (a, b) => Number(levels[b].isReference) - Number(levels[a].isReference) || weigh(levels[b]) - weigh(levels[a]) || a - b,
  );
  return ranked.slice(0, most - 1).sort((a, b) => a - b);
}
