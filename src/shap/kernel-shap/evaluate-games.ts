import { complement, hasPlayer } from "./coalition-bits.ts";
import { evaluateTasks, MOST_REQUESTS, type Evaluation, type Task } from "./evaluate-tasks.ts";
import { valueCoalition } from "./game-value.ts";
import type { Game } from "./games.ts";

/** Evaluates games up to as many pairs each as `target` says. */
export async function evaluateGames(evaluation: Evaluation, games: readonly Game[], target: (game: Game) => number): Promise<void> {
  await evaluateTasks(evaluation, makeTasks(games, target));
}

function* makeTasks(games: readonly Game[], target: (game: Game) => number): Generator<Task> {
  for (const game of games) {
    const to = target(game);
    if (game.design === null || to <= game.numPairs) continue;
    game.design.sampler.grow(to);
    const atOnce = Math.max(1, Math.floor(MOST_REQUESTS / (2 * game.sources.length)));
    for (let from = game.numPairs; from < to; from += atOnce) yield pairTask(game, from, Math.min(to, from + atOnce));
  }
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
  if (numSources > 1) game.sourceOdd = Array.from(game.sources, (_, i) => extend(game.sourceOdd[i] ?? new Float64Array(0), to * outputs));
  const stride = numSources * outputs;
  for (let pair = from; pair < to; pair++) {
    const start = 2 * (pair - from) * stride;
    const own = valueCoalition(game, answers, start, outputs);
    const other = valueCoalition(game, answers, start + stride, outputs);
    for (let output = 0; output < outputs; output++) {
      game.odd[pair * outputs + output] = (own.value[output] - other.value[output]) / 2;
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
