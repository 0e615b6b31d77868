import { normal, studentT } from "../../numeric/index.ts";
import { findEnds } from "./game-ends.ts";
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
  if (terms.length === 0) return { values, variances: widen(variances, parts), backgroundVariances, numTerms: 0 };
  values.fill(0);
  variances.fill(0);
  const better = open.map(({ game, difference }, i): Part => ({
    game,
    estimate: estimateWithTerms(game, difference, terms) ?? parts[i].estimate,
  }));
  sumGames(better, values, variances, outputs);
  return { values, variances: widen(variances, better), backgroundVariances, numTerms: terms.length / 3 };
}

function sumGames(
  parts: readonly Part[],
  values: Float64Array,
  variances: Float64Array,
  outputs: number,
): Pick<RowEstimate, "values" | "variances"> {
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

/** Half the width of a 95 % interval in standard errors, for large samples. */
const LARGE_SAMPLE = normal.quantile(0.975);

/**
 * Variances that rest on few draws, widened so that 1.96 of their roots hold 95 %: by Student's t with the degrees of freedom of a sum of variances.
 * @see Satterthwaite (1946), doi:10.2307/3002019
 */
function widen(variances: Float64Array, parts: readonly Part[]): Float64Array {
  let [sum, squares] = [0, 0];
  for (const { estimate } of parts) {
    const own = estimate.variances.reduce((total, variance) => total + variance, 0);
    sum += own;
    squares += own ** 2 / estimate.degreesOfFreedom;
  }
  if (sum === 0) return variances;
  const factor = (studentT.quantile(0.975, sum ** 2 / squares) / LARGE_SAMPLE) ** 2;
  return variances.map((variance) => variance * factor);
}

/** v(N) − v(∅) of a game. */
function differenceOf(game: Game, bases: Float64Array, prediction: Float64Array): Float64Array {
  const { empty, full } = findEnds(game, bases, prediction);
  return full.value.map((value, output) => value - empty.value[output]);
}

function estimateGame(game: Game, difference: Float64Array): GameEstimate {
  if (game.known) return game.known;
  if (game.ordered) return game.ordered.estimate();
  if (game.design) return game.design.regress(game.numPairs).solve(game.odd, difference);
  const alone = game.players.length === 1;
  return {
    values: alone ? difference : new Float64Array(0),
    variances: new Float64Array(alone ? difference.length : 0),
    misfit: 0,
    degreesOfFreedom: 1,
  };
}

/** Null where the game has none of the terms, or needs none. */
function estimateWithTerms(game: Game, difference: Float64Array, terms: Int32Array): GameEstimate | null {
  if (!game.design || game.settled || game.numPairs >= countPairs(game.players.length)) return null;
  const own = termsOfGame(game, terms);
  if (own.length === 0) return null;
  return new PairedRegression({ sampler: game.design.sampler, numPairs: game.numPairs, terms: own }).solve(game.odd, difference);
}

/** The part of each source in the values of a game, to first order; players × outputs each. */
function splitBySource(game: Game, estimate: GameEstimate, bases: Float64Array, prediction: Float64Array): Float64Array[] {
  const outputs = prediction.length;
  if (game.sources.length === 1) return [estimate.values];
  if (game.ordered) return game.ordered.sourceValues();
  const { empty, full } = findEnds(game, bases, prediction);
  return Array.from(game.weights, (_, i) => {
    const difference = Float64Array.from(
      prediction,
      (_own, output) => full.shares[i * outputs + output] - empty.shares[i * outputs + output],
    );
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
    if (game.sources !== game.baseSources) return spread;
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
