import { makeTasks } from "../../kernel-shap/evaluate-games.ts";
import type { Task } from "../../kernel-shap/evaluate-tasks.ts";
import type { RowEstimate } from "../../kernel-shap/estimate-row.ts";
import type { Game } from "../../kernel-shap/games.ts";
import { RowState } from "../../kernel-shap/row-state.ts";
import { nextTarget } from "../../kernel-shap/run-rounds.ts";
import { leastBudget } from "../../kernel-shap/settings.ts";
import type { ExplainedOutput } from "./explained-output.ts";
import type { RowMixer } from "./row-mixer.ts";
import type { SamplingSettings } from "./sampling-options.ts";

/** One explained row: its games, what is predicted for it, and for each source. */
export interface ResponseRow {
  readonly row: number;
  readonly games: readonly Game[];
  readonly prediction: Float64Array;
  /** Sources × outputs. */
  readonly bases: Float64Array;
}

/** What is kept of a row once it is done. */
export interface FinishedRow extends Pick<RowState, "row" | "prediction" | "coalitions" | "isDone" | "excess"> {
  readonly estimate: RowEstimate;
}

/** What estimates are made with. */
export interface ResponseEstimation {
  readonly mixer: RowMixer;
  readonly output: ExplainedOutput;
  readonly numPlayers: number;
  readonly sampling: SamplingSettings;
}

/** Plays the open games of a row, round after round, until the budget is spent or the errors are small enough. */
export function estimateResponse({ row, games, prediction, bases }: ResponseRow, how: ResponseEstimation): FinishedRow {
  const { numPlayers, sampling } = how;
  const state = new RowState(row, games, prediction);
  const pilot = Math.max(leastBudget(numPlayers), 2 * numPlayers + 64);
  const isKnown = games.every(({ settled }) => settled);
  while (!state.isDone) {
    const target = isKnown ? 0 : sampling.tolerance ? nextTarget(state, { ...sampling, pilot, stopsOver: false }) : sampling.budget;
    for (const task of makeTasks([{ games, prediction, coalitions: target }], bases)) answer(task, how);
    state.update(target, { bases, numPlayers, oddTerms: false, seed: sampling.seed }, sampling);
  }
  const { coalitions, isDone, excess, estimate } = state;
  return { row, prediction, coalitions, isDone, excess, estimate: estimate! };
}

/** Evaluates the coalitions of a task on the trees. */
function answer(task: Task, { mixer, output }: ResponseEstimation): void {
  const outputs = output.outputNames.length;
  const numSources = task.sources.length;
  const answers = new Float64Array(task.numCoalitions * numSources * outputs);
  mixer.evaluate(
    task.sources,
    task.numCoalitions,
    (index, mask) => task.writeCoalition(index, mask),
    (source, first, sums) => {
      const found = output.apply(sums, task.row);
      for (let i = 0; i * outputs < found.length; i++) {
        const start = ((first + i) * numSources + source) * outputs;
        for (let k = 0; k < outputs; k++) answers[start + k] = found[i * outputs + k];
      }
    },
  );
  task.take(answers, outputs);
}
