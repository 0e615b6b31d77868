import { InputError, listNames, refuseUnknownOptions } from "../errors.ts";
import { refuse } from "./checks.ts";

/** A numeric column that the model wants centred or scaled: it gets `(value - center) / scale`. */
export interface ScaledColumn {
  readonly name: string;
  /** @defaultValue 0 */
  readonly center?: number;
  /** Not 0. @defaultValue 1 */
  readonly scale?: number;
}

/** A categorical column and the numbers that the model knows its levels by. */
export interface CategoryColumn {
  readonly name: string;
  /** The levels in the model's own order (the first is 0), or the model's number of each level. */
  readonly levels: readonly string[] | Readonly<Record<string, number>>;
  /** One number for the column, or one column of 0 and 1 for each level, in the order of `levels`. @defaultValue "code" */
  readonly as?: "code" | "indicators";
}

/** A column of the table as the model takes it; a bare name stands for a numeric column as it is. */
export type InputColumn = string | ScaledColumn | CategoryColumn;

/** One column, checked and with its defaults filled in. */
export type ReadColumn =
  | { readonly kind: "number"; readonly name: string; readonly center: number; readonly scale: number; readonly width: 1 }
  | { readonly kind: "code"; readonly name: string; readonly codes: ReadonlyMap<string, number>; readonly width: 1 }
  | { readonly kind: "indicators"; readonly name: string; readonly codes: ReadonlyMap<string, number>; readonly width: number };

/**
 * Checks the columns that a caller listed.
 * @throws InputError for an empty list, a column that stands twice, or a description that is not one of {@link InputColumn}
 */
export function readColumns(call: string, argument: string, columns: readonly InputColumn[]): ReadColumn[] {
  const mend = 'List them in the model\'s order, for example ["age", { name: "region", levels: ["north", "south"] }].';
  if (!Array.isArray(columns) || columns.length === 0) throw refuse(call, argument, "a list of columns", columns, mend);
  const read = columns.map((column, i) => readColumn(call, `${argument}[${i}]`, column as InputColumn));
  const names = read.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length === 0) return read;
  throw new InputError({ call, argument, expected: "a list of different columns", received: `${listNames(twice)} twice`, mend });
}

function readColumn(call: string, argument: string, column: InputColumn): ReadColumn {
  if (typeof column === "string" && column !== "") return { kind: "number", name: column, center: 0, scale: 1, width: 1 };
  if (typeof column !== "object" || column === null || typeof column.name !== "string") {
    throw refuse(call, argument, "a column's name, or an object with name", column, "See InputColumn.");
  }
  const { name } = column;
  if (!("levels" in column)) {
    refuseUnknownOptions(`${call} ${argument}`, column, ["name", "center", "scale", "levels", "as"]);
    const { center = 0, scale = 1 } = column;
    if (!Number.isFinite(center)) throw refuse(call, `${argument}.center`, "a finite number", center, "Leave it out for 0.");
    if (!Number.isFinite(scale) || scale === 0)
      throw refuse(call, `${argument}.scale`, "a finite number, not 0", scale, "Leave it out for 1.");
    return { kind: "number", name, center, scale, width: 1 };
  }
  refuseUnknownOptions(`${call} ${argument}`, column, ["name", "levels", "as"]);
  const codes = readCodes(call, `${argument}.levels`, column.levels);
  const as: unknown = column.as ?? "code";
  if (as === "code") return { kind: "code", name, codes, width: 1 };
  if (as !== "indicators") throw refuse(call, `${argument}.as`, '"code" or "indicators"', as, "Leave it out for codes.");
  // Indicators stand in the order in which the levels are listed, whatever numbers they have.
  return { kind: "indicators", name, codes: new Map([...codes.keys()].map((level, i) => [level, i])), width: codes.size };
}

function readCodes(call: string, argument: string, levels: CategoryColumn["levels"]): ReadonlyMap<string, number> {
  const isObject = typeof levels === "object" && levels !== null;
  const pairs: [unknown, unknown][] = Array.isArray(levels)
    ? levels.map((level: unknown, i): [unknown, unknown] => [level, i])
    : Object.entries(isObject ? levels : {});
  const codes = new Map(pairs);
  const right = pairs.length > 0 && codes.size === pairs.length;
  if (right && pairs.every(([level, code]) => typeof level === "string" && typeof code === "number" && Number.isFinite(code))) {
    return codes as ReadonlyMap<string, number>;
  }
  const mend = 'Write ["north", "south"], or { north: 1, south: 2 } for numbers of the model\'s own.';
  throw refuse(call, argument, "a list of different levels, or a finite number for each level", levels, mend);
}
