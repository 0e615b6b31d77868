import { evaluateGames } from "./evaluate-games.ts";
import type { Evaluation } from "./evaluate-tasks.ts";
import type { RowState } from "./row-state.ts";
import type { Tolerance } from "./tolerance.ts";

/** How rows are brought to an end. */
export interface RoundLimits {
  readonly budget: number;
  readonly tolerance: Tolerance | null;
  /** Coalitions of the first round: enough to tell what is left to do. */
  readonly pilot: number;
  /** Whether to stop over after each doubling, for those who watch. */
  readonly stopsOver: boolean;
  /** Whether terms of three players are looked for. */
  readonly oddTerms: boolean;
  readonly seed: number;
}

/** A forecast is met with a tenth to spare, since it is itself an estimate. */
const SPARE = 1.1;
/** From round to round a row grows at least by a quarter, and at most to three times as much: the first errors are rough. */
const LEAST_GROWTH = 1.25;
const MOST_GROWTH = 3;

/** Evaluates the rows round by round until each is done; gives control back after each round. */
export async function* runRounds(
  evaluation: Evaluation,
  states: readonly RowState[],
  bases: Float64Array,
  limits: RoundLimits,
): AsyncGenerator<void> {
  let active = states.filter(({ isDone }) => !isDone);
  while (active.length > 0) {
    const targets = new Map(active.map((state) => [state.row, nextTarget(state, limits)]));
    const open = active.map((state) => ({ games: state.games, prediction: state.prediction, coalitions: targets.get(state.row)! }));
    await evaluateGames(evaluation, open, bases);
    const how = { bases, numPlayers: evaluation.numPlayers, oddTerms: limits.oddTerms, seed: limits.seed };
    for (const state of active) state.update(targets.get(state.row)!, how, limits);
    active = active.filter(({ isDone }) => !isDone);
    yield;
  }
}

/** Coalitions that a row should have after the next round. */
export function nextTarget(
  state: RowState,
  { budget, tolerance, pilot, stopsOver }: Pick<RoundLimits, "budget" | "tolerance" | "pilot" | "stopsOver">,
): number {
  if (state.coalitions === 0) return Math.min(budget, pilot);
  if (tolerance === null) return stopsOver ? Math.min(budget, 2 * state.coalitions) : budget;
  const growth = Math.min(Math.max(SPARE * state.excess ** 2, LEAST_GROWTH), MOST_GROWTH);
  return Math.min(budget, Math.ceil(state.coalitions * growth));
}
