import { InputError, listNames } from "../errors.ts";
import { Table } from "../table/index.ts";
import type { Column } from "../table/index.ts";

/** A column of the explained rows beside the same column of the background, in one set of levels. */
export interface ColumnPair {
  readonly explained: Column;
  readonly background: Column;
  /** The background's cells in the explained column's codes; the same as `background` for numbers. */
  readonly cells: Float64Array | Int32Array;
  readonly levels: readonly string[];
}

/**
 * Makes the rows that a Shapley game asks the model about: the background rows, with the columns of a coalition set to an explained row's values.
 */
export class MaskedRows {
  private readonly pairs: readonly ColumnPair[];
  private readonly numBackground: number;

  /** @throws InputError when a column of the background is missing among the explained rows, or of another kind there */
  constructor(call: string, explained: Table, background: Table) {
    requireColumns(call, explained, background);
    this.numBackground = background.numRows;
    this.pairs = background.columnNames.map((name) => pairColumns(call, explained.column(name), background.column(name)));
  }

  /**
   * One block of background rows a request, one below the other.
   * @param requests - an explained row, and which columns are taken from it
   */
  make(requests: readonly { readonly row: number; readonly present: readonly boolean[] }[]): Table {
    const m = this.numBackground;
    return Table.of(
      this.pairs.map(({ explained, cells, levels }, j): Column => {
        const { name, description } = explained;
        const own = explained.kind === "numeric" ? explained.values : explained.codes;
        const out = explained.kind === "numeric" ? new Float64Array(requests.length * m) : new Int32Array(requests.length * m);
        requests.forEach(({ row, present }, r) => {
          if (present[j]) out.fill(own[row], r * m, (r + 1) * m);
          else out.set(cells, r * m);
        });
        if (out instanceof Float64Array) return { kind: "numeric", name, values: out, description };
        return { kind: "categorical", name, codes: out, levels, description };
      }),
    );
  }
}

/** @throws InputError when a column of the background is missing among the explained rows */
export function requireColumns(call: string, explained: Table, background: Table): void {
  const missing = background.columnNames.filter((name) => !explained.has(name));
  if (missing.length === 0) return;
  throw new InputError({
    call,
    argument: "data",
    expected: `a table with the background's columns (${listNames(background.columnNames)})`,
    received: `one without ${listNames(missing)}`,
    mend: "Select the same columns for both.",
  });
}

/** @throws InputError when the columns are of different kinds */
export function pairColumns(call: string, explained: Column, background: Column): ColumnPair {
  if (explained.kind === "numeric" && background.kind === "numeric") return { explained, background, cells: background.values, levels: [] };
  if (explained.kind === "categorical" && background.kind === "categorical") {
    const levels = [...explained.levels];
    const codeOf = new Map(levels.map((level, code) => [level, code]));
    const recode = background.levels.map((level) => codeOf.get(level) ?? levels.push(level) - 1);
    return { explained, background, cells: background.codes.map((code) => (code < 0 ? -1 : recode[code])), levels };
  }
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(background.name)}`,
    expected: `${background.kind}, as in the background`,
    received: explained.kind,
    mend: "Read both tables with the same column types.",
  });
}
