import type { RecipeInput } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";

/** Training rows with a level of a column, or all: frequencies counted, and their weights; nothing where the data were not kept. */
export function countRows({ training }: GlmFit, input: RecipeInput | null, level: string | null): { n?: number; weight?: number } {
  if (!training) return {};
  const { table, problem, frequencies } = training;
  const column = input && table.column(input.name);
  const wanted = column?.kind === "categorical" ? column.levels.indexOf(level as string) : Number(level);
  const values = column === null ? null : column.kind === "categorical" ? column.codes : column.values;
  let [n, weight] = [0, 0];
  for (let row = 0; row < table.numRows; row++) {
    if ((values && values[row] !== wanted) || !(problem.weights[row] > 0)) continue;
    n += frequencies ? frequencies[row] : 1;
    weight += problem.weights[row];
  }
  return { n, weight };
}
