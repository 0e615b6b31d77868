import { InputError, describeReceived, refuseUnknownOptions } from "../../errors.ts";
import { ATTRIBUTION_INDEXES } from "../attribution-indexes.ts";
import { TreeEnsemble } from "../../trees/index.ts";
import type { TreeShapOptions } from "./tree-shap.ts";

/** @throws InputError for what is not a model of trees, unknown options and options that do not go together */
export function checkOptions(ensemble: TreeEnsemble, options: TreeShapOptions): void {
  if (!(ensemble instanceof TreeEnsemble)) {
    throw optionError("ensemble", "a TreeEnsemble", describeReceived(ensemble), "Read one with importLightgbm or importXgboost.");
  }
  if (ensemble.linearTerms) {
    const mend = "Explain its predictions with exactShap or kernelShap.";
    throw optionError("ensemble", "a model of trees", "a model with linear terms", mend);
  }
  if (typeof options !== "object" || options === null) {
    throw optionError("options", "an object", describeReceived(options), "Leave it out for path-dependent values.");
  }
  refuseUnknownOptions("treeShap", options, ["background", "backgroundWeights", "output", "index", "groups"]);
  if (options.output !== undefined && options.output !== "raw") {
    throw optionError("output", '"raw"', JSON.stringify(options.output), "Leave it out: values are on the model's raw scale.");
  }
  if (options.index !== undefined && !ATTRIBUTION_INDEXES.includes(options.index)) {
    throw optionError(
      "index",
      ATTRIBUTION_INDEXES.map((name) => JSON.stringify(name)).join(" or "),
      describeReceived(options.index),
      "Leave it out for Shapley values.",
    );
  }
  if (options.backgroundWeights !== undefined && options.background === undefined) {
    throw optionError("backgroundWeights", "given together with background", "weights alone", "Pass the background rows too.");
  }
}

function optionError(argument: string, expected: string, received: string, mend: string): InputError {
  return new InputError({ call: "treeShap", argument, expected, received, mend });
}
