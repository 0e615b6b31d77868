import type { Warning } from "../errors.ts";
import type { QualityReport } from "../quality/index.ts";
import type { Explanation } from "../shap/index.ts";
import type { Table, TableLike } from "../table/index.ts";
import type { Diagnosis } from "./diagnosis.ts";
import type { Html } from "./html.ts";
import type { AdditiveModel } from "./terms/additive-model.ts";
import type { EffectMeasure } from "./terms/effect.ts";
import type { Words } from "./words.ts";

/** What a model predicts: a probability of one event, probabilities of classes, a mean count, or any number. */
export type ModelKind = QualityReport["kind"];

/** From the scores on which a model adds up to what it predicts. */
export interface ScoreLink {
  /** The unit of scores in words, for example `log-odds`; empty where it is the prediction's own. */
  readonly units: string;
  /** What scores are where they are no predictions: `logarithms`; null where they are. */
  readonly scoresAre: string | null;
  /** Predictions; `scores` and the result are rows × numOutputs, row-major. */
  apply(scores: Float64Array, numOutputs: number): Float64Array;
}

/**
 * A model as the report sees it: what it predicts, why, and what to say of it. One adapter a family of models makes it; no other code of
 * the report asks what the model was.
 */
export interface ReportedModel {
  readonly kind: ModelKind;
  /** The columns of the data that it reads, in the model's order. */
  readonly columnNames: readonly string[];
  /** One an output, in the model's own words. */
  readonly outputNames: readonly string[];
  /** The level of its response whose probability it predicts; null where it knows of none. */
  readonly event: string | null;
  readonly link: ScoreLink;
  /** The `scale` of explanations of scores. */
  readonly scoreScale: string;
  /** What it is, below the title: `LightGBM, 57 trees`. */
  readonly title: string;
  /** What it is, in the section on method. */
  readonly description: Html;
  /** Whether it was read rightly; null for models that were not read from another software's file. */
  readonly check: ModelCheck | null;
  /** What is to be known of it, beside what its explanations warn of. */
  readonly warnings: readonly Warning[];
  /** The data, with what the model knows to say of them. @throws InputError in the name of `call` where it cannot read them */
  prepareData(call: string, data: Table): Table;
  /** Refuses outcomes that no measure of quality can be held against. @throws InputError in the name of `call` */
  checkMeasurable(call: string): void;
  /** Predictions on the response scale; rows × outputs, row-major. */
  predict(data: Table): Float64Array;
  /** What explanations add up to; rows × outputs, row-major. */
  predictScores(data: Table): Float64Array;
  /** Explains the scores of the rows. */
  explain(data: Table, background: TableLike | undefined): Explanation;
  /** How contributions come about and what stands for “typical” in them. */
  describeContributions(explanation: Explanation): Html;
  /** How it adds up, for a model that is a sum of terms with coefficients; null for others. */
  readonly sum: ModelSum | null;
  /** What it tells of its own weaknesses, `data` being the explained rows; null for models without a distribution. */
  diagnose(data: Table): Diagnosis | null;
}

/** Whether predictions here are those of the software that fitted a model, which was read from its file. */
export interface ModelCheck {
  /** What was compared, and what it showed. */
  readonly words: Html;
  /** Whether predictions differ: then nothing in the report can be relied on. */
  readonly failed: boolean;
}

/** A model that is a sum of terms. */
export interface ModelSum {
  readonly additive: AdditiveModel;
  /** Columns that it takes as given, without a coefficient: how much there is to count. */
  readonly offsetColumns: readonly string[];
  /** What those columns add to the score, one a row; all 0 where there are none. */
  readOffset(data: Table): Float64Array;
  /** What its effects are told in; `unit` is that of the response. */
  measure(words: Words, unit: string | undefined): EffectMeasure;
  /** The tables that an analyst expects. */
  showFit(): Html;
}
