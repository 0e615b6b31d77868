import { describeReceived, InputError } from "../errors.ts";
import type { Column, ColumnDescription } from "./column.ts";

/** The same columns, with what the dictionary says of them added to their descriptions. */
export function describeColumns(
  call: string,
  columns: readonly Column[],
  dictionary: Readonly<Record<string, ColumnDescription>>,
): Column[] {
  return columns.map((column) => {
    if (!Object.hasOwn(dictionary, column.name)) return column;
    const added = dictionary[column.name];
    checkDescription(call, column, added);
    return { ...column, description: { ...column.description, ...added } };
  });
}

function checkDescription(call: string, column: Column, added: ColumnDescription): void {
  const argument = `the description of column ${JSON.stringify(column.name)}`;
  if (typeof added !== "object" || added === null) {
    const mend = 'A label alone is written { label: "…" }.';
    throw new InputError({ call, argument, expected: "an object of label, unit or levels", received: describeReceived(added), mend });
  }
  checkWords(call, argument, added);
  const { unit, levels } = added;
  if (column.kind === "numeric" && levels !== undefined) {
    const mend = "Make the column categorical to name its levels.";
    throw new InputError({ call, argument, expected: "a label and a unit, as it is numeric", received: "names of levels", mend });
  }
  if (column.kind === "categorical" && unit !== undefined) {
    const mend = "Put the unit into the label.";
    throw new InputError({ call, argument, expected: "a label and names of levels, as it is categorical", received: "a unit", mend });
  }
}

/** Refuses other keys than label, unit and levels, and words that are no texts. */
function checkWords(call: string, argument: string, added: ColumnDescription): void {
  const { label, unit, levels = {}, ...rest } = added;
  const [unknown] = Object.keys(rest);
  const expected = "an object of label, unit or levels";
  if (unknown !== undefined)
    throw new InputError({ call, argument, expected, received: `one with ${JSON.stringify(unknown)}`, mend: "Correct the name." });
  const wrong = [label, unit, ...Object.values(levels)].find((word) => word !== undefined && typeof word !== "string");
  if (wrong === undefined) return;
  throw new InputError({
    call,
    argument,
    expected: `${expected} made of texts`,
    received: describeReceived(wrong),
    mend: "Write it in quotes.",
  });
}
