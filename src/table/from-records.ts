import { describeReceived, InputError } from "../errors.ts";
import type { Column } from "./column.ts";
import { inferColumn } from "./infer-column.ts";

/** The columns of rows as objects: every name that any row has, in order of first appearance. A name that a row lacks is missing there. */
export function columnsFromRecords(call: string, rows: readonly Record<string, unknown>[]): Column[] {
  checkRows(call, rows);
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names].map((name) => {
    // Own properties only: a row that lacks "constructor" must not answer with its prototype's.
    const values = rows.map((row) => (Object.hasOwn(row, name) ? row[name] : null));
    return inferColumn(call, name, values);
  });
}

function checkRows(call: string, rows: readonly unknown[]): void {
  if (!Array.isArray(rows) || rows.length === 0) {
    throw new InputError({
      call,
      argument: "rows",
      expected: "an array of at least one row",
      received: Array.isArray(rows) ? "an empty array" : describeReceived(rows),
      mend: "Without rows the columns are not known; Table.fromColumns makes a table of no rows.",
    });
  }
  const wrong = rows.findIndex((row) => typeof row !== "object" || row === null || Array.isArray(row));
  if (wrong < 0) return;
  throw new InputError({
    call,
    argument: "rows",
    expected: "objects of name and value",
    received: describeReceived(rows[wrong]),
    where: `index ${wrong}`,
    mend: "For rows as arrays use Table.fromMatrix or Table.fromColumns.",
  });
}
