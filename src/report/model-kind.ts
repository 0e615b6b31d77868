import { describeReceived, InputError } from "../errors.ts";
import type { QualityReport } from "../quality/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";

/** What a model predicts: a probability of one event, probabilities of classes, a mean count, or any number. */
export type ModelKind = QualityReport["kind"];

/** Reads from a model's link what it predicts. @throws InputError for what is no model, and for models that a report cannot show yet */
export function readKind(call: string, model: TreeEnsemble): ModelKind {
  if (typeof model?.predict !== "function" || typeof model.link?.apply !== "function") {
    const mend = "Make one with importLightgbm or importXgboost.";
    throw new InputError({ call, argument: "model", expected: "a TreeEnsemble", received: describeReceived(model), mend });
  }
  const { link, numOutputs, objective } = model;
  if (link.name === "softmax") return "multiclass";
  if (numOutputs === 1 && link.name !== "hinge") {
    if (link.name === "logistic") return "binary";
    return link.name === "exp" && objective.includes("poisson") ? "count" : "regression";
  }
  throw new InputError({
    call,
    argument: "model",
    expected: "a model of one number, of one probability, or of classes whose probabilities sum to 1",
    received: `${numOutputs} output${numOutputs === 1 ? "" : "s"} with the link "${link.name}"`,
    mend:
      link.name === "hinge"
        ? "Train it to predict probabilities, for example with binary:logistic."
        : "Train one model an output, or classes with a softmax objective.",
  });
}

/** Objectives whose predictions are no mean to be compared with an outcome: ranks, hazards, quantiles, bare scores. */
const WITHOUT_MEASURE = /^(rank|survival|lambdarank|rank_xendcg|quantile|reg:quantileerror|reg:expectileerror|binary:logitraw)/;

/** Refuses outcomes that no measure here can be held against. @throws InputError */
export function checkMeasurable(call: string, { objective }: TreeEnsemble): void {
  if (!WITHOUT_MEASURE.test(objective)) return;
  throw new InputError({
    call,
    argument: "response",
    expected: `left out, as no measure of quality here fits the objective ${JSON.stringify(objective)}`,
    received: "a response",
    mend: "Leave it out: the report then shows drivers and cases.",
  });
}
