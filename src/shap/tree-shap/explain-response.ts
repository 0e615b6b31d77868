import type { Warning } from "../../errors.ts";
import type { Matrix, TableLike } from "../../table/index.ts";
import type { EncodedRows } from "../../trees/index.ts";
import { explainChecked } from "../additivity.ts";
import type { Explanation, SamplingSummary } from "../explanation.ts";
import { warnOfErrors } from "../kernel-shap/warnings.ts";
import { estimateResponse, type FinishedRow } from "./estimate-response.ts";
import type { ExplainedOutput } from "./explained-output.ts";
import { describeRows } from "./explained-rows.ts";
import { ResponseGames } from "./response-games.ts";
import type { RowMixer } from "./row-mixer.ts";
import type { SamplingSettings } from "./sampling-options.ts";
import { summarizeBackground, type InterventionalGame } from "./tree-game.ts";

/** Background rows above which a sample does nearly as well: the price of a row is proportional to them. */
const LARGE = 1000;

/**
 * Shapley values of a function of the raw sums: v(S) is its mean over the background rows with the players in S taken from the explained row.
 * @param output - the function, for the rows of `data`
 */
export function explainResponse(
  game: InterventionalGame,
  mixer: RowMixer,
  output: ExplainedOutput,
  sampling: SamplingSettings,
  data: TableLike | Matrix,
): Explanation {
  const { ensemble, players, background } = game;
  const rows = ensemble.encode(data, "treeShap.explain");
  output.checkRows(rows.numRows);
  const { finished, baseValues } = playRows(game, mixer, output, sampling, rows);
  const join = (pick: (row: FinishedRow) => Float64Array): Float64Array => joinArrays(finished.map(pick));
  const isSampled = finished.some(({ coalitions }) => coalitions > 0);
  const described = describeRows(ensemble, data, rows);
  return explainChecked({
    values: join(({ estimate }) => estimate.values),
    baseValues,
    predictions: join(({ prediction }) => prediction),
    ...(isSampled ? { standardErrors: join(({ estimate }) => estimate.variances.map(Math.sqrt)) } : {}),
    ...(mixer.weights.length > 1 ? { backgroundErrors: join(({ estimate }) => estimate.backgroundVariances.map(Math.sqrt)) } : {}),
    ...(isSampled ? { sampling: summarizeSampling(finished, sampling, mixer.mixesAsked) } : {}),
    data: described,
    features: players.describe(described),
    outputNames: output.outputNames,
    scale: output.scale,
    units: output.units,
    method: isSampled ? "tree-sampling" : "tree-enumeration",
    background: summarizeBackground(background),
    warnings: [...ensemble.warnings, ...warnOfSampling(finished, sampling), ...warnOfSize(mixer.weights.length)],
  });
}

/** Plays the games of all rows, one row after the other. */
function playRows(
  { ensemble, players, background }: InterventionalGame,
  mixer: RowMixer,
  output: ExplainedOutput,
  sampling: SamplingSettings,
  rows: EncodedRows,
): { finished: FinishedRow[]; baseValues: Float64Array } {
  const { numOutputs } = ensemble;
  const raw = ensemble.sumLeaves(rows);
  const numPlayers = players.features.length;
  const sourceSums = mixer.takeSources(ensemble.sumLeaves(background.rows));
  const games = new ResponseGames(mixer, output, numPlayers, sampling);
  const baseValues: Float64Array[] = [];
  const finished = Array.from({ length: rows.numRows }, (_, row) => {
    mixer.openRow(rows, row);
    const prediction = output.apply(raw.slice(row * numOutputs, (row + 1) * numOutputs), row);
    const bases = output.apply(sourceSums, row);
    baseValues.push(mixer.meanOverSources(bases));
    return estimateResponse({ row, games: games.open(row), prediction, bases }, { mixer, output, numPlayers, sampling });
  });
  return { finished, baseValues: joinArrays(baseValues) };
}

function joinArrays(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    out.set(part, start);
    start += part.length;
  }
  return out;
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
