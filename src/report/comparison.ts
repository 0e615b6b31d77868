import { describeReceived, InputError } from "../errors.ts";
import type { GamModel, GlmModel } from "../models/index.ts";
import { comparePredictions } from "../quality/index.ts";
import type { PredictionComparison } from "../quality/index.ts";
import type { Table } from "../table/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import { writeEstimate, writeValue } from "./estimates.ts";
import type { Facts } from "./facts.ts";
import { unitOf } from "./findings-numbers.ts";
import { readModel } from "./read-model.ts";
import type { ReportedModel } from "./reported-model.ts";
import type { Response } from "./response.ts";
import { countCases } from "./words.ts";

/** Another model that the report holds the first beside. */
export interface OtherModel {
  /** What to call it within a sentence: `boosted trees`. */
  readonly name: string;
  /** One that predicts the same response from columns of the same data. */
  readonly model: TreeEnsemble | GlmModel | GamModel;
}

/** The other model's name and how both do. */
export interface Comparison extends PredictionComparison {
  readonly name: string;
}

/** Holds a model beside another one on the same rows. @throws InputError in the name of `call` where the two cannot be compared */
export function compareWith(
  call: string,
  { name, model }: OtherModel,
  own: { readonly model: ReportedModel; readonly data: Table; readonly predictions: Float64Array; readonly response: Response | null },
): Comparison {
  const fail = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument: `comparedWith${argument}`, expected, received: describeReceived(received), mend });
  if (typeof name !== "string" || name.trim() === "") throw fail(".name", "a text", name, "Say what to call the other model.");
  if (own.response === null) throw fail("", "left out where no response is given", "another model", "Pass the response too.");
  const other = readModel(call, model, undefined);
  const { kind, outputNames } = own.model;
  if (other.kind !== kind || other.outputNames.length !== outputNames.length) {
    const expected = `a model of the same kind, ${kind} with ${outputNames.length} output${outputNames.length === 1 ? "" : "s"}`;
    throw fail(".model", expected, `${other.kind} with ${other.outputNames.length}`, "Compare models of one response.");
  }
  other.checkMeasurable(call);
  const otherPredictions = other.predict(other.prepareData(call, own.data));
  const numOutputs = outputNames.length;
  return {
    name: name.trim(),
    ...comparePredictions({ kind, response: own.response.values, predictions: own.predictions, otherPredictions, numOutputs }),
  };
}

const LOSSES: Readonly<Record<PredictionComparison["loss"], string>> = {
  meanAbsoluteError: "average error",
  logLoss: "log loss",
  meanPoissonDeviance: "mean Poisson deviance",
};

/** Which of both is better, by how much, and whether that may be chance: one sentence. */
export function describeComparison(facts: Facts, { name, loss, value, other, difference }: Comparison): string {
  const unit = loss === "meanAbsoluteError" ? unitOf(facts) : undefined;
  const told = `On the same ${countCases(facts.words, facts.data.numRows)} the ${LOSSES[loss]} is ${writeValue(value.value, value.interval, unit)} for this model and ${writeValue(other.value, other.interval, unit)} for ${name}`;
  const { interval } = difference;
  if (difference.value === 0) return `${told}: no difference.`;
  const [size, range] =
    difference.value > 0 || interval === null
      ? [Math.abs(difference.value), interval]
      : [-difference.value, { ...interval, low: -interval.high, high: -interval.low }];
  const chance = range && range.low <= 0 && range.high >= 0 ? ", which may be chance" : "";
  const which = difference.value > 0 ? `this model misses by more` : `this model misses by less`;
  return `${told}: ${which}, by ${writeEstimate(size, range, unit)}${chance}.`;
}
