import type { RecipeInput } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";

/** How much of the training data stands behind a level. */
export interface RowCounts {
  readonly n?: number;
  readonly weight?: number;
  readonly exposure?: number;
}

/**
 * Training rows with a level of a column, or all: frequencies counted, their weights, and for a log link with an offset their exposure;
 * nothing where the data were not kept.
 */
export function countRows({ training, family }: GlmFit, input: RecipeInput | null, level: string | null): RowCounts {
  if (!training) return {};
  const { offset } = training.problem;
  const { table, problem, frequencies } = training;
  const column = input && table.column(input.name);
  const wanted = column?.kind === "categorical" ? column.levels.indexOf(level as string) : Number(level);
  const values = column === null ? null : column.kind === "categorical" ? column.codes : column.values;
  let [n, weight, exposure] = [0, 0, 0];
  for (let row = 0; row < table.numRows; row++) {
    if ((values && values[row] !== wanted) || !(problem.weights[row] > 0)) continue;
    n += frequencies ? frequencies[row] : 1;
    weight += problem.weights[row];
    if (offset) exposure += problem.weights[row] * Math.exp(offset[row]);
  }
  return { n, weight, ...(offset && family.link.name === "log" ? { exposure } : {}) };
}
