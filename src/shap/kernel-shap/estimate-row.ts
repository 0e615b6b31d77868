import { valueCoalition } from "./game-value.ts";
import type { Game } from "./games.ts";
import type { GameEstimate } from "./paired-regression.ts";

/** Estimates for one explained row; players × outputs each, row-major. */
export interface RowEstimate {
  readonly values: Float64Array;
  /** Variances of the estimates, as far as they come from the choice of coalitions. */
  readonly variances: Float64Array;
  /** Variances that come from the choice of background rows. */
  readonly backgroundVariances: Float64Array;
}

interface Part {
  readonly game: Game;
  readonly estimate: GameEstimate;
}

/**
 * Sums the games of one explained row.
 * @param bases - predictions of the background rows; rows × outputs
 * @param prediction - that of the explained row; one for each output
 * @param settled - a game of no larger misfit is marked as settled
 */
export function estimateRow(
  games: readonly Game[],
  bases: Float64Array,
  prediction: Float64Array,
  numPlayers: number,
  settled: number,
): RowEstimate {
  const outputs = prediction.length;
  const values = new Float64Array(numPlayers * outputs);
  const variances = new Float64Array(numPlayers * outputs);
  const parts = games.map((game): Part => ({ game, estimate: estimateGame(game, bases, prediction) }));
  for (const { game, estimate } of parts) {
    game.settled ||= estimate.misfit <= settled;
    game.players.forEach((player, i) => {
      for (let output = 0; output < outputs; output++) {
        values[player * outputs + output] += estimate.values[i * outputs + output];
        variances[player * outputs + output] += estimate.variances[i * outputs + output];
      }
    });
  }
  return { values, variances, backgroundVariances: spreadOverBackground(parts, { values, variances }, bases, prediction) };
}

/** Values and variances of one game; its misfit says whether it is settled. */
function estimateGame(game: Game, bases: Float64Array, prediction: Float64Array): GameEstimate {
  const outputs = prediction.length;
  const { value } = valueCoalition(game, basesOf(game, bases, outputs), 0, outputs);
  const difference = value.map((base, output) => valueFull(game, prediction[output]) - base);
  if (game.design) return game.design.regress(game.numPairs).solve(game.odd, difference);
  const alone = game.players.length === 1;
  return { values: alone ? difference : new Float64Array(0), variances: new Float64Array(alone ? outputs : 0), misfit: 0 };
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
  { values, variances }: Omit<RowEstimate, "backgroundVariances">,
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
