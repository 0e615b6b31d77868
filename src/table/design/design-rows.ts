import { findDistinctPoints } from "../../numeric/index.ts";
import type { DistinctPoints } from "../../numeric/index.ts";
import { evaluateExpression } from "../formula/evaluate.ts";
import type { Expression } from "../formula/expression.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import type { Table } from "../table.ts";
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
  readonly #covariates: Map<string, Float64Array> = new Map();
  readonly #codes: Map<Int32Array, string> = new Map();
  readonly #points: Map<string, DistinctPoints> = new Map();

  constructor(call: string, table: Table, rows: Int32Array | null) {
    this.call = call;
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

  /** An expression in these rows by its text, computed once. @throws InputError naming a row where it is not finite */
  covariate(text: string): Float64Array {
    let values = this.#covariates.get(text);
    if (values === undefined) this.#covariates.set(text, (values = this.compute(parseExpression(text, this.call), text)));
    return values;
  }

  /** Makes codes of these rows a covariate like others, and says by which text. */
  codesCovariate(codes: Int32Array): string {
    let text = this.#codes.get(codes);
    if (text !== undefined) return text;
    text = `codes ${this.#codes.size}`; // no expression reads so
    this.#codes.set(codes, text);
    this.#covariates.set(text, Float64Array.from(codes));
    return text;
  }

  /** The distinct points of covariates in these rows, found once. */
  points(texts: readonly string[]): DistinctPoints {
    const key = texts.join("\n");
    let found = this.#points.get(key);
    if (found === undefined) this.#points.set(key, (found = findDistinctPoints(texts.map((text) => this.covariate(text)))));
    return found;
  }
}
