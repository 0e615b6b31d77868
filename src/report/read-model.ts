import { describeReceived, InputError } from "../errors.ts";
import type { GamModel, GlmModel } from "../models/index.ts";
import type { Explanation } from "../shap/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import { reportGam } from "./gam-model.ts";
import { reportGlm } from "./glm-model.ts";
import { isPredictedModel, reportPredicted } from "./predicted-model.ts";
import type { PredictedModel } from "./predicted-model.ts";
import type { ReportedModel } from "./reported-model.ts";
import { reportTrees } from "./tree-model.ts";

/** A model as the report sees it, by its structure. @throws InputError for what is no model, and for models that a report cannot show */
export function readModel(
  call: string,
  model: TreeEnsemble | GlmModel | GamModel | PredictedModel,
  explanation: Explanation | undefined,
): ReportedModel {
  if (isPredictedModel(model)) return reportPredicted(model, explanation);
  if (typeof model?.predict === "function") {
    if ("kind" in model && model.kind === "glm") return reportGlm(call, model);
    if ("kind" in model && model.kind === "gam") return reportGam(call, model);
    if ("link" in model && typeof model.link?.apply === "function") return reportTrees(call, model);
  }
  const expected = "a TreeEnsemble, a GlmModel, a GamModel or a PredictedModel";
  const mend =
    "Make one with importLightgbm, importXgboost, fitGlm or fitGam; describe any other as { kind, name } and pass its explanation.";
  throw new InputError({ call, argument: "model", expected, received: describeReceived(model), mend });
}
