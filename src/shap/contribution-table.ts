import { Table } from "../table/index.ts";
import type { NumericColumn } from "../table/index.ts";
import type { Explanation } from "./explanation.ts";

/**
 * An explanation as one flat table, a row for each row: `prediction`, `base_value`, then `contribution_NAME` for each feature, and where values
 * are estimates `standard_error_NAME`. With several outputs each name ends in `_OUTPUT`.
 */
export function contributionTable(explanation: Explanation): Table {
  const { outputNames, featureNames, numFeatures, numOutputs, predictions, baseValues, values, standardErrors } = explanation;
  const ending = (output: number): string => (numOutputs === 1 ? "" : `_${outputNames[output]}`);
  const columns: NumericColumn[] = [];
  const add = (name: string, all: Float64Array, width: number, at: number): void => {
    const column = Float64Array.from({ length: explanation.numRows }, (_, row) => all[row * width + at]);
    columns.push({ kind: "numeric", name, values: column, description: {} });
  };
  outputNames.forEach((_, output) => add(`prediction${ending(output)}`, predictions, numOutputs, output));
  outputNames.forEach((_, output) => add(`base_value${ending(output)}`, baseValues, numOutputs, output));
  const addAll = (prefix: string, all: Float64Array): void =>
    featureNames.forEach((name, feature) =>
      outputNames.forEach((_, output) => {
        add(`${prefix}_${name}${ending(output)}`, all, numFeatures * numOutputs, feature * numOutputs + output);
      }),
    );
  addAll("contribution", values);
  if (standardErrors) addAll("standard_error", standardErrors);
  return Table.of(columns, "Explanation.toTable");
}
