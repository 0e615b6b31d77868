import { InputError } from "../errors.ts";
import { Table, isMatrix, toTable } from "../table/index.ts";
import type { Matrix, TableLike } from "../table/index.ts";

/**
 * Rows that a caller brought in whatever shape, as a table; columns of a matrix without names are x0, x1, …
 * @throws InputError when there are none
 */
export function readRows(data: TableLike | Matrix, call: string): Table {
  const byPosition = !(data instanceof Table) && isMatrix(data);
  const table = byPosition
    ? Table.fromMatrix(data.values, data.columnNames ?? Array.from({ length: data.numColumns }, (_, j) => `x${j}`))
    : toTable(data as TableLike, call);
  if (table.numRows > 0) return table;
  throw new InputError({ call, argument: "data", expected: "at least one row", received: "none", mend: "Check where the rows come from." });
}

/**
 * Names of a model's outputs: those given, else `output`, or `output 0`, `output 1`, …
 * @throws InputError when there are more or fewer than outputs
 */
export function nameOutputs(call: string, names: readonly string[] | undefined, outputs: number): readonly string[] {
  if (names === undefined) return outputs === 1 ? ["output"] : Array.from({ length: outputs }, (_, o) => `output ${o}`);
  if (names.length === outputs) return names;
  throw new InputError({
    call,
    argument: "outputNames",
    expected: `${outputs} names, as many as the model has outputs`,
    received: `${names.length}`,
    mend: "Give one name for each output, or leave the option out.",
  });
}
