import * as v from "valibot";
import type { Warning } from "../../errors.ts";
import { nameOutputs } from "../model-names.ts";
import { type LinkName, outputLink, type OutputLink } from "../output-link.ts";

/** Objectives whose response is the raw score. */
const IDENTITY =
  "RMSE MAE MAPE Quantile MultiQuantile LogLinQuantile Lq Huber Expectile LogCosh MultiRMSE MultiRMSEWithMissingValues GroupQuantile RMSPE Cox " +
  "PairLogit PairLogitPairwise YetiRank YetiRankPairwise LambdaMart StochasticFilter StochasticRank QueryRMSE QuerySoftMax QueryCrossEntropy";
const LINKS: ReadonlyMap<string, LinkName> = new Map([
  ...["Logloss", "CrossEntropy", "Focal", "MultiClassOneVsAll", "MultiLogloss", "MultiCrossEntropy"].map((name): [string, LinkName] => [
    name,
    "logistic",
  ]),
  ["MultiClass", "softmax"],
  ["Poisson", "exp"],
  ["Tweedie", "exp"],
  ...IDENTITY.split(" ").map((name): [string, LinkName] => [name, "identity"]),
]);
/** What the raw score of an objective is in, where the link does not tell. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ["LogLinQuantile", "log of the quantile"],
  ["Cox", "log of the hazard ratio"],
]);

/** What follows from what a model was trained for. */
export interface CatboostObjective {
  readonly objective: string;
  readonly link: OutputLink;
  readonly outputNames: readonly string[];
  readonly warnings: readonly Warning[];
}

const objectiveSchema = v.object({ params: v.object({ loss_function: v.object({ type: v.string() }) }) });
const classSchema = v.object({ class_params: v.object({ class_names: v.array(v.union([v.string(), v.number(), v.boolean()])) }) });

/** Reads what a file tells of its training; where it tells nothing known, a warning says that the response is the raw score. */
export function readObjective(modelInfo: Readonly<Record<string, unknown>>, numOutputs: number): CatboostObjective {
  const objective = v.is(objectiveSchema, modelInfo) ? modelInfo.params.loss_function.type : "";
  const link = LINKS.get(objective);
  const units = UNITS.get(objective);
  return {
    objective,
    link: outputLink(link ?? "identity", units === undefined ? {} : { units }),
    outputNames: nameClasses(modelInfo, objective, numOutputs),
    warnings: link === undefined ? [unknownObjective(objective)] : [],
  };
}

function nameClasses(modelInfo: Readonly<Record<string, unknown>>, objective: string, numOutputs: number): readonly string[] {
  const isClassifier = objective.startsWith("MultiClass");
  if (isClassifier && v.is(classSchema, modelInfo)) {
    const names = modelInfo.class_params.class_names.map(String);
    if (names.length === numOutputs && new Set(names).size === numOutputs) return names;
  }
  return nameOutputs(numOutputs, isClassifier ? "class" : "target");
}

function unknownObjective(objective: string): Warning {
  const what =
    objective === ""
      ? "The file names no objective (a custom one)"
      : `The response of the objective ${JSON.stringify(objective)} is not known here`;
  return { name: "objective", message: `${what}, so the response equals the raw score.`, subjects: [objective] };
}
