import { EXTREME_ROLES, findBest, predictedClass, scoreExtreme } from "./extreme-rows.ts";
import type { ExtremeRole } from "./extreme-rows.ts";
import type { Facts } from "./facts.ts";

/** Why a case was chosen. */
export type CaseRole = ExtremeRole | "typical" | "torn";

/** A row that stands for something. */
export interface ChosenCase {
  readonly role: CaseRole;
  /** The position among the explained rows. */
  readonly index: number;
  /** The output that is explained: for classes the predicted one. */
  readonly output: number;
}

/** The order in which roles take their row: the extremes leave no choice, many rows are typical. */
const PRIORITY: readonly CaseRole[] = [...EXTREME_ROLES, "torn", "typical"];
const READING_ORDER: readonly CaseRole[] = ["typical", "high", "low", "borderline", "torn", "wrong"];

/**
 * Real cases, no row twice: the most typical, the highest and lowest prediction, one on the border (of a threshold, or pulled both ways)
 * and the one that the model missed by most. With several outputs a case is high or low by the probability of its predicted class.
 */
export function chooseCases(facts: Facts): ChosenCase[] {
  const taken = new Set<number>();
  const chosen: ChosenCase[] = [];
  for (const role of PRIORITY) {
    const score = scoreFor(role, facts);
    const index = score === null ? -1 : findBest(facts.rows.length, score, taken);
    if (index < 0) continue;
    taken.add(index);
    chosen.push({ role, index, output: shownOutput(facts, index) });
  }
  return chosen.sort((a, b) => READING_ORDER.indexOf(a.role) - READING_ORDER.indexOf(b.role));
}

/** What raises the prediction of an explained row and what lowers it, both as sums above zero, on the shown scale. */
export function sumSides({ explanation }: Facts, index: number, output: number): { raises: number; lowers: number } {
  let raises = 0;
  let lowers = 0;
  for (let j = 0; j < explanation.numFeatures; j++) {
    const value = explanation.value(index, j, output);
    if (value > 0) raises += value;
    else lowers -= value;
  }
  return { raises, lowers };
}

/** How well an explained row fits a role, higher is better; null where the role does not exist. */
function scoreFor(role: CaseRole, facts: Facts): ((index: number) => number) | null {
  const { kind, response, rows } = facts;
  if (role === "typical") return (index) => -distanceFromBase(facts, index);
  if (role === "torn") {
    // Five cases are enough: where one is on a threshold and one is a miss, nothing is left to show.
    return kind === "binary" && response ? null : (index) => pullBothWays(facts, index);
  }
  const score = scoreExtreme(role, facts);
  return score && ((index) => score(rows[index]));
}

function shownOutput(facts: Facts, index: number): number {
  return facts.kind === "multiclass" ? predictedClass(facts, facts.rows[index]) : 0;
}

function distanceFromBase({ explanation }: Facts, index: number): number {
  const { numOutputs, predictions, baseValues } = explanation;
  let sum = 0;
  for (let cell = index * numOutputs; cell < (index + 1) * numOutputs; cell++) sum += Math.abs(predictions[cell] - baseValues[cell]);
  return sum;
}

/** The smaller of what raises and what lowers a prediction. */
function pullBothWays(facts: Facts, index: number): number {
  const { raises, lowers } = sumSides(facts, index, shownOutput(facts, index));
  return Math.min(raises, lowers);
}
