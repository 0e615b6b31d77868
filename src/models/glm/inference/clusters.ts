import { describeReceived, InputError } from "../../../errors.ts";
import { denseRows } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import { readCell } from "../../../table/index.ts";
import type { TrainingData } from "../glm-fit.ts";

/** The name of a column, or one label a row of the data that the model was fitted to. */
export type ClusterLabels = string | ArrayLike<string | number>;

/** Rows made dense at a time. */
const PANEL = 1024;

/** Σ over clusters of S S', with S = Σ over the cluster's rows of score × x; p × p, row-major. */
export function sumOverClusters(matrix: BlockMatrix, score: Float64Array, codes: Int32Array, count: number): Float64Array {
  const p = matrix.numColumns;
  const sums = new Float64Array(count * p);
  for (let start = 0; start < matrix.numRows; start += PANEL) {
    const end = Math.min(start + PANEL, matrix.numRows);
    const rows = denseRows(matrix, start, end);
    for (let i = start; i < end; i++) {
      const to = codes[i] * p;
      for (let j = 0; j < p; j++) sums[to + j] += score[i] * rows[(i - start) * p + j];
    }
  }
  const meat = new Float64Array(p * p);
  for (let g = 0; g < count; g++) {
    for (let i = 0; i < p; i++) {
      const factor = sums[g * p + i];
      if (factor !== 0) for (let j = 0; j < p; j++) meat[i * p + j] += factor * sums[g * p + j];
    }
  }
  return meat;
}

/** Numbers the clusters of the training rows. @throws {@link InputError} for missing labels, a wrong number of them, or a single cluster */
export function readClusters(call: string, clusters: ClusterLabels, training: TrainingData): { codes: Int32Array; count: number } {
  const labels = typeof clusters === "string" ? columnLabels(call, clusters, training) : listLabels(call, clusters, training);
  const numbers = new Map<string | number, number>();
  const codes = Int32Array.from(labels, (label, row) => {
    if (label === null || label === undefined || Number.isNaN(label))
      throw fault(call, "a label for every row", "a missing one", `training row ${row}`);
    const known = numbers.get(label);
    if (known !== undefined) return known;
    numbers.set(label, numbers.size);
    return numbers.size - 1;
  });
  if (numbers.size < 2) throw fault(call, "at least two clusters", "one");
  return { codes, count: numbers.size };
}

function columnLabels(call: string, name: string, { table }: TrainingData): (string | number | null)[] {
  if (!table.has(name)) throw fault(call, "the name of a column of the training data, or one label a row", JSON.stringify(name));
  const column = table.column(name);
  return Array.from({ length: table.numRows }, (_, row) => readCell(column, row));
}

/** Labels of the rows that the fit kept. */
function listLabels(call: string, given: ArrayLike<string | number>, { design }: TrainingData): (string | number)[] {
  if (typeof given !== "object" || given === null || typeof given.length !== "number") {
    throw fault(call, "the name of a column, or one label a row", describeReceived(given));
  }
  const { rows, matrix } = design;
  const fits = rows === null ? given.length === matrix.numRows : given.length > rows[rows.length - 1];
  if (!fits) throw fault(call, "one label for each row of the data", `${given.length} labels`);
  return rows === null ? Array.from(given) : Array.from(rows, (row) => given[row]);
}

function fault(call: string, expected: string, received: string, where?: string): InputError {
  const mend = "Name a column, or give a list of labels as long as the data.";
  return new InputError({ call, argument: "clusters", expected, received, ...(where === undefined ? {} : { where }), mend });
}
