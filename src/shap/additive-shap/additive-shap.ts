import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { Table, toTable } from "../../table/index.ts";
import type { RecipeInput, TableLike } from "../../table/index.ts";
import { explainChecked } from "../additivity.ts";
import { readWeights } from "../background-weights.ts";
import type { Explanation } from "../explanation.ts";
import { choosePlayers } from "../players.ts";
import type { Players } from "../players.ts";
import { evaluateParts, listParts } from "./additive-model.ts";
import type { AdditiveModel, ModelPart } from "./additive-model.ts";
import { crossedPart } from "./crossed-part.ts";
import { shareJointPart } from "./joint-part.ts";
import type { BackgroundRows, JointPart } from "./joint-part.ts";
import { productPart } from "./product-part.ts";

/** Options of {@link additiveShap}. */
export interface AdditiveShapOptions {
  /**
   * The rows that stand for "feature absent". @defaultValue the training rows: by the means at which the model centres its terms, or, where
   * the model has interactions, offsets or no intercept, the rows themselves, which it must have kept
   */
  readonly background?: TableLike;
  /** A weight for each background row, not negative. @defaultValue all equal */
  readonly backgroundWeights?: ArrayLike<number>;
  /** Columns to treat as one: `{ vehicle: ["power", "age"] }`. Exact Shapley values of the groups. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

/** Explains rows by exact Shapley values of an additive model. */
export interface AdditiveShapExplainer {
  /**
   * @param data - rows as a table; columns are found by name
   * @returns values that with the base value sum to the linear predictor, for each row
   * @throws InputError as `model.predictTerms` does
   */
  explain(data: TableLike): Explanation;
}

/** Players of one term at most: a term of more is 2^players means. */
const MOST_PLAYERS = 16;
const call = "additiveShap";

/** What explaining needs besides the rows. */
interface Plan {
  readonly model: AdditiveModel;
  readonly columns: readonly string[];
  readonly players: Players;
  /** Parts of one player, or of none. */
  readonly ownParts: readonly { readonly index: number; readonly player: number | null }[];
  readonly jointParts: readonly { readonly index: number; readonly part: JointPart }[];
  /** The mean of each part over the background. */
  readonly means: Float64Array;
  readonly background: BackgroundRows | null;
}

/**
 * Exact Shapley values of a generalized linear model on the scale of its link, by the interventional game: a column gets what its terms add
 * beyond their mean over the background; what columns add together is shared among them, exactly and without sampling. Where each factor of
 * an interaction reads columns of one player, a row costs about as much as its prediction, whatever the size of the background.
 * Offsets of the formula belong to their columns; those given to the fit as options are not known to the model and not explained.
 * @throws InputError when the background rows are needed and the model has not kept them, or options do not fit the model
 * @example
 * const explanation = additiveShap(fitGlm("bad ~ duration * status", loans, { family: binomial() })).explain(loans);
 * @see Lundberg and Lee (2017), arXiv:1705.07874, section 2; Strumbelj and Kononenko (2014), doi:10.1007/s10115-013-0679-x, for additive models
 */
export function additiveShap(model: AdditiveModel, options: AdditiveShapOptions = {}): AdditiveShapExplainer {
  checkArguments(model, options);
  const columns = model.inputs.map(({ name }) => name);
  const players = choosePlayers(call, columns, options.groups);
  const playerOf = (column: string): number => players.playerOf[columns.indexOf(column)];
  const parts = listParts(model).map((part) => ({ part, players: [...new Set(part.columns.map(playerOf))].sort((a, b) => a - b) }));
  const needsRows =
    !model.fit.recipe.hasIntercept || model.fit.recipe.offsets.length > 0 || parts.some(({ players: own }) => own.length > 1);
  const background = chooseBackground(model, options, columns, needsRows);
  const own = parts.filter(({ players: some }) => some.length < 2);
  const joint = parts.filter(({ players: some }) => some.length >= 2);
  for (const { part, players: some } of joint) refuseManyPlayers(part, some.length);
  const plan: Plan = {
    model,
    columns,
    players,
    ownParts: own.map(({ part: { index }, players: [player = null] }) => ({ index, player })),
    jointParts: background
      ? joint.map(({ part, players: some }) => ({ index: part.index, part: makeJointPart(model, part, some, playerOf, background) }))
      : [],
    means: background ? meanParts(model, background) : new Float64Array(parts.length),
    background,
  };
  return { explain: (data) => explainRows(plan, data) };
}

function makeJointPart(
  model: AdditiveModel,
  part: ModelPart,
  players: readonly number[],
  playerOf: (column: string) => number,
  background: BackgroundRows,
): JointPart {
  const term = model.fit.recipe.terms.find(({ label }) => label === part.label);
  const product = term ? productPart(model.fit, term, players, playerOf, background) : null;
  return product ?? crossedPart(model, part, players, playerOf, background);
}

function explainRows({ model, columns, players, ownParts, jointParts, means, background }: Plan, data: TableLike): Explanation {
  const rows = describeInputs(readTable(`${call}.explain`, data, columns), model.inputs);
  const { constant, values: parts, numParts, linearPredictor } = evaluateParts(model, rows);
  const { numRows } = rows;
  const numPlayers = players.features.length;
  const values = new Float64Array(numRows * numPlayers);
  const baseValues = new Float64Array(numRows).fill(constant + means.reduce((sum, mean) => sum + mean, 0));
  for (const { index, player } of ownParts) {
    // A part that reads no column is the same in every row, and its mean is the whole of it.
    if (player === null) continue;
    for (let row = 0; row < numRows; row++) values[row * numPlayers + player] += parts[row * numParts + index] - means[index];
  }
  for (const { part } of jointParts) {
    for (const [k, shares] of shareJointPart(part, rows).entries()) {
      for (let row = 0; row < numRows; row++) values[row * numPlayers + part.players[k]] += shares[row];
    }
  }
  return explainChecked({
    values,
    baseValues,
    predictions: linearPredictor,
    data: rows,
    features: players.describe(rows),
    outputNames: [model.fit.recipe.response.label],
    scale: "raw",
    units: unitsOf(model.family.link.name),
    method: background ? "additive-interventional" : "additive-training-mean",
    background: background && { numRows: background.table.numRows, totalWeight: background.totalWeight },
    warnings: model.warnings,
  });
}

/** The unit of a link's scale in words; empty where it is the response's own. */
function unitsOf(link: string): string {
  if (link === "identity") return "";
  if (link === "logit") return "log-odds";
  return link === "log" ? "log of the mean" : `${link} of the mean`;
}

/** Columns keep what the caller calls them, and take over what the training table called them otherwise. */
function describeInputs(table: Table, inputs: readonly RecipeInput[]): Table {
  const descriptions = new Map(inputs.map(({ name, description }) => [name, description]));
  return Table.of(table.columns.map((column) => ({ ...column, description: { ...descriptions.get(column.name), ...column.description } })));
}

function readTable(name: string, data: TableLike, columns: readonly string[]): Table {
  const table = toTable(data, name);
  const missing = columns.find((column) => !table.has(column));
  if (missing === undefined && table.numRows > 0) return table.select(columns);
  throw new InputError({
    call: name,
    argument: "data",
    expected: missing === undefined ? "at least one row" : "a table with the columns that the model reads",
    received: missing === undefined ? "none" : `one without ${JSON.stringify(missing)}`,
    mend: missing === undefined ? "Check where the rows come from." : "Give the columns of the training data.",
  });
}

/** The background that was given, the training rows where rows are needed, or null: the means at which terms are centred do. */
function chooseBackground(
  model: AdditiveModel,
  { background, backgroundWeights }: AdditiveShapOptions,
  columns: readonly string[],
  needsRows: boolean,
): BackgroundRows | null {
  if (background === undefined && !needsRows) return null;
  const { training } = model.fit;
  if (background === undefined && training === null) {
    const expected = "given, because the model has interactions, offsets or no intercept, and has not kept its training rows";
    const mend = "Pass `background`: the training rows, or a sample of them.";
    throw new InputError({ call, argument: "background", expected, received: "nothing", mend });
  }
  const table = readTable(`${call} background`, background ?? training!.table, columns);
  const weights = readWeights(call, table.numRows, backgroundWeights);
  return { table, weights, totalWeight: weights.reduce((sum, weight) => sum + weight, 0) };
}

function meanParts(model: AdditiveModel, { table, weights, totalWeight }: BackgroundRows): Float64Array {
  const { values, numParts } = evaluateParts(model, table);
  const means = new Float64Array(numParts);
  for (let row = 0; row < table.numRows; row++)
    for (let part = 0; part < numParts; part++) means[part] += (weights[row] / totalWeight) * values[row * numParts + part];
  return means;
}

function refuseManyPlayers({ label }: ModelPart, count: number): void {
  if (count <= MOST_PLAYERS) return;
  throw new InputError({
    call,
    argument: "model",
    expected: `made of terms of at most ${MOST_PLAYERS} columns`,
    received: `${count}`,
    where: `the term ${label}`,
    mend: "Put columns of the term together with `groups`.",
  });
}

function checkArguments(model: AdditiveModel, options: AdditiveShapOptions): void {
  if (typeof model?.predictTerms !== "function" || model.fit?.recipe === undefined) {
    const mend = "Fit one with fitGlm; for trees use treeShap, for any other model exactShap.";
    throw new InputError({ call, argument: "model", expected: "a GlmModel", received: describeReceived(model), mend });
  }
  if (typeof options !== "object" || options === null) {
    const received = describeReceived(options);
    throw new InputError({ call, argument: "options", expected: "an object", received, mend: "Leave it out for the training rows." });
  }
  refuseUnknownOptions(call, options, ["background", "backgroundWeights", "groups"]);
  if (options.backgroundWeights === undefined || options.background !== undefined) return;
  const [expected, received] = ["given together with background", "weights alone"];
  throw new InputError({ call, argument: "backgroundWeights", expected, received, mend: "Pass the background rows too." });
}
