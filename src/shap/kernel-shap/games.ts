import { mixSeeds, type Design, type DesignCache } from "./design-cache.ts";
import { pruneHierarchy, type HierarchyNode } from "./hierarchy.ts";
import { OrderedGame } from "./ordered-game.ts";
import type { GameEstimate } from "./paired-regression.ts";
import type { SyntheticRows } from "./synthetic-rows.ts";
import type { LinkFunction } from "./value-link.ts";

/**
 * A game of one explained row: v(S) = link(Σ over its sources of weight × prediction), with the players in S taken from the explained row and
 * the others from the source. Without a link a row's Shapley values are the sums over its games, because they are linear in v. One game for
 * each background row lets every background row have coalitions of its own: as many model rows tell more than the same coalitions over and over.
 */
export interface Game {
  /** Position of the explained row. */
  readonly row: number;
  /** Positions of the background rows, or the numbers of an imputer's draws. */
  readonly sources: Int32Array;
  /** Their weights; over all games of the explained row they sum to 1. */
  readonly weights: Float64Array;
  /** The background rows that are the empty coalition's, and their weights: the sources, unless these are draws. */
  readonly baseSources: Int32Array;
  readonly baseWeights: Float64Array;
  readonly link: LinkFunction;
  /** The players in whom the explained row differs from any of the sources; all others have the value 0. */
  readonly players: Int32Array;
  /** Null where fewer than two players vary, so that nothing is left to sample, and where orderings are gone through. */
  readonly design: Design | null;
  /** What goes through orderings of the players; null where pairs are sampled. */
  readonly ordered: OrderedGame | null;
  /** The values, where they are known without sampling. */
  readonly known: GameEstimate | null;
  /** Pairs evaluated. */
  numPairs: number;
  /** o(S) = (v(S) − v(S̄)) / 2 of each; numPairs × outputs. */
  odd: Float64Array;
  /** (v(S) + v(S̄)) / 2 of each, where interactions are asked for; numPairs × outputs. */
  even: Float64Array | null;
  /** The share of each of several sources in `odd`, to first order; none for a single source, whose share is all of it. */
  sourceOdd: Float64Array[];
  /** The game fits main effects and pairs so well that more coalitions would tell nothing. */
  settled: boolean;
}

/** What the games of all explained rows have in common. */
export interface GamePlan {
  readonly rows: SyntheticRows;
  /** Of the background rows; of sum 1. */
  readonly weights: Float64Array;
  readonly link: LinkFunction;
  readonly numPlayers: number;
  readonly designs: DesignCache;
  /** Draws of an imputer for each coalition; 0 where absent features come from background rows as they are. */
  readonly numDraws: number;
  /** The hierarchy to which orderings keep; null where pairs are sampled. */
  readonly hierarchy: HierarchyNode | null;
  readonly seed: number;
  readonly budget: number;
  /** Whether the even parts are kept, for interactions. */
  readonly keepsEven: boolean;
}

/** Pairs that a game of so many players has, the empty and the full coalition aside. */
export function countPairs(numPlayers: number): number {
  return numPlayers < 2 ? 0 : 2 ** (numPlayers - 1) - 1;
}

/** Algebra that a design may cost, in squares of players times designs: games of many players share designs. */
const MOST_ALGEBRA = 2 ** 19;
const MOST_PAIR_ALGEBRA = 2 ** 24;
/** As many designs as do nearly all that one for each background row does. */
const ENOUGH_DESIGNS = 8;

/** The games of one explained row. */
export function makeGames(row: number, plan: GamePlan): Game[] {
  const { weights, link, numDraws } = plan;
  if (numDraws > 0) return [makeImputedGame(row, plan)];
  const most = link.name === "identity" ? countDesigns(plan) : 1;
  const count = Math.min(most, weights.length);
  return Array.from({ length: count }, (_, stream) => {
    const sources = Int32Array.from([...weights.keys()].filter((source) => source % count === stream));
    const own = Float64Array.from(sources, (source) => weights[source]);
    return openGame(
      row,
      stream,
      { sources, weights: own, baseSources: sources, baseWeights: own },
      playersThatVary(row, sources, plan),
      plan,
    );
  });
}

/** Games that one explained row should have: as many as there are background rows, or fewer where their algebra would cost too much. */
export function countDesigns({ numPlayers, keepsEven }: Pick<GamePlan, "numPlayers" | "keepsEven">): number {
  // Interactions have a matrix of pairs by pairs for each design.
  if (keepsEven) return Math.max(1, Math.floor(MOST_PAIR_ALGEBRA / (numPlayers * (numPlayers - 1)) ** 2));
  return Math.max(ENOUGH_DESIGNS, Math.floor(MOST_ALGEBRA / numPlayers ** 2));
}

/** Imputed features depend on those that are present, so that every player varies. */
function makeImputedGame(row: number, plan: GamePlan): Game {
  const { weights, numPlayers, numDraws } = plan;
  const sources = Int32Array.from({ length: numDraws }, (_, draw) => draw);
  const own = new Float64Array(numDraws).fill(1 / numDraws);
  const parts = { sources, weights: own, baseSources: Int32Array.from(weights.keys()), baseWeights: weights };
  return openGame(
    row,
    0,
    parts,
    Int32Array.from({ length: numPlayers }, (_, player) => player),
    plan,
  );
}

function playersThatVary(row: number, sources: Int32Array, { rows, numPlayers }: GamePlan): Int32Array {
  const differs = new Uint8Array(numPlayers);
  for (const source of sources) rows.differences(row, source, numPlayers).forEach((one, player) => (differs[player] |= one));
  return Int32Array.from([...differs.keys()].filter((player) => differs[player] === 1));
}

export type GameSources = Pick<Game, "sources" | "weights" | "baseSources" | "baseWeights">;

/** What a game takes of a plan. */
type OpeningPlan = Pick<GamePlan, "link" | "designs" | "hierarchy" | "seed" | "budget" | "keepsEven">;

/**
 * A game that nothing is known of yet.
 * @param stream - tells apart games that are to have designs of their own @param players - those that vary
 */
export function openGame(row: number, stream: number, parts: GameSources, players: Int32Array, plan: OpeningPlan): Game {
  const { link, designs, hierarchy, seed, budget, keepsEven } = plan;
  const isOpen = players.length > 1;
  const place = new Map(Array.from(players, (player, i) => [player, i]));
  const tree = isOpen && hierarchy !== null ? pruneHierarchy(hierarchy, place) : null;
  return {
    row,
    ...parts,
    link,
    players,
    design: isOpen && tree === null ? designs.find(players.length, stream) : null,
    ordered: tree === null ? null : new OrderedGame(tree, players.length, mixSeeds(seed, stream), budget),
    known: null,
    numPairs: 0,
    odd: new Float64Array(0),
    even: keepsEven ? new Float64Array(0) : null,
    sourceOdd: [],
    settled: !isOpen,
  };
}
