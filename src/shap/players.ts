import { InputError, listNames } from "../errors.ts";
import type { Table } from "../table/index.ts";
import type { ExplainedFeature } from "./explanation.ts";
import { featureLabel } from "./explanation-readings.ts";

/** The players of a Shapley game: groups of columns, or single columns. */
export interface Players {
  /** Name and columns of each player, in the columns' order. */
  readonly features: readonly { readonly name: string; readonly columns: readonly string[] }[];
  /** The player of each column. */
  readonly playerOf: Int32Array;
  /** The players with what people call them. */
  describe(data: Table): ExplainedFeature[];
}

/**
 * Makes players of columns.
 * @param groups - columns to treat as one; the others stay alone
 * @throws InputError for an unknown column, one in two groups, an empty group, or a group named as a column outside it
 */
export function choosePlayers(call: string, columns: readonly string[], groups: Readonly<Record<string, readonly string[]>> = {}): Players {
  const groupOf = new Map<string, string>();
  for (const [group, members] of Object.entries(groups)) {
    if (members.length === 0) throw groupError(call, group, "not empty", "no columns", "Leave the group out, or name its columns.");
    if (columns.includes(group) && !members.includes(group)) {
      throw groupError(call, group, "named unlike any column outside it", "a column's name", "Choose another name for the group.");
    }
    for (const member of members) {
      if (!columns.includes(member)) {
        throw groupError(call, group, `made of the model's columns (${listNames(columns)})`, JSON.stringify(member), "Correct the name.");
      }
      if (groupOf.has(member))
        throw groupError(call, group, "made of columns of its own", JSON.stringify(member), "Name each column in one group only.");
      groupOf.set(member, group);
    }
  }
  const features: { name: string; columns: string[] }[] = [];
  const indexOf = new Map<string, number>();
  const playerOf = Int32Array.from(columns, (column) => {
    const name = groupOf.get(column) ?? column;
    const player = indexOf.get(name) ?? features.push({ name, columns: [] }) - 1;
    indexOf.set(name, player);
    features[player].columns.push(column);
    return player;
  });
  const describe = (data: Table): ExplainedFeature[] =>
    features.map((feature) => ({
      ...feature,
      label: featureLabel(
        feature.name,
        feature.columns.map((name) => data.column(name)),
      ),
    }));
  return { features, playerOf, describe };
}

function groupError(call: string, group: string, expected: string, received: string, mend: string): InputError {
  return new InputError({ call, argument: `group ${JSON.stringify(group)}`, expected, received, mend });
}
