import { InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import { clusterPlayers } from "./cluster-players.ts";
import { countWords } from "./coalition-bits.ts";
import { DesignCache, mixSeeds } from "./design-cache.ts";
import { measureDistance } from "./distance-from-data.ts";
import type { Evaluation } from "./evaluate-tasks.ts";
import { countPairs, makeGames, type GamePlan } from "./games.ts";
import { makeImputer } from "./imputer.ts";
import { askWholeRows, type WholeRowAnswers } from "./model-answers.ts";
import { ModelRunner } from "./model-runner.ts";
import { RowState } from "./row-state.ts";
import { drawStratified, findMedoids, type ChosenRows } from "./sample-background.ts";
import type { KernelShapRunOptions } from "./running-estimate.ts";
import { leastBudget, type Settings } from "./settings.ts";
import { SyntheticRows } from "./synthetic-rows.ts";

/** One call: what stands while rows are explained. */
export interface CallState {
  readonly settings: Settings;
  readonly data: Table;
  readonly evaluation: Evaluation;
  readonly plan: GamePlan;
  readonly answers: WholeRowAnswers;
  /** The least of the asked budget and what the cap on rows leaves for a row. */
  readonly budget: number;
  /** Share of synthetic rows that lie far from the data; null where it is not known. */
  readonly farRows: number | null;
  readonly started: number;
}

/** Tells random numbers of one use from those of another. */
const IMPUTER_STREAM = 0x1395;
const BACKGROUND_STREAM = 0xbac6;
const DISTANCE_STREAM = 0xd157;

/** Asks the model about whole rows, and makes ready what games need. */
export async function openCall(
  call: string,
  settings: Settings,
  data: Table,
  run: KernelShapRunOptions,
  keepsEven: boolean,
): Promise<CallState> {
  const started = performance.now();
  const numPlayers = settings.players.features.length;
  const { background, maxBatchRows, concurrency, maxRows } = settings;
  const { playerOf } = settings.players;
  const runner = new ModelRunner(settings.predict, { call, concurrency, maxRows, signal: run.signal });
  const all = new SyntheticRows(call, data, background, playerOf, countWords(numPlayers));
  const first = await askWholeRows({ rows: all, runner, numPlayers, maxBatchRows }, data.numRows, background.numRows);
  const chosen = chooseBackground(settings, all, first.bases, runner.numOutputs);
  const rows = chosen ? new SyntheticRows(call, data, background.take(chosen.rows), playerOf, countWords(numPlayers)) : all;
  const answers = chosen ? { ...first, bases: takeRows(first.bases, chosen.rows, runner.numOutputs) } : first;
  const weights = chosen?.weights ?? settings.weights;
  const imputer = makeImputer(settings.absentFeatures, rows, playerOf, settings.draws, mixSeeds(settings.seed, IMPUTER_STREAM));
  const budget = fitBudget(call, settings, data.numRows, imputer?.numDraws ?? weights.length, runner.rowsSent);
  const plan: GamePlan = {
    rows,
    weights,
    link: settings.link,
    numPlayers,
    designs: new DesignCache(settings.seed),
    numDraws: imputer?.numDraws ?? 0,
    hierarchy: settings.hierarchy === "clustered" ? clusterPlayers(background, playerOf, numPlayers) : settings.hierarchy,
    seed: settings.seed,
    budget,
    keepsEven,
  };
  const isMarginal = settings.absentFeatures === "marginal";
  const farRows = isMarginal ? measureDistance(rows.columns, playerOf, numPlayers, mixSeeds(settings.seed, DISTANCE_STREAM)) : null;
  return {
    settings,
    data,
    evaluation: { rows, runner, numPlayers, maxBatchRows, imputer, asked: { rows: 0 } },
    plan,
    answers,
    budget,
    farRows,
    started,
  };
}

/** The games of a row, and what is known of it. */
export function openRow({ plan, evaluation, answers }: CallState, row: number): RowState {
  const outputs = evaluation.runner.numOutputs;
  return new RowState(row, makeGames(row, plan), answers.predictions.slice(row * outputs, (row + 1) * outputs));
}

function chooseBackground(settings: Settings, rows: SyntheticRows, bases: Float64Array, outputs: number): ChosenRows | null {
  const { backgroundSample: sample, weights, seed } = settings;
  if (sample === null || sample.numRows >= weights.length) return null;
  const own = mixSeeds(seed, BACKGROUND_STREAM);
  if (sample.method === "medoids") return findMedoids(rows.columns, weights, sample.numRows, own);
  return joinRows(drawStratified(scoresOf(bases, outputs), weights, sample.numRows, own));
}

/** The output that differs most between background rows tells strata. */
function scoresOf(bases: Float64Array, outputs: number): Float64Array {
  const pick = (output: number): Float64Array => bases.filter((_, i) => i % outputs === output);
  return Array.from({ length: outputs }, (_, output) => pick(output)).reduce((best, own) =>
    sumSquares(own) > sumSquares(best) ? own : best,
  );
}

/** Squared distances from the mean. */
function sumSquares(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** A heavy row that was drawn several times is one row of their weight. */
function joinRows({ rows, weights }: ChosenRows): ChosenRows {
  const sums = new Map<number, number>();
  rows.forEach((row, i) => sums.set(row, (sums.get(row) ?? 0) + weights[i]));
  return { rows: Int32Array.from(sums.keys()), weights: Float64Array.from(sums.values()) };
}

function takeRows(all: Float64Array, rows: Int32Array, outputs: number): Float64Array {
  return Float64Array.from([...rows].flatMap((row) => [...all.subarray(row * outputs, (row + 1) * outputs)]));
}

/**
 * The budget that the cap on rows allows. With a tolerance less may do; a budget that was asked for as such is not cut.
 */
function fitBudget(call: string, settings: Settings, numRows: number, rowsPerCoalition: number, sent: number): number {
  const numPlayers = settings.players.features.length;
  const most = Math.min(settings.budget, 2 * countPairs(numPlayers) + 2);
  const needed = sent + numRows * rowsPerCoalition * Math.max(0, most - 2);
  if (needed <= settings.maxRows) return settings.budget;
  const affordable = Math.floor((settings.maxRows - sent) / (numRows * rowsPerCoalition)) + 2;
  if (settings.tolerance !== null && affordable >= leastBudget(numPlayers)) return affordable;
  throw new InputError({
    call,
    argument: settings.costPerRow === null ? "maxRows" : "maxCost",
    expected: `enough for ${needed} rows: ${numRows} explained, ${most} coalitions each, ${rowsPerCoalition} rows a coalition`,
    received:
      settings.costPerRow === null
        ? String(settings.maxRows)
        : `${settings.maxRows * settings.costPerRow}, which is ${settings.maxRows} rows`,
    mend: "Lower the budget or the background's rows (backgroundSample), explain fewer rows, or raise the cap.",
  });
}
