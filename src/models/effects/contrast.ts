import { denseRows, selectColumns } from "../../numeric/index.ts";
import { applyDesign, Table } from "../../table/index.ts";
import type { RecipeInput } from "../../table/index.ts";
import { hasCovariance } from "../glm/covariance.ts";
import type { RegressionModel } from "../glm/regression-model.ts";
import { quadratic } from "./effect-errors.ts";
import type { EffectGrid } from "./effect-grid.ts";

/** Differences of linear predictors. */
export interface Contrasts {
  readonly differences: Float64Array;
  /** Null where the fit has none. */
  readonly standardErrors: Float64Array | null;
  /** Differences of rows of the design in the positions of the terms that read the column; values × positions, row-major. */
  readonly rows: Float64Array;
  readonly positions: readonly number[];
}

/** Linear predictors at some values less that at the reference. */
export function contrast(
  call: string,
  model: RegressionModel,
  input: RecipeInput,
  grid: EffectGrid,
  typical: Table,
  values: readonly (number | string)[],
): Contrasts {
  const { recipe, estimates } = model.fit;
  const own = grid.column([...values, grid.reference]);
  const repeated = typical.take(new Int32Array(values.length + 1));
  const table = Table.of(repeated.columns.map((column) => (column.name === input.name ? own : column)));
  const design = applyDesign(call, recipe, table, { missing: "fail" });
  const positions = recipe.terms.filter(({ variables }) => variables.includes(input.name)).flatMap((term) => term.positions);
  const width = positions.length;
  const last = values.length;
  const dense = denseRows(selectColumns(design.matrix, positions), 0, last + 1);
  const offset = design.offset ?? new Float64Array(last + 1);
  const covariance = hasCovariance(model.fit) ? model.covariance : null;
  const differences = new Float64Array(last);
  const standardErrors = new Float64Array(last);
  const rows = new Float64Array(last * width);
  for (let i = 0; i < last; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    let difference = offset[i] - offset[last];
    for (let j = 0; j < width; j++) {
      row[j] = dense[i * width + j] - dense[last * width + j];
      difference += row[j] * (estimates[positions[j]] || 0);
    }
    differences[i] = difference;
    if (covariance) standardErrors[i] = Math.sqrt(Math.max(0, quadratic(row, covariance, positions, estimates.length)));
  }
  return { differences, standardErrors: covariance && standardErrors, rows, positions };
}
