import { InputError } from "../../../errors.ts";
import { trainingOf } from "../diagnostics/training.ts";
import type { GlmFit } from "../glm-fit.ts";
import { gridPlace, gridSize, levelsOfInput } from "./grid.ts";
import type { GridAxis } from "./grid.ts";
import type { GridWeights } from "./reference-grid.ts";

/**
 * The share of each cell of a grid in an average: the same for all, or in proportion to the weights of the training rows with that combination
 * of levels (numbers that are no factors do not count).
 */
export function cellWeights(call: string, fit: GlmFit, axes: readonly GridAxis[], weights: GridWeights): Float64Array {
  const size = gridSize(axes);
  const counted = axes.filter(({ input, values }) => values.length > 1 && levelsOfInput(fit.recipe, input) !== null);
  if (weights === "equal" || counted.length === 0) return new Float64Array(size).fill(1 / size);
  const totals = levelTotals(call, fit, counted);
  const shares = new Float64Array(size).map((_, row) => {
    const place = counted.reduce((cell, axis) => cell * axis.values.length + gridPlace(axes, axes.indexOf(axis), row), 0);
    return totals[place];
  });
  const sum = shares.reduce((total, share) => total + share, 0);
  if (sum > 0) return shares.map((share) => share / sum);
  throw new InputError({
    call,
    argument: "at",
    expected: "levels that occur together in the training data",
    received: counted.map(({ input }) => JSON.stringify(input.name)).join(", "),
    mend: 'Choose others, or weights: "equal".',
  });
}

/** Sum of the training weights for each combination of the axes' values; the last axis varies fastest. */
function levelTotals(call: string, fit: GlmFit, axes: readonly GridAxis[]): Float64Array {
  const { table, problem } = trainingOf(call, fit);
  const columns = axes.map(({ input, values }) => {
    const column = table.column(input.name);
    const places = new Map(values.map((value, place) => [value, place]));
    const source = column.kind === "numeric" ? column.values : column.codes;
    const named = (row: number): number => (column.kind === "numeric" ? source[row] : input.levels.indexOf(column.levels[source[row]]));
    return { width: values.length, placeAt: (row: number): number => places.get(named(row)) ?? -1 };
  });
  const totals = new Float64Array(gridSize(axes));
  for (let row = 0; row < table.numRows; row++) {
    let cell = 0;
    for (const { width, placeAt } of columns) {
      const place = placeAt(row);
      cell = place < 0 || cell < 0 ? -1 : cell * width + place;
    }
    if (cell >= 0) totals[cell] += problem.weights[row];
  }
  return totals;
}
