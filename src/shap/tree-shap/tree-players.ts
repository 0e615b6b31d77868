import { sourcesOf, type TreeEnsemble } from "../../trees/index.ts";
import type { ExplainedFeature } from "../explanation.ts";
import { choosePlayers, type Players } from "../players.ts";

/** Players of a tree game, some of whom may stand for several others together. */
export interface TreePlayers extends Players {
  /** Players whose values belong to others in equal parts: they stand last. Empty for most models. */
  readonly shared: readonly SharedPlayer[];
}

/** A player that stands for what a model made of several features together. */
export interface SharedPlayer {
  readonly player: number;
  readonly among: readonly number[];
}

/**
 * Players for every column that trees test. Columns that a model derives from one player's features (CatBoost's statistics of categories)
 * are that player's; those that it derives from several players together become players of their own, to be shared out in the end.
 */
export function chooseTreePlayers(ensemble: TreeEnsemble, groups?: Readonly<Record<string, readonly string[]>>): TreePlayers {
  const own = choosePlayers("treeShap", ensemble.featureNames, groups);
  const derived = ensemble.derivedColumns;
  if (derived === null) return { ...own, shared: [] };
  const shared: SharedPlayer[] = [];
  const known = new Map<string, number>();
  const playerOfDerived = derived.columns.map((_, column) => {
    const among = [...new Set(sourcesOf(derived, column).map((feature) => own.playerOf[feature]))].sort((a, b) => a - b);
    if (among.length === 1) return among[0];
    const key = among.join(" ");
    const found = known.get(key);
    if (found !== undefined) return found;
    const player = own.features.length + shared.length;
    shared.push({ player, among });
    known.set(key, player);
    return player;
  });
  const columnsOf = (among: readonly number[]): string[] => among.flatMap((player) => own.features[player].columns);
  return {
    features: [
      ...own.features,
      ...shared.map(({ among }) => ({ name: among.map((player) => own.features[player].name).join(" × "), columns: columnsOf(among) })),
    ],
    playerOf: Int32Array.from([...own.playerOf, ...playerOfDerived]),
    describe(data): ExplainedFeature[] {
      const features = own.describe(data);
      const of = (among: readonly number[], pick: (feature: ExplainedFeature) => string): string =>
        among.map((player) => pick(features[player])).join(" × ");
      const together = shared.map(({ among }) => ({
        name: of(among, ({ name }) => name),
        label: of(among, ({ label }) => label),
        columns: columnsOf(among),
      }));
      return [...features, ...together];
    },
    shared,
  };
}
