import type { Table } from "../../table/index.ts";
import { openCall, openRow, type CallState } from "./call-state.ts";
import { describeRows } from "./describe-rows.ts";
import type { RowState } from "./row-state.ts";
import { runRounds } from "./run-rounds.ts";
import type { KernelShapProgress, KernelShapRunOptions, RunningEstimate } from "./running-estimate.ts";
import { leastBudget, type Settings } from "./settings.ts";

/** Numbers that rows under way may hold together. */
const MOST_NUMBERS = 2 ** 23;

/**
 * Explains rows, some at a time, and says after each round of coalitions what is known of them.
 * @param stopsOver - whether to look at rows after each doubling of their coalitions
 */
export async function* explainRows(
  settings: Settings,
  data: Table,
  run: KernelShapRunOptions,
  stopsOver: boolean,
): AsyncGenerator<RunningEstimate> {
  const call = await openCall("kernelShap.explain", settings, data, run, false);
  const numPlayers = settings.players.features.length;
  const { budget, evaluation } = call;
  const { tolerance, seed } = settings;
  // A round that tells what is left to do: and all there is to do for a game of main effects and pairs.
  const pilot = Math.max(leastBudget(numPlayers), 2 * numPlayers + 64);
  const limits = { budget, tolerance, seed, pilot, stopsOver, oddTerms: settings.estimator === "automatic" };
  for (let start = 0; start < data.numRows;) {
    const end = Math.min(data.numRows, start + rowsAtOnce(call));
    const states = Array.from({ length: end - start }, (_, i) => openRow(call, start + i));
    const rounds = runRounds(evaluation, states, call.answers.bases, limits);
    for (let round = await rounds.next(); !round.done; round = await rounds.next()) {
      const progress = measureProgress(call, states);
      run.onProgress?.(progress);
      const isFinal = states.every(({ isDone }) => isDone);
      if (stopsOver || isFinal) yield { rows: [start, end], explanation: describeRows(call, states), isFinal, progress };
    }
    start = end;
  }
}

/** Rows whose odd parts fit in memory together. */
export function rowsAtOnce({ budget, plan, evaluation }: CallState): number {
  const perCoalition = (plan.numDraws > 0 ? 1 : plan.weights.length) * evaluation.runner.numOutputs;
  return Math.max(1, Math.floor(MOST_NUMBERS / (Math.min(budget, 2 ** plan.numPlayers) * perCoalition)));
}

function measureProgress({ data, evaluation, started, budget }: CallState, states: readonly RowState[]): KernelShapProgress {
  const before = states[0].row;
  const share = states.reduce((sum, state) => sum + state.coalitions / state.forecast(budget), 0);
  const fraction = (before + share) / data.numRows;
  const seconds = (performance.now() - started) / 1000;
  return {
    fraction,
    rowsDone: before + states.filter(({ isDone }) => isDone).length,
    numRows: data.numRows,
    rowsSent: evaluation.runner.rowsSent,
    secondsLeft: (seconds * (1 - fraction)) / fraction,
  };
}
