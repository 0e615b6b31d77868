import { formatCount, formatNumber } from "../charts/index.ts";
import { describeReceived, InputError, listNames } from "../errors.ts";
import type { Explanation } from "../shap/index.ts";
import type { Table } from "../table/index.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { ReportedModel, ScoreLink } from "./reported-model.ts";

/**
 * A model of which only predictions and their explanation are known, such as a network or a service that `kernelShap` or `gradientShap`
 * explained. Its reports need `explanation`, one output for all rows of `data`.
 */
export interface PredictedModel {
  /** What it predicts: a number, a mean count, or the probability of one event. */
  readonly kind: "regression" | "count" | "binary";
  /** What it is, for the line below the title: `Neural network of two layers`. */
  readonly name: string;
}

const CALL = "renderReport";
const KINDS = ["regression", "count", "binary"];

/** Whether this describes a model rather than being one. */
export function isPredictedModel(model: unknown): model is PredictedModel {
  if (typeof model !== "object" || model === null || "predict" in model) return false;
  const { kind, name } = model as Partial<PredictedModel>;
  return typeof name === "string" && typeof kind === "string";
}

/** A model as the report sees it, of its explanation alone. @throws InputError where there is none, or not one of a single output */
export function reportPredicted(model: PredictedModel, explanation: Explanation | undefined): ReportedModel {
  if (!KINDS.includes(model.kind)) throw fail("model.kind", `one of ${listNames(KINDS)}`, model.kind, "Say what the model predicts.");
  if (typeof explanation?.parts !== "function") {
    throw fail("explanation", "given, as nothing else is known of the model", explanation, "Explain all rows of the data with kernelShap.");
  }
  const { numOutputs, outputNames, predictions, scale, units } = explanation;
  if (numOutputs !== 1) {
    const mend = "Choose one: explanation.output(name).";
    throw fail("explanation", "of one output", `${numOutputs}: ${outputNames.join(", ")}`, mend);
  }
  const link = readLink(scale, units);
  const responses = link.apply(predictions, 1);
  checkRange(model.kind, responses);
  return {
    kind: model.kind,
    columnNames: explanation.features.flatMap(({ columns }) => columns),
    outputNames,
    event: null,
    link,
    scoreScale: scale,
    title: model.name,
    description: html`${model.name}, of which this report knows its predictions alone`,
    check: null,
    warnings: [],
    prepareData: (call, data) => checkRows(call, explanation, data),
    checkMeasurable: () => undefined,
    // Of the rows of the explanation, which are those of the data: checked above.
    predict: () => responses,
    predictScores: () => predictions,
    explain: () => explanation,
    describeContributions,
    sum: null,
    diagnose: () => null,
  };
}

function fail(argument: string, expected: string, received: unknown, mend: string): InputError {
  return new InputError({ call: CALL, argument, expected, received: describeReceived(received), mend });
}

/** The scales on which kernelShap explains. */
function readLink(scale: string, units: string): ScoreLink {
  if (scale === "response") return { units: "", scoresAre: null, apply: (scores) => scores };
  if (units === "log-odds")
    return { units, scoresAre: "not percentages", apply: (scores) => scores.map((score) => 1 / (1 + Math.exp(-score))) };
  if (units === "log of the mean") return { units, scoresAre: "logarithms", apply: (scores) => scores.map(Math.exp) };
  throw fail("explanation", "on the response scale, in log-odds or in logarithms", `${scale} in ${units}`, "Explain with kernelShap.");
}

function checkRange(kind: PredictedModel["kind"], responses: Float64Array): void {
  const most = kind === "binary" ? 1 : Infinity;
  const wrong = kind === "regression" ? -1 : responses.findIndex((value) => !(value >= 0 && value <= most));
  if (wrong < 0) return;
  const expected = kind === "binary" ? '"binary" only for probabilities' : '"count" only for numbers from 0';
  throw fail("model.kind", expected, `a prediction of ${responses[wrong]} in row ${wrong}`, 'Write "regression" for any other number.');
}

function checkRows(call: string, explanation: Explanation, data: Table): Table {
  const missing = explanation.features.flatMap(({ columns }) => columns).filter((name) => !data.has(name));
  if (data.numRows === explanation.numRows && missing.length === 0) return data;
  const received =
    missing.length > 0 ? `data without ${listNames(missing)}` : `${explanation.numRows} explained rows and ${data.numRows} rows of data`;
  const mend = "Explain the same table that the report is on.";
  throw new InputError({ call, argument: "explanation", expected: "one of all rows of the data", received, mend });
}

function describeContributions({ background, method, standardErrors, predictions, baseValues }: Explanation): Html {
  const name = method.split(", ")[0];
  const rows = formatCount(background?.numRows ?? 0, "background row", "background rows");
  const unknown = html`An unknown feature takes its values from ${rows}, which stand for “typical”.`;
  const idea =
    name === "expected-gradients"
      ? html`Expected gradients (method “${name}”): the model’s slopes, added up along straight lines from typical rows to this one, over
        ${rows}.`
      : html`${name === "exact-enumeration" ? "Exact" : "Sampled"} Shapley values (method “${name}”): the difference that knowing a feature
        makes, averaged over all orders in which features can become known. ${unknown}`;
  const largest = (standardErrors ?? new Float64Array(0)).reduce((most, error) => Math.max(most, error), 0);
  if (largest === 0) return idea;
  const moves = predictions.reduce((sum, value, row) => sum + Math.abs(value - baseValues[row]), 0) / predictions.length;
  return html`${idea} They are estimates: the largest standard error of a contribution is ${formatNumber(largest)}, beside predictions that
  lie ${formatNumber(moves)} from the typical one on average.`;
}
