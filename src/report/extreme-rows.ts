import type { ModelKind, ReportedModel } from "./reported-model.ts";
import type { Response } from "./response.ts";

/** Why a row stands out by its prediction and outcome alone, in the order in which the roles take their row. */
export const EXTREME_ROLES = ["high", "low", "wrong", "borderline"] as const;

/** One of {@link EXTREME_ROLES}. */
export type ExtremeRole = (typeof EXTREME_ROLES)[number];

/** Predictions and outcomes of all rows. */
export interface Predicted {
  readonly kind: ModelKind;
  readonly model: Pick<ReportedModel, "outputNames">;
  readonly predictions: Float64Array;
  readonly response: Response | null;
  readonly threshold: number;
}

/** The rows that stand out among all, no row twice. They are known before anything is explained, so that they can be. */
export function extremeRows(predicted: Predicted): number[] {
  const numRows = predicted.predictions.length / predicted.model.outputNames.length;
  const taken = new Set<number>();
  for (const role of EXTREME_ROLES) {
    const score = scoreExtreme(role, predicted);
    const row = score === null ? -1 : findBest(numRows, score, taken);
    if (row >= 0) taken.add(row);
  }
  return [...taken];
}

/** How well a row fits a role, higher is better; null where the role does not exist. */
export function scoreExtreme(role: ExtremeRole, predicted: Predicted): ((row: number) => number) | null {
  const { kind, predictions, response, threshold } = predicted;
  switch (role) {
    case "high":
      return (row) => certainty(predicted, row);
    case "low":
      return (row) => -certainty(predicted, row);
    case "wrong":
      return response && ((row) => sizeOfMiss(predicted, response, row));
    case "borderline":
      return kind === "binary" ? (row) => -Math.abs(predictions[row] - threshold) : null;
  }
}

/** The output with the highest probability of a row; the first of equals. */
export function predictedClass({ model, predictions }: Predicted, row: number): number {
  const numOutputs = model.outputNames.length;
  const outputs = predictions.subarray(row * numOutputs, (row + 1) * numOutputs);
  return outputs.indexOf(Math.max(...outputs));
}

/** The position from 0 to count − 1 with the highest score that is not taken, the first of equals; −1 where all are taken. */
export function findBest(count: number, score: (position: number) => number, taken: ReadonlySet<number>): number {
  let best = -1;
  let highest = -Infinity;
  for (let position = 0; position < count; position++) {
    if (taken.has(position)) continue;
    const found = score(position);
    if (best >= 0 && !(found > highest)) continue;
    best = position;
    highest = found;
  }
  return best;
}

/** The prediction; of classes the probability of the predicted one. */
function certainty(predicted: Predicted, row: number): number {
  const { kind, model, predictions } = predicted;
  return kind === "multiclass" ? predictions[row * model.outputNames.length + predictedClass(predicted, row)] : predictions[row];
}

/** How far the prediction was off: for classes by how much probability the right one was denied. */
function sizeOfMiss({ kind, model, predictions }: Predicted, { values }: Response, row: number): number {
  if (kind !== "multiclass") return Math.abs(predictions[row] - values[row]);
  return 1 - predictions[row * model.outputNames.length + values[row]];
}
