import { complement, hasPlayer } from "./coalition-bits.ts";
import { evaluateTasks, MOST_REQUESTS, type Evaluation, type Task } from "./evaluate-tasks.ts";
import { valueCoalition } from "./game-value.ts";
import { findEnds } from "./game-ends.ts";
import { countPairs, type Game } from "./games.ts";

/** The games of an explained row, and how many coalitions each should have. */
export interface OpenRow {
  readonly games: readonly Game[];
  readonly prediction: Float64Array;
  readonly coalitions: number;
}

/** Evaluates the games of some rows. */
export async function evaluateGames(evaluation: Evaluation, rows: readonly OpenRow[], bases: Float64Array): Promise<void> {
  await evaluateTasks(evaluation, makeTasks(rows, bases));
}

/** What is left to evaluate of some rows. */
export function* makeTasks(rows: readonly OpenRow[], bases: Float64Array): Generator<Task> {
  for (const { games, prediction, coalitions } of rows) {
    for (const game of games) {
      if (game.settled) continue;
      if (game.ordered) yield* game.ordered.tasks(game, findEnds(game, bases, prediction), coalitions);
      // The empty and the full coalition need no pair.
      if (game.design) yield* pairTasks(game, Math.min(countPairs(game.players.length), Math.floor(coalitions / 2) - 1));
    }
  }
}

function* pairTasks(game: Game, to: number): Generator<Task> {
  if (to <= game.numPairs) return;
  game.design!.sampler.grow(to);
  const atOnce = Math.max(1, Math.floor(MOST_REQUESTS / (2 * game.sources.length)));
  for (let from = game.numPairs; from < to; from += atOnce) yield pairTask(game, from, Math.min(to, from + atOnce));
}

/** Pairs `from` up to, but not with, `to` of a game: the coalition and its complement, one after the other. */
function pairTask(game: Game, from: number, to: number): Task {
  return {
    row: game.row,
    sources: game.sources,
    numCoalitions: 2 * (to - from),
    writeCoalition: (index, mask) => writeCoalition(game, 2 * from + index, mask),
    take: (answers, outputs) => takeAnswers(game, from, to, answers, outputs),
  };
}

/** A coalition of a game among all players: that of pair `side / 2`, or for an odd `side` its complement. */
function writeCoalition({ design, players }: Game, side: number, mask: Uint32Array): void {
  const { masks, words, numPlayers } = design!.sampler;
  const start = (side >> 1) * words;
  const isComplement = (side & 1) === 1;
  mask.fill(0);
  if (players[numPlayers - 1] === numPlayers - 1) {
    // Every player up to the last varies: the game's own bits are the players'.
    mask.set(masks.subarray(start, start + words));
    if (isComplement) complement(mask, 0, numPlayers);
    return;
  }
  for (let i = 0; i < numPlayers; i++) {
    if (hasPlayer(masks, start, i) !== isComplement) mask[players[i] >>> 5] |= 1 << (players[i] & 31);
  }
}

/** Makes odd parts of the answers. */
function takeAnswers(game: Game, from: number, to: number, answers: Float64Array, outputs: number): void {
  const numSources = game.sources.length;
  game.odd = extend(game.odd, to * outputs);
  if (game.even) game.even = extend(game.even, to * outputs);
  if (numSources > 1 && game.sources === game.baseSources)
    game.sourceOdd = Array.from(game.sources, (_, i) => extend(game.sourceOdd[i] ?? new Float64Array(0), to * outputs));
  const stride = numSources * outputs;
  for (let pair = from; pair < to; pair++) {
    const start = 2 * (pair - from) * stride;
    const own = valueCoalition(game, answers, start, outputs);
    const other = valueCoalition(game, answers, start + stride, outputs);
    for (let output = 0; output < outputs; output++) {
      game.odd[pair * outputs + output] = (own.value[output] - other.value[output]) / 2;
      if (game.even) game.even[pair * outputs + output] = (own.value[output] + other.value[output]) / 2;
      game.sourceOdd.forEach((odd, i) => {
        odd[pair * outputs + output] = (own.shares[i * outputs + output] - other.shares[i * outputs + output]) / 2;
      });
    }
  }
  game.numPairs = to;
}

function extend(all: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length);
  out.set(all);
  return out;
}
