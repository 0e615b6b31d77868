import { formatCount } from "../charts/index.ts";
import { InputError } from "../errors.ts";
import type { Family, RegressionModel } from "../models/index.ts";
import { additiveShap } from "../shap/index.ts";
import type { Explanation } from "../shap/index.ts";
import type { Table, TableLike } from "../table/index.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { ModelKind, ReportedModel, ScoreLink } from "./reported-model.ts";
import type { AdditiveModel } from "./terms/additive-model.ts";
import type { EffectMeasure } from "./terms/effect.ts";
import type { Words } from "./words.ts";

/** What one kind of regression models tells of itself. */
export interface RegressionParts {
  /** `Poisson regression`. */
  readonly name: string;
  readonly description: Html;
  readonly additive: AdditiveModel;
  showFit(): Html;
  diagnose(data: Table): Diagnosis;
}

/**
 * A generalized linear or additive model as the report sees it; `parts` are made once the model is known to be one that can be reported.
 * @throws InputError where it has no terms, or an offset that is not known for other rows
 */
export function reportRegression(call: string, model: RegressionModel, makeParts: () => RegressionParts): ReportedModel {
  checkTerms(call, model);
  checkOffset(call, model);
  const { family, inputs } = model;
  const { name, description, additive, showFit, diagnose } = makeParts();
  const { response } = model.fit.recipe;
  const kind = readKind(family);
  return {
    kind,
    columnNames: inputs.map((input) => input.name),
    outputNames: [response.label],
    event: response.levels.length === 2 ? response.levels[1] : null,
    link: readLink(family),
    scoreScale: "raw",
    title: `${name}, ${formatCount(additive.terms.length, "term", "terms")}`,
    description,
    check: null,
    warnings: model.warnings,
    prepareData: (caller, data) => prepareData(caller, model, data),
    checkMeasurable: () => undefined,
    predict: (data) => model.predict(data),
    predictScores: (data) => model.predict(data, { scale: "link" }),
    explain: (data, background) => explainRegression(model, data, background),
    describeContributions,
    sum: {
      additive,
      offsetColumns: listOffsetColumns(model),
      readOffset: (data) => readOffset(model, data),
      measure: (words, unit) => chooseMeasure(family, kind, words, unit),
      showFit,
    },
    diagnose,
  };
}

const BINARY: ReadonlySet<string> = new Set(["binomial", "quasibinomial"]);
const COUNTS: ReadonlySet<string> = new Set(["poisson", "quasipoisson", "negativeBinomial"]);

function readKind({ name }: Family): ModelKind {
  if (BINARY.has(name)) return "binary";
  return COUNTS.has(name) ? "count" : "regression";
}

/** What scores are, by the link. */
const SCORES: Readonly<Record<string, readonly [units: string, scoresAre: string | null]>> = {
  identity: ["", null],
  log: ["log of the mean", "logarithms"],
  logit: ["log-odds", "not percentages"],
  probit: ["probits", "not percentages"],
};

function readLink({ link }: Family): ScoreLink {
  const [units, scoresAre] = SCORES[link.name] ?? [`link “${link.name}” of the mean`, "on another scale than predictions"];
  return { units, scoresAre, apply: (scores) => scores.map((score) => link.inverse(score)) };
}

const NAMES: Readonly<Record<string, string>> = {
  "gaussian identity": "linear regression",
  "binomial logit": "logistic regression",
  "binomial probit": "probit regression",
  "poisson log": "Poisson regression",
  "gamma log": "gamma regression",
  "negativeBinomial log": "negative binomial regression",
  "tweedie log": "Tweedie regression",
};

/** What a regression of this family and link is called, as it stands within a sentence; null where it has no name of its own. */
export function nameRegression({ name, link }: Family): string | null {
  return NAMES[`${name} ${link.name}`] ?? null;
}

function checkTerms(call: string, { terms, formula }: RegressionModel): void {
  if (terms.some(({ variables }) => variables.length > 0)) return;
  const expected = "one with a term that reads a column, so that there is something to report";
  const received = `the formula ${JSON.stringify(formula)}`;
  throw new InputError({ call, argument: "model", expected, received, mend: "Fit one with terms." });
}

/** An offset that was given as a list of numbers is not known for the rows of a report. */
function checkOffset(call: string, { warnings }: RegressionModel): void {
  if (!warnings.some(({ name }) => name === "offsetNotKept")) return;
  throw new InputError({
    call,
    argument: "model",
    expected: "one whose offset or exposure is a column, so that it is known for other rows",
    received: "one that was fitted with a list of them",
    mend: "Make it a column of the data, name it, and fit again.",
  });
}

/** Columns that no term reads. */
function listOffsetColumns({ inputs, terms }: RegressionModel): string[] {
  const read = new Set(terms.flatMap(({ variables }) => variables));
  return inputs.flatMap(({ name }) => (read.has(name) ? [] : [name]));
}

/** What is left of the score without its terms. */
function readOffset(model: RegressionModel, data: Table): Float64Array {
  const scores = model.predict(data, { scale: "link" });
  const { constant, names, values } = model.predictTerms(data);
  return scores.map(
    (score, row) => score - values.subarray(row * names.length, (row + 1) * names.length).reduce((sum, part) => sum + part, constant),
  );
}

/** The data with what the model knows of its columns where they have no descriptions of their own. @throws InputError in the name of `call` */
function prepareData(call: string, model: RegressionModel, data: Table): Table {
  try {
    model.predict(data);
  } catch (error) {
    throw error instanceof InputError ? new InputError({ ...error.problem, call }) : error;
  }
  const known = model.inputs.map(({ name, description }) => [name, { ...description, ...data.column(name).description }] as const);
  return data.describe(Object.fromEntries(known));
}

/** Odds for the logit, multiples for the log, differences for predictions that are scores themselves, else scores. */
function chooseMeasure({ link }: Family, kind: ModelKind, words: Words, unit: string | undefined): EffectMeasure {
  // Every link is monotone; both means lie within the range of every family.
  const rises = link.apply(0.6) > link.apply(0.3);
  const { prediction } = words;
  const told = { subject: prediction, quantity: prediction, unit: undefined, rises };
  if (link.name === "logit") return { ...told, scale: "factor", subject: `odds of ${words.event}` };
  if (link.name === "log") return { ...told, scale: "factor" };
  if (link.name === "identity" && kind !== "binary") return { ...told, scale: "difference", unit };
  return { ...told, scale: "score", quantity: "score" };
}

/** Explains the scores; where a model needs rows to average over and has none, the explained rows stand for “typical”. */
function explainRegression(model: RegressionModel, data: Table, background: TableLike | undefined): Explanation {
  const { training, recipe } = model.fit;
  const hasMeans = recipe.hasIntercept && recipe.offsets.length === 0 && recipe.terms.every(({ variables }) => variables.length < 2);
  const rows = background ?? (training === null && !hasMeans ? data : undefined);
  return additiveShap(model, rows === undefined ? {} : { background: rows }).explain(data);
}

function describeContributions({ background, method }: Explanation): Html {
  const typical = background === null ? "the training rows" : formatCount(background.numRows, "background row", "background rows");
  return html`Exact Shapley values (method “${method.split(", ")[0]}”): the model is a sum, and a feature gets what its part of the sum adds
  beyond the mean over ${typical}, which stand for “typical”. What features add together is shared among them.`;
}
