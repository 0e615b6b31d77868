import { describeReceived, InputError } from "../errors.ts";
import { columnLength } from "./column.ts";
import type { Column } from "./column.ts";

/** Number of rows of the table that these columns make. */
export function checkColumns(call: string, columns: readonly Column[]): number {
  if (columns.length === 0) {
    throw new InputError({
      call,
      argument: "a table",
      expected: "made of at least one column",
      received: "none",
      mend: "Give at least one named column.",
    });
  }
  checkNames(call, columns);
  const numRows = columnLength(columns[0]);
  const odd = columns.find((column) => columnLength(column) !== numRows);
  if (odd === undefined) return numRows;
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(odd.name)}`,
    expected: `${numRows} rows long, like column ${JSON.stringify(columns[0].name)}`,
    received: String(columnLength(odd)),
    mend: "Give every column one value a row, null where it is missing.",
  });
}

function checkNames(call: string, columns: readonly Column[]): void {
  const seen = new Set<string>();
  for (const [position, { name }] of columns.entries()) {
    if (typeof name !== "string" || name === "") {
      throw new InputError({
        call,
        argument: "names of columns",
        expected: "texts of at least one letter",
        received: describeReceived(name),
        where: `index ${position}`,
        mend: "Give the column a name.",
      });
    }
    if (seen.has(name)) {
      throw new InputError({
        call,
        argument: "names of columns",
        expected: "different from each other",
        received: `${JSON.stringify(name)} twice`,
        mend: "Rename one of the two columns.",
      });
    }
    seen.add(name);
  }
}
