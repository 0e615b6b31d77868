import { InputError, describeReceived, refuseUnknownOptions } from "../errors.ts";
import { columnLabel, levelLabel } from "../table/index.ts";
import type { Column } from "../table/index.ts";
import type { Explanation } from "./explanation.ts";

/** How much a feature moves predictions in all. */
export interface FeatureImportance {
  readonly feature: string;
  readonly label: string;
  /** Mean over the rows of the absolute contribution, on the explanation's scale. */
  readonly meanAbsolute: number;
  /** Its share of the sum over all features, 0 to 1; 0 when nothing moves. */
  readonly share: number;
}

/** One feature's part in one prediction. */
export interface Contribution {
  readonly feature: string;
  readonly label: string;
  /** The row's value: a number, the label of a level, or null when missing or when the feature is a group. */
  readonly value: number | string | null;
  readonly unit: string | null;
  readonly contribution: number;
  readonly standardError: number | null;
}

/** One row's explanation; `prediction = baseValue + sum of contributions`. */
export interface RowExplanation {
  readonly index: number;
  readonly output: string;
  readonly baseValue: number;
  readonly prediction: number;
  /** Strongest first; equal strengths keep the features' order. */
  readonly contributions: readonly Contribution[];
}

/** How `Explanation.reasons` chooses. */
export interface ReasonOptions {
  /** At most this many. @defaultValue 4 */
  readonly most?: number;
  /** Only what raises the prediction, only what lowers it, or both. @defaultValue "both" */
  readonly direction?: "raises" | "lowers" | "both";
  /** The output to read. @defaultValue the first */
  readonly output?: string | number;
}

/** A feature that pushed a prediction, and which way. */
export interface Reason extends Contribution {
  readonly direction: "raises" | "lowers";
  /** Its share of the sum of absolute contributions of the row, 0 to 1. */
  readonly share: number;
}

/** Mean absolute contribution of each feature, largest first. */
export function rankFeatures(explanation: Explanation, output: number): FeatureImportance[] {
  const { numRows, features } = explanation;
  const means = features.map((_, j) => {
    let sum = 0;
    for (let i = 0; i < numRows; i++) sum += Math.abs(explanation.value(i, j, output));
    return sum / numRows;
  });
  const total = means.reduce((sum, mean) => sum + mean, 0);
  return features
    .map((feature, j) => ({ feature: feature.name, label: feature.label, meanAbsolute: means[j], share: total > 0 ? means[j] / total : 0 }))
    .sort((a, b) => b.meanAbsolute - a.meanAbsolute);
}

/** One row's contributions with the row's own values in the user's words. */
export function explainRow(explanation: Explanation, index: number, output: number): RowExplanation {
  const { numRows, numFeatures, numOutputs, features, standardErrors } = explanation;
  if (!Number.isInteger(index) || index < 0 || index >= numRows) {
    throw new InputError({
      call: "Explanation.row",
      argument: "index",
      expected: `a whole number from 0 to ${numRows - 1}`,
      received: String(index),
      mend: "Rows are counted from 0, in the order of the explained data.",
    });
  }
  const contributions = features.map((feature, j): Contribution => {
    const column = feature.columns.length === 1 ? explanation.data.column(feature.columns[0]) : null;
    return {
      feature: feature.name,
      label: feature.label,
      value: column ? readCell(column, index) : null,
      unit: column?.description.unit ?? null,
      contribution: explanation.value(index, j, output),
      standardError: standardErrors ? standardErrors[(index * numFeatures + j) * numOutputs + output] : null,
    };
  });
  return {
    index,
    output: explanation.outputNames[output],
    baseValue: explanation.baseValues[index * numOutputs + output],
    prediction: explanation.predictions[index * numOutputs + output],
    contributions: contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  };
}

/** The strongest contributions of a row in one direction or both; features without any effect on the row are left out. */
export function reasonsFor(explanation: Explanation, row: number, options: ReasonOptions, output: number): Reason[] {
  const call = "Explanation.reasons";
  refuseUnknownOptions(call, options, ["most", "direction", "output"]);
  const { most = 4, direction = "both" } = options;
  if (!["raises", "lowers", "both"].includes(direction)) {
    throw new InputError({
      call,
      argument: "direction",
      expected: '"raises", "lowers" or "both"',
      received: describeReceived(direction),
      mend: "Leave it out for both.",
    });
  }
  if (!(Number.isInteger(most) && most > 0)) {
    throw new InputError({
      call,
      argument: "most",
      expected: "a whole number of at least 1",
      received: String(most),
      mend: "Leave it out for four reasons.",
    });
  }
  const { contributions } = explainRow(explanation, row, output);
  const total = contributions.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  return contributions
    .filter(({ contribution }) => contribution !== 0)
    .map((each): Reason => ({
      ...each,
      direction: each.contribution > 0 ? "raises" : "lowers",
      share: Math.abs(each.contribution) / total,
    }))
    .filter((reason) => direction === "both" || reason.direction === direction)
    .slice(0, most);
}

function readCell(column: Column, row: number): number | string | null {
  if (column.kind === "numeric") return Number.isNaN(column.values[row]) ? null : column.values[row];
  return column.codes[row] < 0 ? null : levelLabel(column, column.codes[row]);
}

/** What people call a feature: the label of its column, or the group's own name. */
export function featureLabel(name: string, columns: readonly Column[]): string {
  return columns.length === 1 ? columnLabel(columns[0]) : name;
}
