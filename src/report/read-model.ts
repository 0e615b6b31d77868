import { describeReceived, InputError } from "../errors.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import type { ReportedModel } from "./reported-model.ts";
import { reportTrees } from "./tree-model.ts";

/** A model as the report sees it, by its structure. @throws InputError for what is no model, and for models that a report cannot show */
export function readModel(call: string, model: TreeEnsemble): ReportedModel {
  if (typeof model?.predict === "function" && typeof model.link?.apply === "function") return reportTrees(call, model);
  const mend = "Make one with importLightgbm or importXgboost.";
  throw new InputError({ call, argument: "model", expected: "a TreeEnsemble", received: describeReceived(model), mend });
}
