/**
 * The order of levels that nobody gave: by UTF-16 code unit, so "A10" comes before "A2" and capitals before small letters.
 * It depends on the set of texts alone: not on the machine's language, nor on which row comes first.
 */
export function sortLevels(levels: Iterable<string>): string[] {
  return [...levels].sort(); // the default comparison of strings is by code unit
}

/** The code of each level: its position in the list. */
export function codesByLevel(levels: readonly string[]): Map<string, number> {
  return new Map(levels.map((level, code) => [level, code]));
}
