import { Table, toTable } from "../../table/index.ts";
import type { Column, Matrix, TableLike } from "../../table/index.ts";
import { isMatrix } from "../../table/index.ts";
import type { EncodedRows, TreeEnsemble } from "../../trees/index.ts";

/** The explained rows as a table of the model's columns: the caller's own columns, or a matrix with the model's names and levels. */
export function describeRows(ensemble: TreeEnsemble, data: TableLike | Matrix, encoded: EncodedRows): Table {
  if (data instanceof Table || !isMatrix(data)) return toTable(data as TableLike, "treeShap.explain").select(ensemble.featureNames);
  // Where columns are derived from categories, the rows that trees read do not tell which these are.
  const { values, numRows, numColumns } = ensemble.derivedColumns ? data : encoded;
  return Table.of(
    ensemble.features.map(({ name, levels }, j): Column => {
      const cells = new Float64Array(numRows);
      for (let i = 0; i < numRows; i++) cells[i] = values[i * numColumns + j];
      if (levels === null) return { kind: "numeric", name, values: cells, description: {} };
      const codes = Int32Array.from(cells, (code) => (code >= 0 && code < levels.length ? code : -1));
      return { kind: "categorical", name, codes, levels, description: {} };
    }),
  );
}
