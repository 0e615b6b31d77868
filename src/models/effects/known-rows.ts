import { InputError } from "../../errors.ts";
import { toTable } from "../../table/index.ts";
import type { Table, TableLike } from "../../table/index.ts";
import type { RegressionModel } from "../glm/regression-model.ts";

/** The given rows, else the training rows where the model has kept them. @throws {@link InputError} in the name of `call` for rows without the columns */
export function knownRows(call: string, { inputs, fit }: RegressionModel, data: TableLike | undefined): Table | null {
  if (data === undefined) return fit.training?.table ?? null;
  const table = toTable(data, call);
  const missing = inputs.find(({ name, kind }) => !table.has(name) || (kind === "numeric" && table.column(name).kind !== kind));
  if (missing === undefined && table.numRows > 0) return table;
  throw new InputError({
    call,
    argument: "data",
    expected: missing === undefined ? "at least one row" : `a table with the ${missing.kind} column ${JSON.stringify(missing.name)}`,
    received: missing === undefined ? "none" : table.has(missing.name) ? "a categorical one" : "none of this name",
    mend: "Give rows with the columns of the training data, or leave it out.",
  });
}
