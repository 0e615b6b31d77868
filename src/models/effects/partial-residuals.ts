import { InputError } from "../../errors.ts";
import type { RecipeInput, Table } from "../../table/index.ts";
import { trainingOf } from "../glm/diagnostics/training.ts";
import type { RegressionModel } from "../glm/regression-model.ts";
import type { EffectScale, TermEffect } from "../term-effect.ts";
import { contrast } from "./contrast.ts";
import type { EffectGrid } from "./effect-grid.ts";
import { rescale } from "./effect-scale.ts";

/** So many partial residuals at most, as charts show. */
const MOST_RESIDUALS = 2000;

/** The effect at the value of each training row plus its working residual, in the scale of effects. @throws {@link InputError} as `termEffect` says */
export function partialResiduals(
  call: string,
  model: RegressionModel,
  input: RecipeInput,
  grid: EffectGrid,
  typical: Table,
  scale: EffectScale,
): NonNullable<TermEffect["residuals"]> {
  if (grid.labels !== null) {
    const mend = "They are for numbers.";
    throw new InputError({ call, argument: "residuals", expected: "left out for levels", received: "true", mend });
  }
  const { table, problem } = trainingOf(call, model.fit);
  const column = table.column(input.name);
  const values = column.kind === "numeric" ? column.values : new Float64Array(0);
  const working = model.residuals("working");
  const weighted = Array.from(values.keys()).filter((row) => problem.weights[row] > 0);
  const stride = Math.max(1, weighted.length / MOST_RESIDUALS);
  const rows = Array.from({ length: Math.ceil(weighted.length / stride) }, (_, k) => weighted[Math.floor(k * stride)]);
  const x = rows.map((row) => values[row]);
  const { differences } = contrast(call, model, input, grid, typical, x);
  return { x, y: rows.map((row, k) => rescale(scale, differences[k] + working[row])) };
}
