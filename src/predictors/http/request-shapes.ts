import { InputError } from "../../errors.ts";
import { readCell, type Table } from "../../table/index.ts";

/**
 * Bodies that model servers take:
 * `instances` is `{ instances: [{ age: 31, … }] }` (KServe, Vertex AI; TensorFlow Serving with named inputs);
 * `rows` is `{ instances: [[31, …]] }` (TensorFlow Serving);
 * `dataframe_records` and `dataframe_split` are MLflow's; `tensor` is the Open Inference Protocol's (KServe v2, Triton, Seldon).
 */
export type RequestShape = "instances" | "rows" | "dataframe_records" | "dataframe_split" | "tensor";

export const REQUEST_SHAPES: readonly RequestShape[] = ["instances", "rows", "dataframe_records", "dataframe_split", "tensor"];

/** The body for some rows, null where a cell is missing. */
export function shapeRequest(shape: RequestShape, table: Table): unknown {
  if (shape === "instances") return { instances: table.toRecords() };
  if (shape === "dataframe_records") return { dataframe_records: table.toRecords() };
  const rows = Array.from({ length: table.numRows }, (_, row) => table.columns.map((column) => readCell(column, row)));
  if (shape === "rows") return { instances: rows };
  if (shape === "dataframe_split") return { dataframe_split: { columns: table.columnNames, data: rows } };
  return { inputs: [{ name: "input-0", shape: [table.numRows, table.numColumns], datatype: "FP64", data: rows.flat() }] };
}

/**
 * A body as JSON: typed arrays as lists, NaN (missing) as null.
 * @throws InputError for infinite numbers, which JSON would quietly make null of
 */
export function writeBody(call: string, body: unknown): string {
  return JSON.stringify(body, (name, value: unknown) => {
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as unknown as ArrayLike<number>);
    if (value !== Infinity && value !== -Infinity) return value;
    const mend = "Bound the column, or make it missing.";
    throw new InputError({
      call,
      argument: "the request",
      expected: "made of finite numbers",
      received: String(value),
      where: JSON.stringify(name),
      mend,
    });
  });
}
