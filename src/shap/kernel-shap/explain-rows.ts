import type { Warning } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { explainChecked } from "../additivity.ts";
import type { Explanation } from "../explanation.ts";
import { nameOutputs } from "../rows-and-outputs.ts";
import { countWords } from "./coalition-bits.ts";
import { DesignCache } from "./design-cache.ts";
import type { Evaluation } from "./evaluate-tasks.ts";
import { makeGames, type GamePlan } from "./games.ts";
import { askWholeRows, type WholeRowAnswers } from "./model-answers.ts";
import { ModelRunner } from "./model-runner.ts";
import { RowState } from "./row-state.ts";
import { runRounds } from "./run-rounds.ts";
import type { KernelShapProgress, KernelShapRunOptions, RunningEstimate } from "./running-estimate.ts";
import { leastBudget, type Settings } from "./settings.ts";
import { SyntheticRows } from "./synthetic-rows.ts";
import { warnOfData, warnOfErrors, warnOfModel } from "./warnings.ts";

/** Numbers that rows under way may hold together. */
const MOST_NUMBERS = 2 ** 23;

/** One call: what stands while rows are explained. */
interface Task {
  readonly settings: Settings;
  readonly data: Table;
  readonly evaluation: Evaluation;
  readonly plan: GamePlan;
  readonly answers: WholeRowAnswers;
  readonly started: number;
}

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
  const task = await prepare(settings, data, run);
  const { evaluation, answers } = task;
  const numPlayers = settings.players.features.length;
  const pilot = Math.max(leastBudget(numPlayers), 2 * numPlayers + 64);
  const limits = { ...settings, pilot, stopsOver, oddTerms: settings.estimator === "automatic" };
  for (let start = 0; start < data.numRows;) {
    const end = Math.min(data.numRows, start + rowsAtOnce(settings, evaluation.runner.numOutputs));
    const states = Array.from({ length: end - start }, (_, i) => openRow(task, start + i));
    const rounds = runRounds(evaluation, states, answers.bases, limits);
    for (let round = await rounds.next(); !round.done; round = await rounds.next()) {
      const progress = measureProgress(task, states);
      run.onProgress?.(progress);
      const isFinal = states.every(({ isDone }) => isDone);
      if (stopsOver || isFinal) yield { rows: [start, end], explanation: describe(task, states, start, end), isFinal, progress };
    }
    // Their games are done with; the estimates stay.
    start = end;
  }
}

async function prepare(settings: Settings, data: Table, run: KernelShapRunOptions): Promise<Task> {
  const call = "kernelShap.explain";
  const numPlayers = settings.players.features.length;
  const { background, players, maxBatchRows, concurrency, maxRows } = settings;
  const rows = new SyntheticRows(call, data, background, players.playerOf, countWords(numPlayers));
  const runner = new ModelRunner(settings.predict, { call, concurrency, maxRows, signal: run.signal });
  const evaluation = { rows, runner, numPlayers, maxBatchRows, imputer: null };
  const started = performance.now();
  const answers = await askWholeRows(evaluation, data.numRows, background.numRows);
  const plan = { rows, weights: settings.weights, link: settings.link, numPlayers, designs: new DesignCache(settings.seed) };
  return { settings, data, evaluation, plan, answers, started };
}

function rowsAtOnce({ budget, background }: Settings, outputs: number): number {
  return Math.max(1, Math.floor(MOST_NUMBERS / ((budget / 2) * background.numRows * outputs)));
}

function openRow({ plan, evaluation, answers }: Task, row: number): RowState {
  const outputs = evaluation.runner.numOutputs;
  const games = makeGames(row, plan);
  return new RowState(row, games, answers.predictions.slice(row * outputs, (row + 1) * outputs));
}

function measureProgress({ settings, data, evaluation, started }: Task, states: readonly RowState[]): KernelShapProgress {
  const before = states[0].row;
  const share = states.reduce((sum, state) => sum + state.coalitions / state.forecast(settings.budget), 0);
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

function describe(task: Task, states: readonly RowState[], start: number, end: number): Explanation {
  const { settings, evaluation, answers } = task;
  const data = task.data.select(settings.background.columnNames).rows(start, end);
  const { link } = settings;
  const outputs = evaluation.runner.numOutputs;
  const join = (pick: (state: RowState) => Float64Array): Float64Array => Float64Array.from(states.flatMap((state) => [...pick(state)]));
  const standardErrors = join(({ estimate }) => estimate!.variances.map(Math.sqrt));
  const base = new Float64Array(outputs);
  settings.weights.forEach((weight, source) => {
    for (let output = 0; output < outputs; output++) base[output] += weight * answers.bases[source * outputs + output];
  });
  const isExact = standardErrors.every((error) => error === 0);
  const warnings: Warning[] = [...warnOfData(settings), ...warnOfModel(answers.noise), ...warnOfErrors(settings, states)];
  return explainChecked({
    values: join(({ estimate }) => estimate!.values),
    standardErrors,
    ...(settings.background.numRows > 1 ? { backgroundErrors: join(({ estimate }) => estimate!.backgroundVariances.map(Math.sqrt)) } : {}),
    baseValues: Float64Array.from(states.flatMap(() => Array.from(base, link.evaluate))),
    predictions: join(({ prediction }) => prediction.map(link.evaluate)),
    data,
    features: settings.players.describe(data),
    outputNames: nameOutputs("kernelShap", settings.outputNames, outputs),
    scale: link.name === "identity" ? "response" : "raw",
    units: link.units,
    method: isExact ? "exact-enumeration" : "kernel-regression",
    background: settings.described,
    warnings,
  });
}
