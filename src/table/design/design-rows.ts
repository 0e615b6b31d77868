import { evaluateExpression } from "../formula/evaluate.ts";
import type { Expression } from "../formula/expression.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import type { Table } from "../table.ts";
import type { KnownCells } from "../smooths/covariate-table.ts";
import { CovariateTable } from "../smooths/covariate-table.ts";
import { takeNumbers } from "./complete-rows.ts";
import { checkComputed } from "./scan-column.ts";

/** The rows of a table that a design is made of, and what is computed of them. */
export class DesignRows {
  readonly call: string;
  readonly table: Table;
  /** Ascending; null where it is all rows. */
  readonly rows: Int32Array | null;
  readonly numRows: number;
  readonly #taken: Map<string, Float64Array> = new Map();
  /** Covariates of smooth terms in these rows. */
  readonly covariates: CovariateTable;

  /** @param cells - the most different numbers that smooths see of a covariate, or cells that are known: see `CovariateTable` @defaultValue all */
  constructor(call: string, table: Table, rows: Int32Array | null, cells: number | KnownCells = Infinity) {
    this.call = call;
    this.covariates = new CovariateTable((text) => this.compute(parseExpression(text, call), text), cells);
    this.table = table;
    this.rows = rows;
    this.numRows = rows?.length ?? table.numRows;
  }

  /** The numbers of a column in these rows: its own array where no row is left out. */
  readonly numbers = (name: string): Float64Array | undefined => {
    const column = this.table.has(name) ? this.table.column(name) : undefined;
    if (column?.kind !== "numeric") return undefined;
    if (this.rows === null) return column.values;
    let taken = this.#taken.get(name);
    if (taken === undefined) this.#taken.set(name, (taken = takeNumbers(column.values, this.rows)));
    return taken;
  };

  /** An expression in these rows. @throws InputError naming a row where it is not finite */
  compute(expression: Expression, label: string): Float64Array {
    const value = evaluateExpression(expression, this.numRows, this.numbers);
    const values = typeof value === "number" ? new Float64Array(this.numRows).fill(value) : value;
    if (expression.kind !== "name") checkComputed(this.call, label, values, this.rows);
    return values;
  }
}
