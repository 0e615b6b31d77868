import { InputError, describeReceived, listNames, refuseUnknownOptions } from "../../errors.ts";
import { ATTRIBUTION_INDEXES } from "../attribution-indexes.ts";
import { TreeEnsemble } from "../../trees/index.ts";
import { hasLogLoss } from "./response/explained-output.ts";
import { isRescalable } from "./response/slope-between.ts";
import type { TreeShapExplainOptions, TreeShapOptions, TreeShapOutput } from "./tree-shap.ts";

export const TREE_OUTPUTS: readonly TreeShapOutput[] = ["raw", "response", "logLoss", "rescaledResponse"];

/** @throws InputError for what is not a model of trees, unknown options and options that do not go together */
export function checkOptions(ensemble: TreeEnsemble, options: TreeShapOptions): void {
  if (!(ensemble instanceof TreeEnsemble)) {
    throw optionError("ensemble", "a TreeEnsemble", describeReceived(ensemble), "Read one with importLightgbm or importXgboost.");
  }
  if (typeof options !== "object" || options === null) {
    throw optionError("options", "an object", describeReceived(options), "Leave it out for path-dependent values.");
  }
  refuseUnknownOptions("treeShap", options, [
    "background",
    "backgroundWeights",
    "output",
    "index",
    "groups",
    "budget",
    "tolerance",
    "seed",
  ]);
  checkIndex(options);
  checkOutput(ensemble, options);
  checkLinearLeaves(ensemble, options);
  if (options.backgroundWeights !== undefined && options.background === undefined) {
    throw optionError("backgroundWeights", "given together with background", "weights alone", "Pass the background rows too.");
  }
}

/** @throws InputError for scales that are no sum over trees, and values that know no pairs */
export function checkInteractions(call: string, ensemble: TreeEnsemble, { output = "raw", index }: TreeShapOptions): void {
  if (output !== "raw" && !(output === "response" && ensemble.link.name === "identity")) {
    const mend = "Leave the option out: interactions add up over trees on the raw scale.";
    throw new InputError({ call, argument: "output", expected: '"raw"', received: JSON.stringify(output), mend });
  }
  if (ensemble.nodes.linearLeaves) {
    const mend = "Explain its predictions with kernelShap, which estimates interactions of any model.";
    throw new InputError({ call, argument: "ensemble", expected: "a model of constant leaves", received: "one of linear leaves", mend });
  }
  if (index !== "saabas") return;
  const mend = "Leave the option out: steps along a row's own way know no pairs.";
  throw new InputError({ call, argument: "index", expected: '"shapley" or "banzhaf"', received: '"saabas"', mend });
}

/** @throws InputError for labels that are not wanted */
export function checkExplainOptions({ output }: TreeShapOptions, run: TreeShapExplainOptions): void {
  refuseUnknownOptions("treeShap.explain", run, ["response"]);
  if (run.response === undefined || output === "logLoss") return;
  throw optionError("response", 'given for output "logLoss" only', `labels for output ${JSON.stringify(output ?? "raw")}`, "Leave it out.");
}

/** @throws InputError where each chunk would need labels */
export function checkStreams({ output }: TreeShapOptions): void {
  if (output !== "logLoss") return;
  const mend = "Give the rows of each chunk to explainParallel, with its labels.";
  const expected = 'another than "logLoss", which needs labels';
  throw new InputError({ call: "treeShap.explainStream", argument: "output", expected, received: '"logLoss"', mend });
}

function checkIndex({ index = "shapley", background }: TreeShapOptions): void {
  if (!ATTRIBUTION_INDEXES.includes(index)) {
    throw optionError("index", `one of ${listNames(ATTRIBUTION_INDEXES)}`, describeReceived(index), "Leave it out for Shapley values.");
  }
  if (index === "saabas" && background !== undefined) {
    throw optionError(
      "background",
      'left out for index "saabas"',
      "rows",
      "Saabas values compare with means by the model's training covers.",
    );
  }
}

function checkOutput(ensemble: TreeEnsemble, options: TreeShapOptions): void {
  const { output = "raw", index = "shapley", background } = options;
  if (!TREE_OUTPUTS.includes(output)) {
    throw optionError("output", `one of ${listNames(TREE_OUTPUTS)}`, describeReceived(output), "Leave it out for the model's raw scale.");
  }
  const isLinear = output === "response" && ensemble.link.name === "identity";
  if (output === "raw" || isLinear || output === "rescaledResponse") refuseSampling(options);
  if (output === "raw" || isLinear) return;
  if (ensemble.linearTerms || ensemble.nodes.linearLeaves) {
    const mend = 'Use output "raw", or explain its predictions with kernelShap.';
    throw optionError(
      "ensemble",
      `a model of trees alone, for output ${JSON.stringify(output)}`,
      ensemble.linearTerms ? "a model with linear terms" : "a model with linear leaves",
      mend,
    );
  }
  if (index !== "shapley") {
    throw optionError("index", `"shapley" for output ${JSON.stringify(output)}`, JSON.stringify(index), 'Use output "raw" with it.');
  }
  if (output === "logLoss" && !hasLogLoss(ensemble)) {
    const received = `one with link ${JSON.stringify(ensemble.link.name)} and ${ensemble.numOutputs} outputs`;
    throw optionError("ensemble", 'a classifier of two or more classes, for output "logLoss"', received, 'Use output "response" or "raw".');
  }
  if (output === "rescaledResponse" && !isRescalable(ensemble.link.name)) {
    const mend = 'Use output "response": its Shapley values are defined for any number of classes.';
    throw optionError(
      "ensemble",
      'one whose outputs are each made of one raw sum, for output "rescaledResponse"',
      `one with link ${JSON.stringify(ensemble.link.name)}`,
      mend,
    );
  }
  if (background === undefined) {
    // A function of the mean over paths would be no mean of the function: it explains no prediction of anything.
    const mend = "Pass `background`: training covers average raw sums, and the response of an average is not the average response.";
    throw optionError("background", `given for output ${JSON.stringify(output)}`, "nothing", mend);
  }
}

/** Counts tell how often training rows reached a leaf, not what values they had there: a linear leaf has no mean without rows. */
function checkLinearLeaves({ nodes }: TreeEnsemble, { background, index }: TreeShapOptions): void {
  if (!nodes.linearLeaves || background !== undefined) return;
  if (index === "saabas") {
    const mend = "Leave it out and pass `background`: the file does not tell the means of linear leaves.";
    throw optionError("index", '"shapley" or "banzhaf" for a model with linear leaves', '"saabas"', mend);
  }
  const mend = "Pass `background`: the training rows, or a sample of them.";
  const expected = "given, because the model's leaves are linear and its file does not say what values training rows had in them";
  throw optionError("background", expected, "nothing", mend);
}

/** Nothing is sampled on the raw scale: options of sampling would be without effect. */
function refuseSampling(options: TreeShapOptions): void {
  for (const name of ["budget", "tolerance", "seed"] as const) {
    if (options[name] === undefined) continue;
    throw optionError(
      name,
      'given for output "response" or "logLoss" only',
      describeReceived(options[name]),
      "Leave it out: nothing is sampled.",
    );
  }
}

function optionError(argument: string, expected: string, received: string, mend: string): InputError {
  return new InputError({ call: "treeShap", argument, expected, received, mend });
}
