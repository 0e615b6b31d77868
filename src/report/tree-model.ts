import { formatCount } from "../charts/index.ts";
import { InputError } from "../errors.ts";
import { treeShap } from "../shap/index.ts";
import type { Explanation } from "../shap/index.ts";
import type { TreeEnsemble } from "../trees/index.ts";
import { checkModel } from "./check-model.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { ModelKind, ReportedModel } from "./reported-model.ts";

/** A tree ensemble as the report sees it. @throws InputError for models that a report cannot show */
export function reportTrees(call: string, model: TreeEnsemble): ReportedModel {
  const { link, featureNames, outputNames, warnings } = model;
  return {
    kind: readKind(call, model),
    columnNames: featureNames,
    outputNames,
    event: null,
    link: {
      units: link.units,
      scoresAre: link.name === "identity" ? null : (SCORES[link.name] ?? "on another scale than predictions"),
      apply: (scores, numOutputs) => link.apply(scores, numOutputs),
    },
    scoreScale: "raw",
    title: `${nameFormat(model.format)}, ${countParts(model)}`,
    description: describeTrees(model),
    check: checkModel(nameFormat(model.format), model),
    warnings,
    prepareData: (name, data) => {
      model.encode(data, name);
      return data;
    },
    checkMeasurable: (name) => checkMeasurable(name, model),
    predict: (data) => model.predict(data),
    predictScores: (data) => model.sumLeaves(model.encode(data, call)),
    explain: (data, background) => treeShap(model, background === undefined ? {} : { background }).explain(data),
    describeContributions: (explanation) => describeContributions(model, explanation),
    sum: null,
    diagnose: () => null,
  };
}

/** What scores are, by the link that turns them into predictions. */
const SCORES: Readonly<Record<string, string>> = { logistic: "not percentages", exp: "logarithms" };

const NAMES: ReadonlyMap<string, string> = new Map([
  ["lightgbm", "LightGBM"],
  ["xgboost", "XGBoost"],
]);

/** The library that wrote a model file, as it writes its own name. */
function nameFormat(format: string): string {
  return NAMES.get(format) ?? format;
}

/** Reads from the link what is predicted. */
function readKind(call: string, { link, numOutputs, objective }: TreeEnsemble): ModelKind {
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

function checkMeasurable(call: string, { objective }: TreeEnsemble): void {
  if (!WITHOUT_MEASURE.test(objective)) return;
  throw new InputError({
    call,
    argument: "response",
    expected: `left out, as no measure of quality here fits the objective ${JSON.stringify(objective)}`,
    received: "a response",
    mend: "Leave it out: the report then shows drivers and cases.",
  });
}

/** What the model is made of. */
function countParts({ numTrees, linearTerms }: TreeEnsemble): string {
  const trees = formatCount(numTrees, "tree", "trees");
  if (linearTerms === null) return trees;
  return numTrees === 0 ? "a linear model" : `a linear model and ${trees}`;
}

function describeTrees(model: TreeEnsemble): Html {
  const objective = model.objective === "" ? "no objective named" : `objective “${model.objective}”`;
  return html`${nameFormat(model.format)}, ${countParts(model)}, ${objective},
  ${formatCount(model.featureNames.length, "feature", "features")}`;
}

function describeContributions({ linearTerms, numTrees }: TreeEnsemble, { background, standardErrors, method }: Explanation): Html {
  const exact = standardErrors ? "Sampled Shapley values, with standard errors" : "Exact Shapley values";
  const [name] = method.split(", ");
  if (background) {
    return html`${exact} (method “${name}”): the difference that knowing a feature makes, averaged over all orders in which features can
    become known. An unknown feature takes its values from ${formatCount(background.numRows, "background row", "background rows")}, which
    ${background.numRows === 1 ? "stands" : "stand"} for “typical”.`;
  }
  const unknown = [
    ...(numTrees > 0 ? ["is averaged by the training rows that went each way at the splits of the trees"] : []),
    ...(linearTerms ? ["counts as 0 where it is multiplied by a weight"] : []),
  ];
  return html`${exact} (method “${name}”): the difference that knowing a feature makes, averaged over all orders in which features can
  become known. An unknown feature ${unknown.join(", and ")}, which ${numTrees > 0 ? "stand" : "stands"} for “typical”.`;
}
