import { describeReceived, InputError } from "../errors.ts";
import type { Matrix } from "../table/index.ts";
import type { EncodedRows, ModelFeature } from "./encoded-rows.ts";

/**
 * A matrix in the model's column order as the trees read it: categorical cells become whole-number codes.
 *
 * @throws InputError where the shape is not whole rows of the model's columns, or the matrix names other columns.
 */
export function encodeMatrix(
  call: string,
  features: readonly ModelFeature[],
  categoryCode: (cell: number) => number,
  matrix: Matrix,
): EncodedRows {
  const { values, numRows, numColumns, columnNames } = matrix;
  checkShape(call, matrix, features.length);
  if (columnNames) checkNames(call, columnNames, features);
  const categorical = [...features.keys()].filter((j) => features[j].kind === "categorical");
  if (categorical.length === 0) return { values, numRows, numColumns };
  const encoded = values.slice();
  for (const j of categorical) {
    for (let cell = j; cell < encoded.length; cell += numColumns) {
      if (!Number.isNaN(encoded[cell])) encoded[cell] = categoryCode(encoded[cell]);
    }
  }
  return { values: encoded, numRows, numColumns };
}

function checkShape(call: string, { values, numRows, numColumns }: Matrix, numFeatures: number): void {
  if (numColumns !== numFeatures) {
    throw new InputError({
      call,
      argument: "data.numColumns",
      expected: `${numFeatures}, the number of the model's features`,
      received: describeReceived(numColumns),
      mend: "Give the columns that the model was trained on, in that order, or a table, whose columns are found by name.",
    });
  }
  if (Number.isInteger(numRows) && numRows >= 0 && values.length === numRows * numColumns) return;
  throw new InputError({
    call,
    argument: "data.values",
    expected: `numRows × numColumns (${numRows} × ${numColumns}) numbers`,
    received: `${values.length} numbers`,
    mend: "Lay the cells out row after row.",
  });
}

function checkNames(call: string, names: readonly string[], features: readonly ModelFeature[]): void {
  const j = features.findIndex((feature, i) => names[i] !== feature.name);
  if (j < 0 && names.length === features.length) return;
  const at = Math.max(j, 0);
  throw new InputError({
    call,
    argument: "data.columnNames",
    expected: `the model's feature names in order, ${JSON.stringify(features[at].name)} here`,
    received: j < 0 ? `${names.length} names` : describeReceived(names[at]),
    where: `column ${at}`,
    mend: "Put the columns in the model's order (ensemble.featureNames), or give a table, whose columns are found by name.",
  });
}
