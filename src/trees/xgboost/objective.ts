import type { Warning } from "../../errors.ts";
import { nameOutputs } from "../model-names.ts";
import { outputLink, type LinkName, type OutputLink } from "../output-link.ts";
import { readBaseScores, type BaseScores, type Margin } from "./base-scores.ts";
import type { XgboostFile } from "./file.ts";

interface Objective {
  readonly link: LinkName;
  readonly margin: Margin;
  readonly units?: string;
}

const IDENTITY: Objective = { link: "identity", margin: "identity" };
const LOGISTIC: Objective = { link: "logistic", margin: "logit" };
const LOG_MEAN: Objective = { link: "exp", margin: "log" };
const SOFTMAX: Objective = { link: "softmax", margin: "identity" };

const OBJECTIVES: ReadonlyMap<string, Objective> = new Map([
  ["binary:logistic", LOGISTIC],
  ["reg:logistic", LOGISTIC],
  ["binary:logitraw", { link: "identity", margin: "identity", units: "log-odds" }],
  ["binary:hinge", { link: "hinge", margin: "identity" }],
  ["multi:softprob", SOFTMAX],
  ["multi:softmax", SOFTMAX],
  ["count:poisson", LOG_MEAN],
  ["reg:gamma", LOG_MEAN],
  ["reg:tweedie", LOG_MEAN],
  ["survival:cox", { ...LOG_MEAN, units: "log of the hazard ratio" }],
  ["survival:aft", { ...LOG_MEAN, units: "log of the time" }],
  ["reg:expectileerror", { link: "cumulativeSoftplus", margin: "cumulativeSoftplus" }],
  ...["squarederror", "linear", "squaredlogerror", "pseudohubererror", "absoluteerror", "quantileerror", "normal"].map(
    (name): [string, Objective] => [`reg:${name}`, IDENTITY],
  ),
  ...["pairwise", "ndcg", "map"].map((name): [string, Objective] => [`rank:${name}`, IDENTITY]),
]);

/** What follows from the objective of an XGBoost model. */
export interface XgboostObjective {
  readonly link: OutputLink;
  readonly outputNames: readonly string[];
  readonly baseScores: BaseScores;
  readonly warnings: readonly Warning[];
}

/** @throws InputError for a base score that the objective cannot have. */
export function readObjective(call: string, file: XgboostFile): XgboostObjective {
  const { objective: name, numOutputs } = file;
  const known = OBJECTIVES.get(name);
  const { link, margin, units } = known ?? IDENTITY;
  return {
    link: outputLink(chooseLink(file, link), units === undefined ? {} : { units }),
    outputNames: nameXgboostOutputs(file),
    baseScores: readBaseScores(call, name, margin, file.baseScore, numOutputs),
    warnings: known ? [] : [unknownObjective(name)],
  };
}

/** From XGBoost 3.4 on, the quantiles of a row are put in order after they are predicted. */
function chooseLink({ objective, numOutputs, version: [major = 0, minor = 0] }: XgboostFile, link: LinkName): LinkName {
  if (numOutputs === 1 && link === "cumulativeSoftplus") return "identity";
  const sorts = objective === "reg:quantileerror" && numOutputs > 1 && (major > 3 || (major === 3 && minor >= 4));
  return sorts ? "sort" : link;
}

function nameXgboostOutputs({ objective, numOutputs, numClass, levels }: XgboostFile): string[] {
  if (objective === "reg:normal" && numOutputs === 2) return ["mean", "log of the variance"];
  const numbers = [...new Set(String(levels ?? "").match(/[\d.]+(?:e[+-]?\d+)?/gi))].map(Number);
  const kind = objective === "reg:quantileerror" ? "quantile" : "expectile";
  if (numOutputs > 1 && numbers.length === numOutputs) return numbers.map((level) => `${kind} ${level}`);
  return nameOutputs(numOutputs, numClass > 1 ? "class" : "target");
}

function unknownObjective(name: string): Warning {
  return {
    name: "objective",
    message: `The objective ${JSON.stringify(name)} is not known here, so the response equals the raw score.`,
    subjects: [name],
  };
}
