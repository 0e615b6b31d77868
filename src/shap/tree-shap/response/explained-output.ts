import { InputError, describeReceived, listNames } from "../../../errors.ts";
import { log1pExp } from "../../../numeric/index.ts";
import type { TreeEnsemble } from "../../../trees/index.ts";

/** What is explained in place of the raw sums: a function of them. */
export interface ExplainedOutput {
  readonly scale: string;
  readonly units: string;
  readonly outputNames: readonly string[];
  /** @throws InputError when there are not as many labels as rows */
  checkRows(numRows: number): void;
  /** From raw sums, mixes × model outputs, to mixes × outputs; `row` is the explained row that they are mixed of. */
  apply(raw: Float64Array, row: number): Float64Array;
}

/** The labels of explained rows: numbers, or for several classes their names. */
export type RowLabels = ArrayLike<number | string>;

/** The model's response: probabilities, means. */
export function responseOutput({ link, outputNames, numOutputs }: TreeEnsemble): ExplainedOutput {
  return { scale: "response", units: "", outputNames, checkRows: () => undefined, apply: (raw) => link.apply(raw, numOutputs) };
}

/** The log loss of the explained rows: −log of the probability of what was seen. @throws InputError for labels that are none of the model's */
export function lossOutput(ensemble: TreeEnsemble, response: RowLabels | undefined): ExplainedOutput {
  const { link, numOutputs } = ensemble;
  const { divisor, slope } = link;
  const labels = readLabels(ensemble, response);
  const binary = (raw: Float64Array, row: number): Float64Array =>
    raw.map((x) => {
      const margin = (slope * x) / divisor;
      return log1pExp(margin) - labels[row] * margin;
    });
  const classes = (raw: Float64Array, row: number): Float64Array =>
    Float64Array.from({ length: raw.length / numOutputs }, (_, mix) => {
      const scores = raw.subarray(mix * numOutputs, (mix + 1) * numOutputs);
      return logSumExp(scores, divisor) - scores[labels[row]] / divisor;
    });
  return {
    scale: "logLoss",
    units: "log loss",
    outputNames: ["log loss"],
    checkRows: (numRows) => checkCount(labels, numRows),
    apply: link.name === "softmax" ? classes : binary,
  };
}

function logSumExp(scores: Float64Array, divisor: number): number {
  let largest = -Infinity;
  for (const score of scores) largest = Math.max(largest, score);
  let sum = 0;
  for (const score of scores) sum += Math.exp((score - largest) / divisor);
  return largest / divisor + Math.log(sum);
}

/** Whether the model gives probabilities of which a log loss is made. */
export function hasLogLoss({ link, numOutputs }: TreeEnsemble): boolean {
  return link.name === "softmax" || (link.name === "logistic" && numOutputs === 1);
}

/** Labels as numbers: the probability of class 1 that was seen, or the position of the class. */
function readLabels({ link, outputNames }: TreeEnsemble, labels: RowLabels | undefined): Float64Array {
  if (typeof labels !== "object" || labels === null || !(labels.length >= 0))
    throw labelError("labels, one a row", describeReceived(labels));
  const isBinary = link.name === "logistic";
  return Float64Array.from(labels as ArrayLike<number>, (_, row) => {
    const label = labels[row];
    const code = typeof label === "string" && !isBinary ? outputNames.indexOf(label) : label;
    const isKnown = typeof code === "number" && code >= 0 && (isBinary ? code <= 1 : code < outputNames.length && Number.isInteger(code));
    if (isKnown) return code;
    const expected = isBinary ? "made of 0 and 1 (or shares between)" : `made of ${listNames(outputNames)}, or their positions`;
    throw labelError(expected, describeReceived(label), `row ${row}`);
  });
}

function checkCount(labels: Float64Array, numRows: number): void {
  if (labels.length !== numRows) throw labelError(`${numRows} labels, one a row`, `${labels.length}`);
}

function labelError(expected: string, received: string, where?: string): InputError {
  const mend = "A row's log loss needs what was seen of it: explain(data, { response: labels }).";
  return new InputError({ call: "treeShap.explain", argument: "response", expected, received, ...(where ? { where } : {}), mend });
}
