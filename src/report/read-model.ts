import { describeReceived, InputError } from "../errors.ts";
import type { GlmModel } from "../models/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import { reportGlm } from "./glm-model.ts";
import type { ReportedModel } from "./reported-model.ts";
import { reportTrees } from "./tree-model.ts";

/** A model as the report sees it, by its structure. @throws InputError for what is no model, and for models that a report cannot show */
export function readModel(call: string, model: TreeEnsemble | GlmModel): ReportedModel {
  if (typeof model?.predict === "function") {
    if ("kind" in model && model.kind === "glm") return reportGlm(call, model);
    if ("link" in model && typeof model.link?.apply === "function") return reportTrees(call, model);
  }
  const expected = "a TreeEnsemble or a GlmModel";
  const mend = "Make one with importLightgbm, importXgboost or fitGlm.";
  throw new InputError({ call, argument: "model", expected, received: describeReceived(model), mend });
}
