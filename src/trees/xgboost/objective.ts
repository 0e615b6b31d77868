import { InputError, type Warning } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import { outputLink, type LinkName, type OutputLink } from "../output-link.ts";

/** How an objective's base score, which the file gives on the response scale, becomes a raw score. */
type Margin = "identity" | "logit" | "log";

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
  ...["squarederror", "linear", "squaredlogerror", "pseudohubererror", "absoluteerror", "quantileerror", "expectileerror", "normal"].map(
    (name): [string, Objective] => [`reg:${name}`, IDENTITY],
  ),
  ...["pairwise", "ndcg", "map"].map((name): [string, Objective] => [`rank:${name}`, IDENTITY]),
]);

/** What follows from the objective of an XGBoost model. */
export interface XgboostObjective {
  readonly link: OutputLink;
  /** What raw sums start from; one an output. */
  readonly baseScores: Float64Array;
  /** The same, computed in float32 as XGBoost does. */
  readonly singleBaseScores: Float32Array;
  readonly warnings: readonly Warning[];
}

/** @throws InputError for a base score that the objective cannot have, and for several expectiles. */
export function readObjective(call: string, name: string, baseScore: string | number, numOutputs: number): XgboostObjective {
  if (name === "reg:expectileerror" && numOutputs > 1) throw severalExpectiles(call, numOutputs);
  const known = OBJECTIVES.get(name);
  const { link, margin, units } = known ?? IDENTITY;
  const scores = parseBaseScores(call, baseScore, numOutputs);
  const bad = margin === "log" ? scores.find((score) => score <= 0) : undefined;
  if (bad !== undefined) throw damagedFile(call, "base_score", `above 0 for objective ${name}`, String(bad));
  return {
    link: outputLink(link, units === undefined ? {} : { units }),
    baseScores: scores.map((score) => toMargin(margin, score, Number)),
    singleBaseScores: Float32Array.from(scores, (score) => toMargin(margin, score, Math.fround)),
    warnings: known ? [] : [unknownObjective(name)],
  };
}

/** One number, as texts up to XGBoost 3.0 give it, or a list in brackets of one number or one an output. */
function parseBaseScores(call: string, text: string | number, numOutputs: number): Float64Array {
  const numbers = String(text)
    .trim()
    .replace(/^\[(.*)\]$/, "$1")
    .split(",");
  const scores = Float64Array.from(numbers, (number) => (number.trim() === "" ? NaN : Math.fround(Number(number))));
  if (!scores.every(Number.isFinite) || (scores.length !== 1 && scores.length !== numOutputs)) {
    const expected = numOutputs === 1 ? "one number" : `one number or ${numOutputs}`;
    throw damagedFile(call, "base_score", expected, JSON.stringify(text));
  }
  return scores.length === numOutputs ? scores : new Float64Array(numOutputs).fill(scores[0]);
}

/** @param round - What every step is rounded with: `Math.fround` gives XGBoost's own float32 result. */
function toMargin(margin: Margin, score: number, round: (x: number) => number): number {
  if (margin === "identity") return score;
  if (margin === "log") return round(Math.log(score));
  const probability = Math.min(Math.max(score, Math.fround(1e-6)), Math.fround(1 - 1e-6));
  return -round(Math.log(round(round(1 / probability) - 1)));
}

function unknownObjective(name: string): Warning {
  return {
    name: "objective",
    message: `The objective ${JSON.stringify(name)} is not known here, so the response equals the raw score.`,
    subjects: [name],
  };
}

function severalExpectiles(call: string, numOutputs: number): InputError {
  return new InputError({
    call,
    argument: "objective reg:expectileerror",
    expected: "for one expectile",
    received: `${numOutputs} expectiles, whose raw scores build on one another`,
    mend: "Train one model an expectile.",
  });
}
