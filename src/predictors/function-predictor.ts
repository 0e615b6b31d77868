import { refuseUnknownOptions } from "../errors.ts";
import { toTable, type Table, type TableRecord } from "../table/index.ts";
import { cutRows, predictParts } from "./batches.ts";
import { checkChoice, checkPositions, checkWhole, refuse } from "./checks.ts";
import { readColumns, type InputColumn } from "./input-columns.ts";
import { Limiter } from "./limiter.ts";
import { flattenPredictions, type NestedNumbers } from "./nested-numbers.ts";
import { PredictionCheck } from "./prediction-check.ts";
import type { NumericInputOptions, OutputOptions, PredictorContext, Predictor } from "./predictor.ts";
import { RowEncoder } from "./row-encoder.ts";

/** What a function may be given: a table, rows as objects, or rows as lists of numbers in the order of `columns`. */
export interface RowShapes {
  readonly table: Table;
  readonly records: TableRecord[];
  readonly arrays: number[][];
}

/** Options of {@link functionPredictor}. */
export interface FunctionPredictorOptions<Shape extends keyof RowShapes = keyof RowShapes> extends NumericInputOptions, OutputOptions {
  /** How the function wants its rows. @defaultValue "records" */
  readonly rowsAs?: Shape;
  /** With `rowsAs: "arrays"`: the columns of each list, in order. @defaultValue those of the table */
  readonly columns?: readonly InputColumn[];
  /** Rows a call. @defaultValue 1024 */
  readonly batchSize?: number;
  /** Calls at once, of an asynchronous function. @defaultValue 1 */
  readonly concurrency?: number;
}

const CALL = "functionPredictor";
const OPTIONS = ["rowsAs", "columns", "missing", "keepOutputs", "batchSize", "concurrency"];

/**
 * Makes a predictor of any function, synchronous or not: it gets rows in the shape it likes, and returns one number a row, or a list of
 * numbers a row. What it throws is passed on as it is.
 * @returns a function from rows to rows × outputs numbers, row-major
 * @throws InputError for what is no function, unknown options, and, when it is called, for predictions that are not finite numbers
 * @example
 * const predict = functionPredictor((rows) => rows.map((row) => price(row.age, row.region)));
 * const explanation = await kernelShap(predict, { background }).explain(customers);
 */
export function functionPredictor<Shape extends keyof RowShapes = "records">(
  predict: (rows: RowShapes[Shape], context: PredictorContext) => NestedNumbers | Promise<NestedNumbers>,
  options: FunctionPredictorOptions<Shape> = {},
): Predictor {
  if (typeof predict !== "function") {
    throw refuse(CALL, "predict", "a function from rows to predictions", predict, "Write (rows) => rows.map((row) => …).");
  }
  refuseUnknownOptions(CALL, options, OPTIONS);
  const shape = checkChoice<keyof RowShapes>(CALL, "rowsAs", options.rowsAs ?? "records", ["records", "arrays", "table"]);
  const missing = checkChoice(CALL, "missing", options.missing ?? "refuse", ["refuse", "pass"]);
  const batchSize = checkWhole(CALL, "batchSize", options.batchSize ?? 1024, 1);
  const limiter = new Limiter(checkWhole(CALL, "concurrency", options.concurrency ?? 1, 1));
  const check = new PredictionCheck(CALL, checkPositions(CALL, "keepOutputs", options.keepOutputs));
  for (const name of shape === "arrays" ? [] : (["columns", "missing"] as const)) {
    if (options[name] === undefined) continue;
    const mend = "Rows as records or a table carry their names, and null or NaN where a cell is missing.";
    throw refuse(CALL, name, 'left out unless rowsAs is "arrays"', options[name], mend);
  }
  let encoder = options.columns === undefined ? undefined : new RowEncoder(CALL, readColumns(CALL, "columns", options.columns), missing);

  return async (batch, context = {}) => {
    const table = toTable(batch, CALL);
    if (shape === "arrays") encoder ??= new RowEncoder(CALL, readColumns(CALL, "columns", table.columnNames), missing);
    return predictParts(cutRows(table.numRows, batchSize), limiter, context.signal, async ({ start, end }, signal) => {
      const rows = shape === "arrays" ? toArrays(encoder as RowEncoder, table, start, end) : toRows(shape, table, start, end);
      const found: unknown = await predict(rows as RowShapes[Shape], { signal });
      return check.read(flattenPredictions(CALL, found, end - start, true), end - start, start);
    });
  };
}

function toRows(shape: "table" | "records", table: Table, start: number, end: number): Table | TableRecord[] {
  const part = start === 0 && end === table.numRows ? table : table.rows(start, end);
  return shape === "table" ? part : part.toRecords();
}

function toArrays(encoder: RowEncoder, table: Table, start: number, end: number): number[][] {
  const values = encoder.encode(table, start, end);
  const { width } = encoder;
  return Array.from({ length: end - start }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}
