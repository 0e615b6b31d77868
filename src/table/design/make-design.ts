import { InputError } from "../../errors.ts";
import { collectNames, CONSTANTS } from "../formula/collect-names.ts";
import { parseExpression } from "../formula/parse-formula.ts";
import { nearestNames } from "../near-names.ts";
import type { Table } from "../table.ts";
import { buildDesign } from "./build-design.ts";
import { findCompleteRows, includesRow, takeCodes } from "./complete-rows.ts";
import type { RowSource } from "./complete-rows.ts";
import type { Design, DesignRecipe, DesignResponse } from "./design.ts";
import { checkDesignOptions } from "./design-options.ts";
import type { ApplyOptions } from "./design-options.ts";
import { DesignRows } from "./design-rows.ts";
import { codeLevels } from "./factor-levels.ts";
import type { KnownCells } from "../smooths/covariate-table.ts";
import { SmoothLevels } from "../smooths/smooth-levels.ts";
import { levelSource } from "./learn-factor.ts";
import { makeResponse } from "./read-response.ts";
import { listSources, scanColumns } from "./scan-column.ts";
import type { ColumnScan } from "./scan-column.ts";

/**
 * The design of other rows by a recipe. Rows in which something is missing are left out: `design.rows` says which stay.
 *
 * @param call - the public function to name in an error
 * @throws {@link InputError} when a column is not there or of another kind, a number is infinite, or a level is unseen (see the options)
 * @example
 * const design = applyDesign("GlmModel.predict", recipe, table, { unseenLevels: "missing" });
 */
export function applyDesign(call: string, recipe: DesignRecipe, table: Table, options: ApplyOptions = {}): Design {
  checkDesignOptions(call, options, ["missing", "unseenLevels", "alongside"], table.numRows);
  checkInputs(call, recipe, table, false);
  return makeDesign(call, recipe, table, options).design;
}

/**
 * The design and the response of other rows by a recipe; rows whose response is missing are left out as well.
 *
 * @param options - `cells`: those that smooths see, of rows that the recipe was learned of
 * @throws {@link InputError} as {@link applyDesign}, or when the response is not there
 */
export function applyDesignAndResponse(
  call: string,
  recipe: DesignRecipe,
  table: Table,
  options: ApplyOptions & { readonly cells?: KnownCells } = {},
): { design: Design; response: DesignResponse } {
  checkDesignOptions(call, options, ["missing", "unseenLevels", "alongside", "cells"], table.numRows);
  checkInputs(call, recipe, table, true);
  const { design, response } = makeDesign(call, recipe, table, { ...options, withResponse: true });
  return { design, response: response! };
}

/** The rows of a table by a recipe whose columns are known to be there. */
export function makeDesign(
  call: string,
  recipe: DesignRecipe,
  table: Table,
  options: ApplyOptions & {
    readonly withResponse?: boolean;
    readonly scans?: ReadonlyMap<string, ColumnScan>;
    /** The complete rows where they are known, with what was computed of them. */
    readonly known?: DesignRows | null;
    /** The cells of covariates that smooths see. */
    readonly cells?: KnownCells;
  },
): { design: Design; response: DesignResponse | null } {
  const { missing = "drop", unseenLevels = "fail", alongside = [], withResponse = false } = options;
  const names = readNames(call, recipe, table, withResponse);
  const scans = options.scans ?? scanColumns(call, table, names);
  const isIncomplete = missing === "fail" ? null : rowFinder(call, table, names, scans, alongside);
  const codes = recipe.variables.map((variable) => {
    if (variable.kind !== "factor") return null;
    const source = levelSource(call, parseExpression(variable.expression, call), table);
    const policy = unseenLevels === "population" ? "fail" : unseenLevels;
    return codeLevels({ call, name: variable.expression }, source, variable.levels, policy, variable.reference, isIncomplete);
  });
  const smoothLevels = new SmoothLevels(call, table, unseenLevels, isIncomplete);
  smoothLevels.read(recipe.variables);
  const responseCodes = withResponse ? codeResponse(call, recipe, table) : null;
  const sources: RowSource[] = [...alongside];
  for (const [name, { numMissing }] of scans) {
    const column = table.column(name);
    if (numMissing > 0 && column.kind === "numeric") sources.push({ name, values: column.values });
  }
  for (const [v, values] of codes.entries()) if (values !== null) sources.push({ name: recipe.variables[v].label, values });
  sources.push(...smoothLevels.sources);
  if (responseCodes !== null) sources.push({ name: recipe.response.label, values: responseCodes });
  const rows = findCompleteRows(call, table.numRows, sources, missing);
  const designRows = options.known ?? new DesignRows(call, table, rows, options.cells);
  const taken = codes.map((values) => (values === null ? null : takeCodes(values, rows)));
  return {
    design: buildDesign(recipe, designRows, taken, smoothLevels.take(rows)),
    response: withResponse ? makeResponse(recipe.response, designRows, responseCodes) : null,
  };
}

/** Says whether a row misses something, whatever its levels. Looks at the rows when first asked. */
function rowFinder(
  call: string,
  table: Table,
  names: readonly string[],
  scans: ReadonlyMap<string, ColumnScan>,
  alongside: readonly RowSource[],
): (row: number) => boolean {
  let complete: Int32Array | null | undefined;
  return (row) => {
    if (complete === undefined) complete = findCompleteRows(call, table.numRows, listSources(table, names, scans, alongside), "drop");
    return complete !== null && !includesRow(complete, row);
  };
}

/** The columns that terms, offsets and the response read. */
function readNames(call: string, recipe: DesignRecipe, table: Table, withResponse: boolean): string[] {
  const names = recipe.inputs.map(({ name }) => name);
  // A name of the response that is no column's is a constant.
  return withResponse ? [...names, ...responseColumns(call, recipe).filter((name) => table.has(name))] : names;
}

function responseColumns(call: string, { response }: DesignRecipe): string[] {
  return response.expressions.flatMap((text) => collectNames(parseExpression(text, call)).map(({ name }) => name));
}

function codeResponse(call: string, { response }: DesignRecipe, table: Table): Int32Array | null {
  if (response.kind !== "categorical") return null;
  const source = levelSource(call, parseExpression(response.expressions[0], call), table);
  return codeLevels({ call, name: response.label }, source, response.levels, "fail", 0);
}

/** Whether the table has every column that a recipe reads, of the right kind. A categorical column may come as numbers that name levels. */
function checkInputs(call: string, recipe: DesignRecipe, table: Table, withResponse: boolean): void {
  const needed = recipe.inputs.map(({ name, kind }) => ({ name, kind }));
  if (withResponse) {
    const kind = recipe.response.kind === "categorical" ? "categorical" : "numeric";
    for (const name of responseColumns(call, recipe)) if (table.has(name) || !Object.hasOwn(CONSTANTS, name)) needed.push({ name, kind });
  }
  for (const { name, kind } of needed) {
    const found = table.has(name) ? table.column(name).kind : undefined;
    if (found === undefined || (kind === "numeric" && found === "categorical")) throw refuseColumn(call, name, kind, found, table);
  }
}

function refuseColumn(call: string, name: string, kind: string, found: string | undefined, table: Table): InputError {
  const near = found === undefined ? nearestNames(name, table.columnNames) : [];
  return new InputError({
    call,
    argument: "data",
    expected: `a table with the ${kind} column ${JSON.stringify(name)} that the model was fitted to`,
    received: found === undefined ? "none of this name" : `a ${found} one`,
    mend:
      near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "Give the columns of the training data.",
  });
}
