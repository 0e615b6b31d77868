import type { Table } from "../../table/index.ts";
import type { EncodedRows } from "../../trees/index.ts";
import type { Explanation } from "../explanation.ts";
import type { RowLabels } from "./response/explained-output.ts";

/** Some of the rows to explain. */
export interface RowTask {
  readonly rows: EncodedRows;
  /** Position of the first of them among all explained rows. */
  readonly firstRow: number;
  /** What was seen of these rows. */
  readonly response?: RowLabels;
}

/** All explained rows. */
interface ExplainedRows {
  readonly data: Table;
  readonly response?: RowLabels;
}

/**
 * An explainer in two halves: what is computed of rows, by whichever thread, and what is made of it. A row's findings depend on that row alone,
 * to the bit, however the rows are divided.
 */
export interface RowWork<Found extends object = object> {
  /** Rows of a task, when rows are divided: some hundredths of a second of work. */
  readonly rowsAtOnce: number;
  /** @throws InputError where labels are wanting */
  check(numRows: number, response: RowLabels | undefined): void;
  /** What is prepared for it is made at the first call and kept. Findings are plain data, so that threads can send them. */
  compute(task: RowTask): Found;
  /** @param found - of tasks that hold all rows, in order */
  assemble(found: readonly Found[], explained: ExplainedRows): Explanation;
}

/** Makes a value at the first call, then keeps it. */
export function makeOnce<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** One array after another; a single one is not copied. */
export function joinArrays(parts: readonly Float64Array[]): Float64Array {
  if (parts.length === 1) return parts[0];
  const out = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let start = 0;
  for (const part of parts) {
    out.set(part, start);
    start += part.length;
  }
  return out;
}
