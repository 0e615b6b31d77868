import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../errors.ts";
import { checkLevels } from "./categorical.ts";

/** How to read a CSV text. */
export interface CsvOptions {
  /**
   * What stands between cells: one character.
   *
   * @defaultValue the one of comma, semicolon, tab and bar that splits the first rows most evenly
   */
  readonly delimiter?: string;
  /**
   * Cells that mean missing, beside empty and blank ones; compared as texts, without blanks around them.
   *
   * @defaultValue `["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"]`
   */
  readonly missing?: readonly string[];
  /** The kind of column, by name, where it should not be inferred. */
  readonly types?: Readonly<Record<string, "numeric" | "categorical">>;
  /** The levels of categorical columns, by name and in order, the reference level first; these columns need no type. */
  readonly levels?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

/** The same once checked, with every default filled in but the delimiter, which the text decides. */
export interface CheckedCsvOptions {
  readonly delimiter?: string;
  /** Holds the empty cell as well. */
  readonly missing: ReadonlySet<string>;
  readonly types: ReadonlyMap<string, "numeric" | "categorical">;
  readonly levels: ReadonlyMap<string, readonly string[]>;
}

const MISSING = ["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"];

/** Checks what can be checked before the text is read. */
export function checkCsvOptions(call: string, options: CsvOptions): CheckedCsvOptions {
  refuseUnknownOptions(call, options, ["delimiter", "missing", "types", "levels"]);
  const { delimiter, missing = MISSING, types = {}, levels = {} } = options;
  if (delimiter !== undefined) checkDelimiter(call, delimiter);
  if (!Array.isArray(missing) || !missing.every((mark) => typeof mark === "string")) {
    throw refuse(call, "missing", "a list of texts", missing, 'Write the marks in quotes, for example ["?", "-999"].');
  }
  const marks = new Set(["", ...missing.map((mark) => mark.trim())]);
  return { delimiter, missing: marks, types: checkTypes(call, types, levels), levels: checkOrders(call, levels, marks) };
}

function checkTypes(call: string, types: object, levels: object): CheckedCsvOptions["types"] {
  const checked = new Map<string, "numeric" | "categorical">();
  for (const [name, type] of Object.entries(types)) {
    const argument = `types of column ${JSON.stringify(name)}`;
    if (type !== "numeric" && type !== "categorical") {
      throw refuse(call, argument, '"numeric" or "categorical"', type, "Leave it out to have it inferred.");
    }
    if (type === "numeric" && Object.hasOwn(levels, name)) {
      throw refuse(call, argument, '"categorical", as the column has levels', type, "Take out its type or its levels.");
    }
    checked.set(name, type);
  }
  return checked;
}

function checkOrders(call: string, orders: object, missing: ReadonlySet<string>): CheckedCsvOptions["levels"] {
  const checked = new Map<string, readonly string[]>();
  for (const [name, order] of Object.entries(orders)) {
    const argument = `levels of column ${JSON.stringify(name)}`;
    const levels = checkLevels(call, order, argument);
    const unreachable = levels.find((level) => missing.has(level.trim()));
    if (unreachable !== undefined) {
      throw refuse(
        call,
        argument,
        "other texts than those that mean missing",
        unreachable,
        "Leave it out, or give the option missing without it.",
      );
    }
    checked.set(name, levels);
  }
  return checked;
}

/** Every column that the options name must be in the header. */
export function checkNamedColumns(call: string, options: CheckedCsvOptions, header: readonly string[]): void {
  const known = new Set(header);
  for (const option of ["types", "levels"] as const) {
    for (const name of options[option].keys()) {
      if (!known.has(name)) throw refuse(call, option, `for columns of the header: ${listNames(header)}`, name, "Check the spelling.");
    }
  }
}

function checkDelimiter(call: string, delimiter: unknown): void {
  if (typeof delimiter === "string" && delimiter.length === 1 && !'"\r\n\uFEFF'.includes(delimiter)) return;
  throw refuse(call, "delimiter", "one character that is neither a quote nor a line end", delimiter, 'Use "," or ";", or "\\t" for a tab.');
}

function refuse(call: string, argument: string, expected: string, received: unknown, mend: string): InputError {
  return new InputError({ call, argument, expected, received: describeReceived(received), mend });
}
