import { InputError } from "../errors.ts";
import type { GamModel, GlmModel } from "../models/index.ts";
import { readCsv } from "../node/index.ts";
import type { Table } from "../table/index.ts";
import { TreeEnsemble } from "../trees/index.ts";

/**
 * Compares a model's predictions for the rows of `data` with those in a CSV file, which the software that fitted it made; the model
 * remembers it for the report.
 *
 * @throws InputError where the model is none of trees, the file does not fit the rows and outputs, or predictions differ
 */
export function verifyModel(model: TreeEnsemble | GlmModel | GamModel, data: Table, path: string): void {
  if (!(model instanceof TreeEnsemble)) {
    throw refuse("left out for a model that was fitted here", "a file", "Leave it out.");
  }
  const { ok, maxAbsoluteError, worstRow, diagnosis } = model.verify(data, readPredictions(path, data.numRows, model.outputNames));
  if (ok) return;
  const received = `one that lies ${maxAbsoluteError} from it`;
  const mend =
    diagnosis ?? "Check that the rows are the same in both files, and that the predictions are of this model and on the response scale.";
  throw refuse("what the model predicts", received, mend, `${JSON.stringify(path)}, row ${worstRow}`);
}

/** Rows × outputs, row-major. */
function readPredictions(path: string, numRows: number, outputNames: readonly string[]): Float64Array {
  const table = readCsv(path);
  const columns = table.columns.map((column) => (column.kind === "numeric" ? column.values : null));
  if (table.numRows !== numRows || columns.length !== outputNames.length || columns.includes(null)) {
    const expected = `${numRows} rows of ${outputNames.length} number${outputNames.length === 1 ? "" : "s"}, one for each row of the data and output`;
    const kinds = columns.includes(null) ? ", not all of numbers" : "";
    const received = `${table.numRows} rows of ${columns.length} column${columns.length === 1 ? "" : "s"}${kinds}`;
    throw refuse(expected, received, "Save the predictions for the rows of --data, under a header.", JSON.stringify(path));
  }
  return Float64Array.from({ length: numRows * columns.length }, (_, cell) => {
    const column = columns[cell % columns.length] as Float64Array;
    return column[Math.floor(cell / columns.length)];
  });
}

function refuse(expected: string, received: string, mend: string, where?: string): InputError {
  return new InputError({
    call: "vitrine report",
    argument: "--verify",
    expected,
    received,
    ...(where === undefined ? {} : { where }),
    mend,
  });
}
