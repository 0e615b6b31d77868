import type { EvenRegression } from "./even-regression.ts";
import { findEnds } from "./game-ends.ts";
import type { Game } from "./games.ts";
import type { RowEstimate } from "./estimate-row.ts";

/** Interactions of one explained row in SHAP's convention, and their variances; players × players × outputs each. */
export interface RowInteractions {
  readonly values: Float64Array;
  readonly variances: Float64Array;
}

/**
 * Pairs from the even parts of the games, and on the diagonal what they leave of the values.
 * @param main - the row's Shapley values
 * @param regress - the regression on the coalitions of a game
 */
export function estimateInteractions(
  games: readonly Game[],
  bases: Float64Array,
  prediction: Float64Array,
  main: RowEstimate,
  regress: (game: Game) => EvenRegression,
): RowInteractions {
  const outputs = prediction.length;
  const n = main.values.length / outputs;
  const values = new Float64Array(n * n * outputs);
  const variances = new Float64Array(n * n * outputs);
  for (const game of games) {
    if (!game.design || !game.even) continue;
    const { empty, full } = findEnds(game, bases, prediction);
    const ends = full.value.map((value, output) => (value + empty.value[output]) / 2);
    const pairs = regress(game).solve(game.even, ends);
    eachPair(game.players, (i, j, place) => {
      for (let output = 0; output < outputs; output++) {
        const value = pairs.values[place * outputs + output] / 2;
        const variance = pairs.variances[place * outputs + output] / 4;
        for (const cell of [(i * n + j) * outputs + output, (j * n + i) * outputs + output]) {
          values[cell] += value;
          variances[cell] += variance;
        }
      }
    });
  }
  fillDiagonal(values, variances, main, n, outputs);
  return { values, variances };
}

/** What a feature does alone is what its value has left when its interactions are taken. */
function fillDiagonal(values: Float64Array, variances: Float64Array, main: RowEstimate, n: number, outputs: number): void {
  for (let i = 0; i < n; i++) {
    for (let output = 0; output < outputs; output++) {
      let [value, variance] = [main.values[i * outputs + output], main.variances[i * outputs + output]];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        value -= values[(i * n + j) * outputs + output];
        variance += variances[(i * n + j) * outputs + output];
      }
      values[(i * n + i) * outputs + output] = value;
      variances[(i * n + i) * outputs + output] = variance;
    }
  }
}

function eachPair(players: Int32Array, visit: (i: number, j: number, place: number) => void): void {
  let place = 0;
  for (let i = 0; i < players.length; i++) for (let j = 0; j < i; j++) visit(players[i], players[j], place++);
}
