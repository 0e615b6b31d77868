import { estimateRow, type RowEstimate, type RowEstimation } from "./estimate-row.ts";
import { countPairs, type Game } from "./games.ts";
import { excessOfErrors, type Tolerance } from "./tolerance.ts";

/** A misfit below this is rounding: the game has main effects and pairs alone, whose values are exact. */
const SETTLED = 1e-10;

/** One explained row while it is estimated. */
export class RowState {
  readonly row: number;
  readonly games: readonly Game[];
  readonly prediction: Float64Array;
  estimate: RowEstimate | null = null;
  /** Coalitions that each game was given so far, if it has as many. */
  coalitions: number = 0;
  isDone: boolean = false;
  /** How far the errors are from what is asked; at most 1 when it is met. */
  excess: number = Infinity;

  constructor(row: number, games: readonly Game[], prediction: Float64Array) {
    this.row = row;
    this.games = games;
    this.prediction = prediction;
  }

  /** Takes in what was evaluated, and judges whether it is enough. */
  update(coalitions: number, how: Omit<RowEstimation, "settled">, limits: { budget: number; tolerance: Tolerance | null }): void {
    this.coalitions = coalitions;
    this.estimate = estimateRow(this.games, this.prediction, { ...how, settled: SETTLED });
    const outputs = this.prediction.length;
    const isExhausted = this.games.every(
      (game) => game.settled || (game.design !== null && game.numPairs >= countPairs(game.players.length)),
    );
    if (limits.tolerance) this.excess = this.excessOver(limits.tolerance, this.estimate, outputs, how.numPlayers);
    this.isDone = isExhausted || coalitions >= limits.budget || this.excess <= 1;
  }

  /** Coalitions that it will take by the forecast: errors fall as one over the root. */
  forecast(budget: number): number {
    if (this.isDone) return this.coalitions;
    return this.excess === Infinity ? budget : Math.min(budget, Math.ceil(this.coalitions * this.excess ** 2));
  }

  private excessOver(tolerance: Tolerance, { values, variances }: RowEstimate, outputs: number, numPlayers: number): number {
    let excess = 0;
    for (let output = 0; output < outputs; output++) {
      const pick = (all: Float64Array): Float64Array => Float64Array.from({ length: numPlayers }, (_, i) => all[i * outputs + output]);
      excess = Math.max(excess, excessOfErrors(tolerance, pick(values), pick(variances).map(Math.sqrt)));
    }
    return excess;
  }
}
