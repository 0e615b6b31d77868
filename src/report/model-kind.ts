import { describeReceived, InputError } from "../errors.ts";
import type { QualityReport } from "../quality/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";

/** What a model predicts: a probability of one event, probabilities of classes, a mean above zero, or any number. */
export type ModelKind = QualityReport["kind"];

/** Reads from a model's link what it predicts. @throws InputError for what is no model, and for models that a report cannot show yet */
export function readKind(call: string, model: TreeEnsemble): ModelKind {
  if (typeof model?.predict !== "function" || typeof model.link?.apply !== "function") {
    const mend = "Make one with importLightgbm or importXgboost.";
    throw new InputError({ call, argument: "model", expected: "a TreeEnsemble", received: describeReceived(model), mend });
  }
  const { link, numOutputs } = model;
  if (link.name === "softmax") return "multiclass";
  if (numOutputs === 1 && link.name !== "hinge") {
    if (link.name === "logistic") return "binary";
    return link.name === "exp" ? "count" : "regression";
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
