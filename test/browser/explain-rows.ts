import { treeShap } from "../../src/shap/index.ts";
import { importLightgbm } from "../../src/trees/index.ts";

/** Values of both games for some rows: run in Node, in workers and in a browser, to be the same everywhere. */
export function explainRows(model: string, rows: readonly (readonly number[])[]): number[] {
  const matrix = { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
  const ensemble = importLightgbm(model);
  return [{}, { background: matrix }].flatMap((options) => Array.from(treeShap(ensemble, options).explain(matrix).values));
}
