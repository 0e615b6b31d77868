import { describeReceived, InputError, listNames } from "../../errors.ts";

/** Features that belong together, and these again: names of features or groups, in nested lists. */
export type Hierarchy = readonly (string | Hierarchy)[];

/** A player, or players that come and go together seen from outside. */
export type HierarchyNode = number | readonly HierarchyNode[];

/**
 * A hierarchy of players. Players that it does not name stand alone at its root.
 * @throws InputError for a name that is unknown or stands twice, or an empty list
 */
export function readHierarchy(hierarchy: Hierarchy, names: readonly string[]): HierarchyNode {
  const used = new Set<number>();
  const read = (part: unknown): HierarchyNode => {
    if (Array.isArray(part) && part.length > 0) return part.map(read);
    const player = typeof part === "string" ? names.indexOf(part) : -1;
    if (player < 0) throw fail(`made of ${listNames(names)} in nested lists`, part);
    if (used.has(player)) throw fail("made of each feature once", part);
    used.add(player);
    return player;
  };
  if (!Array.isArray(hierarchy)) throw fail('nested lists of names, or "clustered"', hierarchy);
  const root = read(hierarchy);
  const others = [...names.keys()].filter((player) => !used.has(player));
  return others.length === 0 ? root : [root, ...others];
}

function fail(expected: string, received: unknown): InputError {
  const mend = 'Write for example [["rent", "own"], ["age", "income"]], or "clustered".';
  return new InputError({ call: "kernelShap", argument: "hierarchy", expected, received: describeReceived(received), mend });
}

/** The hierarchy of the players that vary alone, in a game's own numbering; null where none of a node's does. */
export function pruneHierarchy(node: HierarchyNode, place: ReadonlyMap<number, number>): HierarchyNode | null {
  if (typeof node === "number") return place.get(node) ?? null;
  const kept = node.map((child) => pruneHierarchy(child, place)).filter((child) => child !== null);
  if (kept.length === 0) return null;
  return kept.length === 1 ? kept[0] : kept;
}
