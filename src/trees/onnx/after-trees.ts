import { NodeAttributes } from "./attributes.ts";
import { DOUBLE, FLOAT, type OnnxNode } from "./model-file.ts";
import { addScores, multiplyScores, shiftScores } from "./score-arithmetic.ts";
import type { Known, Scores } from "./scores.ts";

/** Operators that leave the numbers as they are, or only their shape. */
const SAME = new Set(["Identity", "ZipMap"]);
const RESHAPING = new Set(["Reshape", "Flatten", "Squeeze", "Unsqueeze"]);

/**
 * What a node makes of scores, and of constants beside them.
 *
 * @returns null where the operator is not understood, or what it makes is no sum of trees or link of one.
 */
export function afterTrees(call: string, node: OnnxNode, from: readonly Known[]): Scores | null {
  const attributes = new NodeAttributes(call, node);
  const { operator } = node;
  const [first] = from;
  if (operator === "Add" || operator === "Sum") return sum(from);
  if (operator === "Sub") return subtract(from);
  if (operator === "Mul") return multiply(from);
  if (operator === "Div") return first.kind === "scores" ? scale(first, from[1], (x) => 1 / x) : null;
  if (operator === "ArrayFeatureExtractor" || operator === "Gather") return first.kind === "scores" ? pick(first, from[1]) : null;
  if (first.kind !== "scores") return null;
  if (SAME.has(operator) || (RESHAPING.has(operator) && keepsColumns(first, operator, from[1]))) return first;
  if (operator === "Cast") return cast(first, attributes.whole("to", 0, 0, 64));
  if (operator === "Neg") return multiplyScores(first, [-1]);
  if (operator === "Exp") return transform(first, "exp");
  if (operator === "Sigmoid") return transform(first, "logistic");
  if (operator === "Softmax") return first.outputNames.length > 1 ? transform(first, "softmax") : null;
  return operator === "Normalizer" ? normalize(first, attributes.text("norm", "MAX")) : null;
}

/** Whether rows stay rows: a single column may lose or gain axes, several have to stay the last axis. */
function keepsColumns({ outputNames, hiddenColumn }: Scores, operator: string, shape: Known | undefined): boolean {
  const numColumns = outputNames.length + (hiddenColumn === null ? 0 : 1);
  if (numColumns === 1 || operator === "Flatten") return true;
  return operator === "Reshape" && shape?.kind === "constant" && shape.values.at(-1) === numColumns;
}

function sum(from: readonly Known[]): Scores | null {
  let total: Scores | null = null;
  for (const one of from) {
    if (one.kind === "scores") total = total === null ? one : addScores(total, one);
    else if (one.kind !== "constant") return null;
    if (one.kind === "scores" && total === null) return null;
  }
  for (const one of from) if (one.kind === "constant" && total !== null) total = shiftScores(total, one.values);
  return total;
}

function subtract([first, second]: readonly Known[]): Scores | null {
  if (second === undefined) return null;
  if (first.kind === "scores") {
    if (second.kind === "constant")
      return shiftScores(
        first,
        second.values.map((x) => -x),
      );
    const negative = second.kind === "scores" ? multiplyScores(second, [-1]) : null;
    return negative === null ? null : addScores(first, negative);
  }
  const negative = second.kind === "scores" ? multiplyScores(second, [-1]) : null;
  return negative !== null && first.kind === "constant" ? shiftScores(negative, first.values) : null;
}

function multiply([first, second]: readonly Known[]): Scores | null {
  if (first.kind === "scores") return scale(first, second, (x) => x);
  return second?.kind === "scores" ? scale(second, first, (x) => x) : null;
}

function scale(scores: Scores, by: Known | undefined, factor: (x: number) => number): Scores | null {
  return by?.kind === "constant" ? multiplyScores(scores, Array.from(by.values, factor)) : null;
}

/** The second of two columns, which is the only output where it tells the first. */
function pick(scores: Scores, index: Known | undefined): Scores | null {
  if (index?.kind !== "constant" || index.values.length !== 1) return null;
  const [at] = index.values;
  if (scores.hiddenColumn) return at === 1 || at === -1 ? { ...scores, hiddenColumn: null } : null;
  const column = at < 0 ? at + scores.outputNames.length : at;
  if (scores.link === "softmax" || scores.link === "softmaxZero" || scores.outputNames[column] === undefined) return null;
  return {
    ...scores,
    forests: scores.forests.map((weighed) => ({ ...weighed, outputs: weighed.outputs.map((output) => (output === column ? 0 : -1)) })),
    bases: [scores.bases[column]],
    outputNames: [scores.outputNames[column]],
  };
}

function cast(scores: Scores, type: number): Scores | null {
  return type === FLOAT || type === DOUBLE ? scores : null;
}

function transform(scores: Scores, link: "exp" | "logistic" | "softmax"): Scores | null {
  return scores.link === "identity" && scores.hiddenColumn === null ? { ...scores, link } : null;
}

/** Divides by the sum of a row: nothing, where that is 1. */
function normalize(scores: Scores, norm: string): Scores | null {
  const isOne = scores.link === "softmax" || scores.link === "softmaxZero" || (scores.link === "logistic" && scores.hiddenColumn === "one");
  return norm === "L1" && isOne ? scores : null;
}
