import type { Design, DesignCache } from "./design-cache.ts";
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
  /** Positions of the background rows. */
  readonly sources: Int32Array;
  /** Their weights; over all games of the explained row they sum to 1. */
  readonly weights: Float64Array;
  readonly link: LinkFunction;
  /** The players in whom the explained row differs from any of the sources; all others have the value 0. */
  readonly players: Int32Array;
  /** Null where fewer than two players vary: nothing is left to sample. */
  readonly design: Design | null;
  /** Pairs evaluated. */
  numPairs: number;
  /** o(S) = (v(S) − v(S̄)) / 2 of each; numPairs × outputs. */
  odd: Float64Array;
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
}

/** Pairs that a game of so many players has, the empty and the full coalition aside. */
export function countPairs(numPlayers: number): number {
  return numPlayers < 2 ? 0 : 2 ** (numPlayers - 1) - 1;
}

/** Algebra that a design may cost, in squares of players times designs: games of many players share designs. */
const MOST_ALGEBRA = 2 ** 19;
/** As many designs as do nearly all that one for each background row does. */
const ENOUGH_DESIGNS = 8;

/** The games of one explained row. */
export function makeGames(row: number, plan: GamePlan): Game[] {
  const { weights, link, numPlayers } = plan;
  const most = link.name === "identity" ? Math.max(ENOUGH_DESIGNS, Math.floor(MOST_ALGEBRA / numPlayers ** 2)) : 1;
  const count = Math.min(most, weights.length);
  return Array.from({ length: count }, (_, stream) => {
    const sources = [...weights.keys()].filter((source) => source % count === stream);
    return makeGame(row, stream, Int32Array.from(sources), plan);
  });
}

function makeGame(row: number, stream: number, sources: Int32Array, { rows, weights, link, numPlayers, designs }: GamePlan): Game {
  const differs = new Uint8Array(numPlayers);
  for (const source of sources) rows.differences(row, source, numPlayers).forEach((one, player) => (differs[player] |= one));
  const players = Int32Array.from([...differs.keys()].filter((player) => differs[player] === 1));
  return {
    row,
    sources,
    weights: Float64Array.from(sources, (source) => weights[source]),
    link,
    players,
    design: players.length < 2 ? null : designs.find(players.length, stream),
    numPairs: 0,
    odd: new Float64Array(0),
    sourceOdd: [],
    settled: players.length < 2,
  };
}
