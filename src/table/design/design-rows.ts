import { findDistinctPoints, findRoundedPoints } from "../../numeric/index.ts";
import type { DistinctPoints } from "../../numeric/index.ts";
import { evaluateExpression } from "../formula/evaluate.ts";
import type { Expression } from "../formula/expression.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import type { Table } from "../table.ts";
import { takeNumbers } from "./complete-rows.ts";
import { checkComputed } from "./scan-column.ts";

/** The most cells of each of two covariates of a smooth together, and of each of more: their combinations multiply. */
const CELLS_OF_TWO = 100;
const CELLS_OF_MORE = 25;

/** The rows of a table that a design is made of, and what is computed of them. */
export class DesignRows {
  readonly call: string;
  readonly table: Table;
  /** Ascending; null where it is all rows. */
  readonly rows: Int32Array | null;
  readonly numRows: number;
  readonly #cells: number;
  readonly #taken: Map<string, Float64Array> = new Map();
  readonly #covariates: Map<string, Float64Array> = new Map();
  readonly #codes: Map<Int32Array, string> = new Map();
  readonly #points: Map<string, DistinctPoints> = new Map();

  /** @param cells - the most different numbers that smooths see of a covariate: see `findRoundedPoints` @defaultValue all */
  constructor(call: string, table: Table, rows: Int32Array | null, cells: number = Infinity) {
    this.call = call;
    this.#cells = cells;
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

  /**
   * The distinct points of covariates in these rows, rounded to cells where that is asked for; found once.
   *
   * @param together - how many covariates their smooth has in all
   */
  points(texts: readonly string[], together: number = texts.length): DistinctPoints {
    const cells = together === 1 ? this.#cells : Math.min(this.#cells, together === 2 ? CELLS_OF_TWO : CELLS_OF_MORE);
    const key = `${this.#cells === Infinity ? "" : cells}\n${texts.join("\n")}`;
    let found = this.#points.get(key);
    if (found === undefined) this.#points.set(key, (found = this.#findPoints(texts, cells)));
    return found;
  }

  #findPoints(texts: readonly string[], cells: number): DistinctPoints {
    const columns = texts.map((text) => this.covariate(text));
    if (this.#cells === Infinity) return findDistinctPoints(columns);
    const codes = new Set(this.#codes.values());
    return findRoundedPoints(
      columns,
      texts.map((text) => (codes.has(text) ? Infinity : cells)),
    );
  }
}
