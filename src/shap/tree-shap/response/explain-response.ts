import type { Warning } from "../../../errors.ts";
import { explainChecked } from "../../additivity.ts";
import type { SamplingSummary } from "../../explanation.ts";
import { warnOfErrors } from "../../kernel-shap/warnings.ts";
import { estimateResponse, type FinishedRow } from "./estimate-response.ts";
import type { ExplainedOutput, RowLabels } from "./explained-output.ts";
import { withinMemory } from "../engine/lay-trees.ts";
import { ResponseGames } from "./response-games.ts";
import { RowMixer } from "./row-mixer.ts";
import { joinArrays, makeOnce, type RowTask, type RowWork } from "../row-work.ts";
import type { SamplingSettings } from "./sampling-options.ts";
import { summarizeBackground, type InterventionalGame } from "../tree-game.ts";

/** Background rows above which a sample does nearly as well: the price of a row is proportional to them. */
const LARGE = 1000;

/** Rows of one task: each may take a second. */
const ROWS_AT_ONCE = 4;

/** What is known of rows once their games are played. */
export interface ResponseFindings {
  readonly finished: readonly FinishedRow[];
  /** rows × outputs. */
  readonly baseValues: Float64Array;
  /** Mixes of rows that were evaluated. */
  readonly mixesAsked: number;
  /** Different background rows. */
  readonly numSources: number;
}

/**
 * Shapley values of a function of the raw sums: v(S) is its mean over the background rows with the players in S taken from the explained row.
 * @param makeOutput - the function, of rows with these labels
 */
export function responseWork(
  game: InterventionalGame,
  makeOutput: (response: RowLabels | undefined) => ExplainedOutput,
  sampling: SamplingSettings,
): RowWork<ResponseFindings> {
  const { ensemble, players, background } = game;
  const openMixer = makeOnce(() => withinMemory(() => new RowMixer(game)));
  return {
    rowsAtOnce: ROWS_AT_ONCE,
    check: (numRows, response) => makeOutput(response).checkRows(numRows),
    compute: (task) => withinMemory(() => playRows(game, openMixer(), makeOutput(task.response), sampling, task)),
    assemble(found, { data, response }) {
      const finished = found.flatMap((each) => each.finished);
      const join = (pick: (row: FinishedRow) => Float64Array): Float64Array => joinArrays(finished.map(pick));
      const isSampled = finished.some(({ coalitions }) => coalitions > 0);
      const asked = found.reduce((sum, each) => sum + each.mixesAsked, 0);
      const [{ numSources }] = found;
      const { outputNames, scale, units } = makeOutput(response);
      return explainChecked({
        values: join(({ estimate }) => estimate.values),
        baseValues: joinArrays(found.map((each) => each.baseValues)),
        predictions: join(({ prediction }) => prediction),
        ...(isSampled ? { standardErrors: join(({ estimate }) => estimate.variances.map(Math.sqrt)) } : {}),
        ...(numSources > 1 ? { backgroundErrors: join(({ estimate }) => estimate.backgroundVariances.map(Math.sqrt)) } : {}),
        ...(isSampled ? { sampling: summarizeSampling(finished, sampling, asked) } : {}),
        data,
        features: players.describe(data),
        outputNames,
        scale,
        units,
        method: isSampled ? "tree-sampling" : "tree-enumeration",
        background: summarizeBackground(background),
        warnings: [...ensemble.warnings, ...warnOfSampling(finished, sampling), ...warnOfSize(numSources)],
      });
    },
  };
}

/** Plays the games of all rows of a task, one row after the other. */
function playRows(
  { ensemble, players, background }: InterventionalGame,
  mixer: RowMixer,
  output: ExplainedOutput,
  sampling: SamplingSettings,
  { rows, firstRow }: RowTask,
): ResponseFindings {
  const { numOutputs } = ensemble;
  const raw = ensemble.sumLeaves(rows);
  const numPlayers = players.features.length;
  const sourceSums = mixer.takeSources(ensemble.sumLeaves(background.rows));
  // Estimates are seeded by the position among all rows, and labels lie by that in the task.
  const shifted: ExplainedOutput = { ...output, apply: (sums, row) => output.apply(sums, row - firstRow) };
  const games = new ResponseGames(mixer, shifted, numPlayers, sampling);
  const askedBefore = mixer.mixesAsked;
  const baseValues: Float64Array[] = [];
  const finished = Array.from({ length: rows.numRows }, (_, i) => {
    const row = firstRow + i;
    mixer.openRow(rows, i);
    const prediction = shifted.apply(raw.slice(i * numOutputs, (i + 1) * numOutputs), row);
    const bases = shifted.apply(sourceSums, row);
    baseValues.push(mixer.meanOverSources(bases));
    return estimateResponse({ row, games: games.open(row), prediction, bases }, { mixer, output: shifted, numPlayers, sampling });
  });
  const mixesAsked = mixer.mixesAsked - askedBefore;
  return { finished, baseValues: joinArrays(baseValues), mixesAsked, numSources: mixer.weights.length };
}

function summarizeSampling(finished: readonly FinishedRow[], { budget, seed }: SamplingSettings, asked: number): SamplingSummary {
  const mean = (pick: (row: FinishedRow) => number): number => finished.reduce((sum, row) => sum + pick(row), 0) / finished.length;
  return {
    estimator: "regression",
    absentFeatures: "marginal",
    budget,
    coalitions: mean(({ coalitions }) => coalitions),
    terms: mean(({ estimate }) => estimate.numTerms),
    rowsAsked: asked,
    rowsSent: asked,
    seed,
    farRows: null,
    noise: 0,
  };
}

/** Says which rows are estimates, and which of these missed the tolerance. */
function warnOfSampling(finished: readonly FinishedRow[], { tolerance, budget }: SamplingSettings): Warning[] {
  const sampled = finished.filter(({ coalitions }) => coalitions > 0).map(({ row }) => `row ${row}`);
  if (sampled.length === 0) return [];
  const where = sampled.length === 1 ? sampled[0] : `${sampled.length} rows`;
  const message = `Too many features differ from the background to evaluate all their coalitions: the values of ${where} are estimates with standard errors.`;
  return [{ name: "sampled-values", message, subjects: sampled }, ...warnOfErrors(tolerance, budget, finished)];
}

function warnOfSize(numSources: number): Warning[] {
  if (numSources <= LARGE) return [];
  const message = `Each row is compared with ${numSources.toLocaleString("en")} different background rows: a sample of some hundred is nearly as good and as many times faster.`;
  return [{ name: "large-background", message }];
}
