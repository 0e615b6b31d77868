import type { Facts } from "./facts.ts";

/** Why a case was chosen. */
export type CaseRole = "typical" | "high" | "low" | "borderline" | "torn" | "wrong";

/** A row that stands for something. */
export interface ChosenCase {
  readonly role: CaseRole;
  /** The position among the explained rows. */
  readonly index: number;
  /** The output that is explained: for classes the predicted one. */
  readonly output: number;
}

/** The order in which roles take their row: the extremes leave no choice, many rows are typical. */
const PRIORITY: readonly CaseRole[] = ["high", "low", "wrong", "borderline", "torn", "typical"];
const READING_ORDER: readonly CaseRole[] = ["typical", "high", "low", "borderline", "torn", "wrong"];

/**
 * Real cases, no row twice: the most typical, the highest and lowest prediction, one on the border (of a threshold, or pulled both ways)
 * and the one that the model missed by most. With several outputs a case is high or low by the probability of its predicted class.
 */
export function chooseCases(facts: Facts): ChosenCase[] {
  const taken = new Set<number>();
  const chosen: ChosenCase[] = [];
  const { numOutputs } = facts.model;
  for (const role of PRIORITY) {
    const score = scoreFor(role, facts);
    const index = score === null ? -1 : bestRow(facts.rows.length, score, taken);
    if (index < 0) continue;
    taken.add(index);
    chosen.push({ role, index, output: numOutputs === 1 ? 0 : predictedClass(facts, index) });
  }
  return chosen.sort((a, b) => READING_ORDER.indexOf(a.role) - READING_ORDER.indexOf(b.role));
}

/** The output with the highest probability of an explained row; the first of equals. */
function predictedClass(facts: Facts, index: number): number {
  const { numOutputs } = facts.model;
  const start = facts.rows[index] * numOutputs;
  const row = facts.predictions.subarray(start, start + numOutputs);
  return row.indexOf(Math.max(...row));
}

/** How well an explained row fits a role, higher is better; null where the role does not exist. */
function scoreFor(role: CaseRole, facts: Facts): ((index: number) => number) | null {
  const { explanation, kind, response, threshold } = facts;
  const shown = (index: number): number => certainty(facts, index);
  switch (role) {
    case "high":
      return shown;
    case "low":
      return (index) => -shown(index);
    case "typical":
      return (index) => -distanceFromBase(facts, index);
    case "wrong":
      return response && ((index) => sizeOfMiss(facts, index));
    case "borderline":
      return kind === "binary" ? (index) => -Math.abs(explanation.predictions[index] - threshold) : null;
    case "torn":
      // Five cases are enough: where one is on a threshold and one is a miss, nothing is left to show.
      return kind === "binary" && response ? null : (index) => pullBothWays(facts, index);
  }
}

/** The prediction; of classes the probability of the predicted one. */
function certainty(facts: Facts, index: number): number {
  if (facts.kind !== "multiclass") return facts.explanation.predictions[index];
  return facts.predictions[facts.rows[index] * facts.model.numOutputs + predictedClass(facts, index)];
}

function distanceFromBase({ explanation }: Facts, index: number): number {
  const { numOutputs, predictions, baseValues } = explanation;
  let sum = 0;
  for (let cell = index * numOutputs; cell < (index + 1) * numOutputs; cell++) sum += Math.abs(predictions[cell] - baseValues[cell]);
  return sum;
}

/** How far the prediction was off: for classes by how much probability the right one was denied. */
function sizeOfMiss(facts: Facts, index: number): number {
  const row = facts.rows[index];
  const outcome = facts.response?.values[row] ?? NaN;
  if (facts.kind !== "multiclass") return Math.abs(facts.predictions[row] - outcome);
  return 1 - facts.predictions[row * facts.model.numOutputs + outcome];
}

/** The smaller of what raises and what lowers a prediction. */
function pullBothWays(facts: Facts, index: number): number {
  const { explanation, kind } = facts;
  const output = kind === "multiclass" ? predictedClass(facts, index) : 0;
  let raises = 0;
  let lowers = 0;
  for (let j = 0; j < explanation.numFeatures; j++) {
    const value = explanation.value(index, j, output);
    if (value > 0) raises += value;
    else lowers -= value;
  }
  return Math.min(raises, lowers);
}

function bestRow(count: number, score: (index: number) => number, taken: ReadonlySet<number>): number {
  let best = -1;
  let highest = -Infinity;
  for (let index = 0; index < count; index++) {
    if (taken.has(index)) continue;
    const found = score(index);
    if (best >= 0 && !(found > highest)) continue;
    best = index;
    highest = found;
  }
  return best;
}
