import { valueCoalition } from "./game-value.ts";
import type { Game } from "./games.ts";
import type { Job, ModelRunner } from "./model-runner.ts";
import type { SyntheticRows } from "./synthetic-rows.ts";
import { complement, countWords, hasPlayer } from "./coalition-bits.ts";

/** Pairs of a game to evaluate: from `from` up to, but not with, `to`. */
interface Task {
  readonly game: Game;
  readonly from: number;
  readonly to: number;
}

/** Requests whose answers are held at once. */
const MOST_REQUESTS = 2 ** 19;

/** What evaluation needs of a call. */
export interface Evaluation {
  readonly rows: SyntheticRows;
  readonly runner: ModelRunner;
  readonly numPlayers: number;
  readonly maxBatchRows: number;
}

/** Evaluates games up to as many pairs each as `target` says, in batches that run on from game to game and from row to row. */
export async function evaluateGames(evaluation: Evaluation, games: readonly Game[], target: (game: Game) => number): Promise<void> {
  let tasks: Task[] = [];
  let held = 0;
  for (const game of games) {
    const to = target(game);
    if (game.design === null || to <= game.numPairs) continue;
    game.design.sampler.grow(to);
    const perPair = 2 * game.sources.length;
    for (let from = game.numPairs; from < to;) {
      const end = Math.min(to, from + Math.max(1, Math.floor((MOST_REQUESTS - held) / perPair)));
      tasks.push({ game, from, to: end });
      held += (end - from) * perPair;
      from = end;
      if (held < MOST_REQUESTS) continue;
      await evaluateTasks(evaluation, tasks);
      tasks = [];
      held = 0;
    }
  }
  if (tasks.length > 0) await evaluateTasks(evaluation, tasks);
}

async function evaluateTasks(evaluation: Evaluation, tasks: readonly Task[]): Promise<void> {
  const requests = tasks.reduce((sum, { game, from, to }) => sum + (to - from) * 2 * game.sources.length, 0);
  const outputs = evaluation.runner.numOutputs;
  const answers = new Float64Array(requests * outputs);
  await evaluation.runner.runAll(makeBatches(evaluation, tasks, answers));
  let first = 0;
  for (const task of tasks) first = takeAnswers(task, answers, first, outputs);
}

/** The batches of some tasks: pair by pair, the coalition and its complement, source by source. */
function* makeBatches(
  { rows, numPlayers, maxBatchRows, runner }: Evaluation,
  tasks: readonly Task[],
  answers: Float64Array,
): Generator<Job> {
  const words = countWords(numPlayers);
  let first = 0;
  let length = 0;
  const batch = { rows: new Int32Array(maxBatchRows), sources: new Int32Array(maxBatchRows), masks: new Uint32Array(maxBatchRows * words) };
  const flush = (): Job => {
    const start = first * runner.numOutputs;
    const job: Job = { batch: rows.make({ length, ...batch }), deliver: (predictions) => answers.set(predictions, start) };
    first += length;
    length = 0;
    return job;
  };
  const mask = new Uint32Array(words);
  for (const { game, from, to } of tasks) {
    for (let side = 2 * from; side < 2 * to; side++) {
      writeCoalition(game, side, mask);
      for (const source of game.sources) {
        batch.rows[length] = game.row;
        batch.sources[length] = source;
        batch.masks.set(mask, length * words);
        length++;
        if (length === maxBatchRows) yield flush();
      }
    }
  }
  if (length > 0) yield flush();
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

/** Makes odd parts of a task's answers; gives where the next task's begin. */
function takeAnswers({ game, from, to }: Task, answers: Float64Array, first: number, outputs: number): number {
  const numSources = game.sources.length;
  game.odd = extend(game.odd, to * outputs);
  if (numSources > 1) game.sourceOdd = Array.from(game.sources, (_, i) => extend(game.sourceOdd[i] ?? new Float64Array(0), to * outputs));
  const stride = numSources * outputs;
  for (let pair = from; pair < to; pair++) {
    const own = valueCoalition(game, answers, (first + 2 * (pair - from) * numSources) * outputs, outputs);
    const other = valueCoalition(game, answers, (first + 2 * (pair - from) * numSources) * outputs + stride, outputs);
    for (let output = 0; output < outputs; output++) {
      game.odd[pair * outputs + output] = (own.value[output] - other.value[output]) / 2;
      game.sourceOdd.forEach(
        (odd, i) => (odd[pair * outputs + output] = (own.shares[i * outputs + output] - other.shares[i * outputs + output]) / 2),
      );
    }
  }
  game.numPairs = to;
  return first + 2 * (to - from) * numSources;
}

function extend(all: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length);
  out.set(all);
  return out;
}
