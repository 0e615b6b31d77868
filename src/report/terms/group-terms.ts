import type { DesignTerm } from "../../table/index.ts";

/** Terms that share columns, and so can only be told together. */
export interface TermGroup {
  /** Positions among the terms. */
  readonly terms: readonly number[];
  /** In order of appearance. */
  readonly columns: readonly string[];
}

/** Puts terms that share a column into one group, in order of appearance: `age`, `sex:age` and `sex`. */
export function groupTerms(terms: readonly DesignTerm[]): TermGroup[] {
  let groups: TermGroup[] = [];
  for (const [position, { variables }] of terms.entries()) {
    const touched = groups.filter(({ columns }) => columns.some((column) => variables.includes(column)));
    const joined: TermGroup = {
      terms: [...touched.flatMap((group) => group.terms), position],
      columns: [...new Set([...touched.flatMap((group) => group.columns), ...variables])],
    };
    const first = touched.length > 0 ? groups.indexOf(touched[0]) : groups.length;
    groups = [...groups.slice(0, first), joined, ...groups.slice(first + 1).filter((group) => !touched.includes(group))];
  }
  return groups;
}
