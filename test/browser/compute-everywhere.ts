import { fitGlm } from "../../src/models/index.ts";
import { treeShap } from "../../src/shap/index.ts";
import { Table } from "../../src/table/index.ts";
import { importLightgbm } from "../../src/trees/index.ts";

type Rows = readonly (readonly number[])[];

/** What is computed in Node, in workers and in a browser, to be the same everywhere. */
export interface Computed {
  /** Values of both Shapley games: additions and multiplications alone. */
  readonly values: number[];
  /** Estimates, standard errors and p-values of a fitted model: with logarithms and exponentials, whose last bits are the machine's own. */
  readonly fitted: number[];
}

export function computeEverywhere(model: string, rows: Rows): Computed {
  return { values: explainRows(model, rows), fitted: fitRows(rows) };
}

function explainRows(model: string, rows: Rows): number[] {
  const matrix = { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
  const ensemble = importLightgbm(model);
  return [{}, { background: matrix }].flatMap((options) => Array.from(treeShap(ensemble, options).explain(matrix).values));
}

function fitRows(rows: Rows): number[] {
  const names = ["a", "b", "c"];
  const table = Table.fromColumns({
    ...Object.fromEntries(names.map((name, j) => [name, rows.map((row) => row[j])])),
    half: rows.map((_, i) => (i % 2 === 0 ? "even" : "odd")),
    count: rows.map((_, i) => (i * 7) % 5),
  });
  const fitted = fitGlm("count ~ a + b * half + c", table, { family: "poisson" });
  return fitted.coefficients.flatMap(({ estimate, standardError, pValue }) => [estimate ?? 0, standardError ?? 0, pValue ?? 0]);
}
