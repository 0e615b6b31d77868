import { InputError } from "../../../errors.ts";
import { multiplyTransposed } from "../../../numeric/index.ts";
import { nearestNames } from "../../../table/index.ts";
import type { RecipeInput } from "../../../table/index.ts";
import { trainingOf } from "../diagnostics/training.ts";
import type { GlmFit } from "../glm-fit.ts";
import { cellWeights } from "./cell-weights.ts";
import { gridDesign, gridPlace, gridSize, levelsOfInput, readValues } from "./grid.ts";
import type { GridAxis } from "./grid.ts";
import type { LinearForms } from "./wald.ts";

/** How the levels of the other factors count in an average. */
export type GridWeights = "equal" | "proportional";

/** Every input of a model on its axis; the first ones are asked about, the others averaged over. */
export interface ReferenceGrid {
  readonly targets: readonly GridAxis[];
  readonly others: readonly GridAxis[];
}

/** Values by column. */
export type GridValues = Readonly<Record<string, number | string | readonly (number | string)[]>>;

/** Factors at all levels, numbers at their means over the training rows, unless `at` says otherwise. @throws {@link InputError} */
export function referenceGrid(call: string, fit: GlmFit, wanted: readonly string[], at: GridValues): ReferenceGrid {
  const { inputs } = fit.recipe;
  for (const name of Object.keys(at)) findInput(call, "at", inputs, name);
  const axisOf = (input: RecipeInput): GridAxis => {
    if (Object.hasOwn(at, input.name)) return { input, values: readValues(call, input, at[input.name]) };
    return { input, values: levelsOfInput(fit.recipe, input) ?? [meanOf(call, fit, input.name)] };
  };
  const targets = wanted.map((name) => findInput(call, "terms", inputs, name));
  return { targets: targets.map(axisOf), others: inputs.filter((input) => !targets.includes(input)).map(axisOf) };
}

/**
 * One linear form for each combination of the targets' values: the average of the design over the others. Each term is averaged over its own
 * columns alone, so that many factors make no large grid.
 *
 * @see Searle, Speed and Milliken (1980), doi:10.1080/00031305.1980.10483031 (estimated marginal means)
 */
export function averageForms(call: string, fit: GlmFit, grid: ReferenceGrid, weights: GridWeights): LinearForms {
  const { recipe } = fit;
  const p = recipe.columnNames.length;
  const q = gridSize(grid.targets);
  const matrix = new Float64Array(q * p);
  const constants = new Float64Array(q);
  const numbers = recipe.inputs.filter(({ kind }) => kind === "numeric").map(({ name }) => name);
  const parts = [
    ...recipe.terms.map(({ variables, positions }) => ({ variables, positions })),
    { variables: recipe.offsets.length > 0 ? numbers : [], positions: null },
  ];
  for (const { variables, positions } of parts) {
    const known = new Map<string, { columns: Float64Array; offset: number }>();
    for (let k = 0; k < q; k++) {
      const fixed = grid.targets.map((axis, t): GridAxis => {
        const place = variables.includes(axis.input.name) ? gridPlace(grid.targets, t, k) : 0;
        return { input: axis.input, values: [axis.values[place]] };
      });
      const key = fixed.map(({ values }) => values[0]).join();
      const average = known.get(key) ?? averageDesign(call, fit, fixed, grid.others, { variables, weights });
      known.set(key, average);
      if (positions === null) constants[k] = average.offset;
      else for (const position of positions) matrix[k * p + position] = average.columns[position];
    }
  }
  const given = meanGivenOffset(fit);
  return { matrix, constants: constants.map((constant) => constant + given) };
}

/** The design averaged over the other axes among some variables; the rest of them stand at their first value. */
function averageDesign(
  call: string,
  fit: GlmFit,
  fixed: readonly GridAxis[],
  others: readonly GridAxis[],
  { variables, weights }: { readonly variables: readonly string[]; readonly weights: GridWeights },
): { columns: Float64Array; offset: number } {
  const axes = others.map((axis) => (variables.includes(axis.input.name) ? axis : { ...axis, values: axis.values.slice(0, 1) }));
  const design = gridDesign(call, fit, [...fixed, ...axes]);
  const shares = cellWeights(call, fit, axes, weights);
  const offset = design.offset ? shares.reduce((sum, share, row) => sum + share * (design.offset as Float64Array)[row], 0) : 0;
  return { columns: multiplyTransposed(design.matrix, shares), offset };
}

/** Mean over the training rows of the offset that was given beside the formula. */
function meanGivenOffset({ training }: GlmFit): number {
  if (!training?.problem.offset) return 0;
  const { problem, design } = training;
  let sum = 0;
  for (let row = 0; row < problem.matrix.numRows; row++) sum += (problem.offset as Float64Array)[row] - (design.offset?.[row] ?? 0);
  return sum / problem.matrix.numRows;
}

function meanOf(call: string, fit: GlmFit, name: string): number {
  const column = trainingOf(call, fit).table.column(name);
  if (column.kind !== "numeric") throw new Error(`${name} was numeric when the model was fitted`);
  return column.values.reduce((sum, value) => sum + value, 0) / column.values.length;
}

function findInput(call: string, argument: string, inputs: readonly RecipeInput[], name: string): RecipeInput {
  const found = inputs.find((input) => input.name === name);
  if (found) return found;
  const names = inputs.map((input) => input.name);
  const near = nearestNames(String(name), names);
  const mend = near.length > 0 ? `Did you mean ${near.map((each) => JSON.stringify(each)).join(" or ")}?` : "Name columns, not terms.";
  throw new InputError({
    call,
    argument,
    expected: `columns that the model reads (${names.join(", ")})`,
    received: JSON.stringify(name),
    mend,
  });
}
