import { valueCoalition } from "./game-value.ts";
import { countPairs, type Game } from "./games.ts";
import { chooseOddTerms, termsOfGame } from "./odd-terms.ts";
import { PairedRegression, type GameEstimate } from "./paired-regression.ts";

/** Estimates for one explained row; players × outputs each, row-major. */
export interface RowEstimate {
  readonly values: Float64Array;
  /** Variances of the estimates, as far as they come from the choice of coalitions. */
  readonly variances: Float64Array;
  /** Variances that come from the choice of background rows. */
  readonly backgroundVariances: Float64Array;
  /** Products of three players that the regressions took in. */
  readonly numTerms: number;
}

interface Part {
  readonly game: Game;
  readonly estimate: GameEstimate;
}

/** How the games of a row are put together. */
export interface RowEstimation {
  /** Predictions of the background rows; rows × outputs. */
  readonly bases: Float64Array;
  readonly numPlayers: number;
  /** A game of no larger misfit is marked as settled. */
  readonly settled: number;
  /** Whether terms of three players are looked for. */
  readonly oddTerms: boolean;
  readonly seed: number;
}

/**
 * Sums the games of one explained row.
 * @param prediction - that of the explained row; one for each output
 */
export function estimateRow(games: readonly Game[], prediction: Float64Array, how: RowEstimation): RowEstimate {
  const { bases, numPlayers } = how;
  const outputs = prediction.length;
  const values = new Float64Array(numPlayers * outputs);
  const variances = new Float64Array(numPlayers * outputs);
  const open = games.map((game) => ({ game, difference: differenceOf(game, bases, prediction) }));
  const parts = open.map(({ game, difference }): Part => ({ game, estimate: estimateGame(game, difference) }));
  for (const { game, estimate } of parts) game.settled ||= estimate.misfit <= how.settled;
  const terms = how.oddTerms ? chooseOddTerms(open, how.seed) : new Int32Array(0);
  const backgroundVariances = spreadOverBackground(parts, sumGames(parts, values, variances, outputs), bases, prediction);
  if (terms.length === 0) return { values, variances, backgroundVariances, numTerms: 0 };
  values.fill(0);
  variances.fill(0);
  const better = open.map(({ game, difference }, i): Part => ({
    game,
    estimate: estimateWithTerms(game, difference, terms) ?? parts[i].estimate,
  }));
  return { ...sumGames(better, values, variances, outputs), backgroundVariances, numTerms: terms.length / 3 };
}

function sumGames<Sums extends Float64Array>(
  parts: readonly Part[],
  values: Sums,
  variances: Sums,
  outputs: number,
): { values: Sums; variances: Sums } {
  for (const { game, estimate } of parts) {
    game.players.forEach((player, i) => {
      for (let output = 0; output < outputs; output++) {
        values[player * outputs + output] += estimate.values[i * outputs + output];
        variances[player * outputs + output] += estimate.variances[i * outputs + output];
      }
    });
  }
  return { values, variances };
}

/** v(N) − v(∅) of a game. */
function differenceOf(game: Game, bases: Float64Array, prediction: Float64Array): Float64Array {
  const outputs = prediction.length;
  const { value } = valueCoalition(game, basesOf(game, bases, outputs), 0, outputs);
  return value.map((base, output) => valueFull(game, prediction[output]) - base);
}

function estimateGame(game: Game, difference: Float64Array): GameEstimate {
  if (game.design) return game.design.regress(game.numPairs).solve(game.odd, difference);
  const alone = game.players.length === 1;
  return { values: alone ? difference : new Float64Array(0), variances: new Float64Array(alone ? difference.length : 0), misfit: 0 };
}

/** Null where the game has none of the terms, or needs none. */
function estimateWithTerms(game: Game, difference: Float64Array, terms: Int32Array): GameEstimate | null {
  if (!game.design || game.settled || game.numPairs >= countPairs(game.players.length)) return null;
  const own = termsOfGame(game, terms);
  if (own.length === 0) return null;
  return new PairedRegression({ sampler: game.design.sampler, numPairs: game.numPairs, terms: own }).solve(game.odd, difference);
}

/** v(N), with as much weight as the game has. */
function valueFull({ link, weights }: Game, prediction: number): number {
  return link.name === "identity" ? prediction * weights.reduce((sum, weight) => sum + weight, 0) : link.evaluate(prediction);
}

function basesOf({ sources }: Game, bases: Float64Array, outputs: number): Float64Array {
  const own = new Float64Array(sources.length * outputs);
  sources.forEach((source, i) => own.set(bases.subarray(source * outputs, (source + 1) * outputs), i * outputs));
  return own;
}

/** The part of each source in the values of a game, to first order; players × outputs each. */
function splitBySource(game: Game, estimate: GameEstimate, bases: Float64Array, prediction: Float64Array): Float64Array[] {
  const outputs = prediction.length;
  if (game.sources.length === 1) return [estimate.values];
  const { shares } = valueCoalition(game, basesOf(game, bases, outputs), 0, outputs);
  return Array.from(game.weights, (weight, i) => {
    // With a link no source moves v(N), which is the prediction whatever the weights.
    const full = game.link.name === "identity" ? weight : 0;
    const difference = Float64Array.from(prediction, (own, output) => full * own - shares[i * outputs + output]);
    if (game.design) return game.design.regress(game.numPairs).solveValues(game.sourceOdd[i], difference);
    return game.players.length === 1 ? difference : new Float64Array(0);
  });
}

/**
 * Variance of the values as a weighted mean over background rows: Σ (part of the row − weight × value)² / (1 − Σ weight²), less what of it is
 * the error of sampling coalitions. With a link the parts are influences, which sum to 0 by themselves.
 */
function spreadOverBackground(
  parts: readonly Part[],
  { values, variances }: Pick<RowEstimate, "values" | "variances">,
  bases: Float64Array,
  prediction: Float64Array,
): Float64Array {
  const outputs = prediction.length;
  const spread = new Float64Array(values.length);
  const own = new Float64Array(values.length);
  let squares = 0;
  for (const { game, estimate } of parts) {
    splitBySource(game, estimate, bases, prediction).forEach((part, i) => {
      const weight = game.weights[i];
      squares += weight * weight;
      own.fill(0);
      game.players.forEach((player, k) => own.set(part.subarray(k * outputs, (k + 1) * outputs), player * outputs));
      const center = game.link.name === "identity" ? weight : 0;
      for (let cell = 0; cell < spread.length; cell++) spread[cell] += (own[cell] - center * values[cell]) ** 2;
    });
  }
  return spread.map((sum, cell) => (squares < 1 ? Math.max(0, sum / (1 - squares) - variances[cell]) : 0));
}
