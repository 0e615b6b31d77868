import { describeReceived, InputError } from "../errors.ts";
import { assessQuality } from "../quality/index.ts";
import type { QualityReport } from "../quality/index.ts";
import { Explanation } from "../shap/index.ts";
import { toTable } from "../table/index.ts";
import type { Column, Table } from "../table/index.ts";
import { checkExplanation } from "./check-explanation.ts";
import { compareWith } from "./comparison.ts";
import type { Comparison } from "./comparison.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { extremeRows } from "./extreme-rows.ts";
import { checkOptions } from "./options.ts";
import type { ReportOptions } from "./options.ts";
import { readModel } from "./read-model.ts";
import type { ModelKind, ModelSum, ReportedModel } from "./reported-model.ts";
import { toResponseScale } from "./response-scale.ts";
import { classLabels, findResponse, readResponse } from "./response.ts";
import type { Response } from "./response.ts";
import { sampleRows, takeRows } from "./sample-rows.ts";
import type { EffectMeasure } from "./terms/effect.ts";
import { readTerms } from "./terms/read-terms.ts";
import type { TermReading } from "./terms/read-terms.ts";
import { unitsFor } from "./units.ts";
import type { Units } from "./units.ts";
import { readNarrative } from "./words.ts";
import type { Words } from "./words.ts";

/** Everything that the sections tell of, checked and computed. */
export interface Facts {
  readonly title: string;
  readonly date: Date;
  readonly words: Words;
  readonly units: Units;
  readonly model: ReportedModel;
  readonly kind: ModelKind;
  readonly data: Table;
  /** On the response scale; numRows × numOutputs, row-major. */
  readonly predictions: Float64Array;
  readonly response: Response | null;
  readonly quality: QualityReport | null;
  /** How another model does on the same rows; null where none is given. */
  readonly comparison: Comparison | null;
  /** The rows of `data` that are explained, ascending. */
  readonly rows: readonly number[];
  /** Of those rows, on the scale that is shown: the response, but the raw scores of classes. Outputs go by people's words. */
  readonly explanation: Explanation;
  /** Largest distance between a prediction and what its parts add up to, on the raw scale. */
  readonly largestResidual: number;
  /** What those rows show of the terms of a model that is a sum; null for others. */
  readonly terms: ModelTerms | null;
  /** What the model tells of its own weaknesses; null where it cannot. */
  readonly diagnosis: Diagnosis | null;
  /** The prediction at the average score of those rows; null for classes. */
  readonly predictionAtMeanScore: number | null;
  /** The probability from which a case counts as high. */
  readonly threshold: number;
  /** Whether the user gave it; else it is only the middle. */
  readonly hasThreshold: boolean;
}

/** The terms of a model that is a sum, strongest first, and what their effects are told in. */
export interface ModelTerms {
  readonly measure: EffectMeasure;
  readonly readings: readonly TermReading[];
}

/** Rounding of float64 sums over thousands of leaves, relative to the predictions. */
const ROUNDING = 1e-13;
const CALL = "renderReport";

/** Checks the options, predicts, assesses and explains. @throws InputError as {@link renderReport} says */
export function gatherFacts(options: ReportOptions): Facts {
  checkOptions(CALL, options);
  const { title, threshold = 0.5, date = new Date() } = options;
  const hasThreshold = options.threshold !== undefined;
  const model = readModel(CALL, options.model, options.explanation);
  const { kind } = model;
  const words = readNarrative(CALL, options.narrative);
  if (hasThreshold && kind !== "binary") throw thresholdWithoutUse(threshold);
  const data = model.prepareData(CALL, toTable(options.data, CALL));
  if (options.response !== undefined) model.checkMeasurable(CALL);
  const column = options.response === undefined ? null : findResponse(CALL, data, options.response);
  const response =
    column && readResponse(CALL, column, { kind, outputNames: model.outputNames, event: chooseEvent(options, model, column) });
  const predictions = model.predict(data);
  const quality = response && assess(kind, response, predictions, model.outputNames.length);
  const rows = sampleRows(data.numRows, extremeRows({ kind, model, predictions, response, threshold }));
  const raw = explainRows(options, model, data, rows);
  const unit = column?.kind === "numeric" ? column.description.unit : undefined;
  return {
    title: title.trim(),
    date,
    words,
    units: unitsFor(kind, unit),
    model,
    kind,
    data,
    predictions,
    response,
    quality,
    comparison: options.comparedWith === undefined ? null : compareWith(CALL, options.comparedWith, { model, data, predictions, response }),
    rows,
    explanation: dropRounding(showScale(raw, kind, model, response)),
    largestResidual: raw.additivityResiduals.reduce((most, residual) => Math.max(most, Math.abs(residual)), 0),
    terms: model.sum && readModelTerms(model.sum, data.take(rows), words, unit),
    diagnosis: model.diagnose(data.take(rows)),
    predictionAtMeanScore: kind === "multiclass" ? null : predictAtMeanScore(raw, model),
    threshold,
    hasThreshold,
  };
}

/** The event that was given, else the one that the model knows, if it is a level of the response. */
function chooseEvent({ event }: ReportOptions, model: ReportedModel, column: Column): string | undefined {
  if (event !== undefined || model.event === null || column.kind !== "categorical") return event;
  return column.levels.includes(model.event) ? model.event : undefined;
}

function readModelTerms(sum: ModelSum, data: Table, words: Words, unit: string | undefined): ModelTerms {
  const measure = sum.measure(words, unit);
  return { measure, readings: readTerms(sum.additive, data, measure) };
}

/** The quality of the predictions; what is wrong with the response is said in the name of the report. */
function assess(kind: ModelKind, { values }: Response, predictions: Float64Array, numOutputs: number): QualityReport {
  try {
    return assessQuality({ kind, response: values, predictions, numOutputs });
  } catch (error) {
    throw error instanceof InputError ? new InputError({ ...error.problem, call: CALL }) : error;
  }
}

function explainRows({ explanation, background }: ReportOptions, model: ReportedModel, data: Table, rows: readonly number[]): Explanation {
  if (explanation === undefined) return model.explain(rows.length === data.numRows ? data : data.take(rows), background);
  checkExplanation(CALL, explanation, { model, data });
  return takeRows(explanation, rows);
}

function showScale(raw: Explanation, kind: ModelKind, model: ReportedModel, response: Response | null): Explanation {
  if (kind !== "multiclass") return toResponseScale(raw, model.link);
  return new Explanation({ ...raw.parts(), outputNames: classLabels(model.outputNames, response) });
}

/** Contributions that are rounding beside the predictions are none: a model that says the same of everyone has no drivers. */
function dropRounding(explanation: Explanation): Explanation {
  const { values, predictions, baseValues } = explanation;
  const largest = [...predictions, ...baseValues].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return new Explanation({ ...explanation.parts(), values: values.map((value) => (Math.abs(value) <= ROUNDING * largest ? 0 : value)) });
}

function predictAtMeanScore({ predictions: scores }: Explanation, { link }: ReportedModel): number {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return link.apply(Float64Array.of(mean), 1)[0];
}

function thresholdWithoutUse(threshold: number): InputError {
  return new InputError({
    call: CALL,
    argument: "threshold",
    expected: "left out, as the model predicts no single probability",
    received: describeReceived(threshold),
    mend: "Leave it out.",
  });
}
