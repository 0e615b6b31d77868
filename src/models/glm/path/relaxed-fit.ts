import { selectColumns } from "../../../numeric/index.ts";
import { assembleFit } from "../assemble-fit.ts";
import { fitWithParameter } from "../fitting/fit-parameter.ts";
import { constantCoefficients } from "../fitting/null-model.ts";
import type { GlmFit } from "../glm-fit.ts";
import type { PreparedFit } from "../prepare-fit.ts";

/** Maximum likelihood on the intercept and the columns whose coefficients are not zero; the others are as aliased ones are. */
export function relaxedFit(prepared: PreparedFit, coefficients: Float64Array): GlmFit {
  const { problem, design, recipe, frequencies } = prepared;
  const p = coefficients.length;
  const intercept = design.hasIntercept ? design.terms[0].positions[0] : -1;
  const chosen = Array.from(coefficients.keys()).filter((j) => j === intercept || coefficients[j] !== 0);
  const part = { ...problem, matrix: selectColumns(problem.matrix, chosen) };
  const fallback = constantCoefficients(part, intercept < 0 ? null : chosen.indexOf(intercept));
  const fitted = fitWithParameter(part, { fallback }, frequencies);
  const whole = { coefficients: new Float64Array(p), aliased: new Uint8Array(p).fill(1), inverse: new Float64Array(p * p) };
  chosen.forEach((row, a) => {
    whole.coefficients[row] = fitted.coefficients[a];
    whole.aliased[row] = fitted.aliased[a];
    chosen.forEach((column, b) => (whole.inverse[row * p + column] = fitted.inverse[a * chosen.length + b]));
  });
  const fit = assembleFit(prepared, { ...fitted, ...whole }, {}, null);
  const names = chosen.filter((j) => j !== intercept).map((j) => recipe.columnNames[j]);
  const message = `The ${names.length} columns of this model were chosen by the same data: its p-values and intervals are too optimistic.`;
  const others = fit.warnings.filter(({ name }) => name !== "aliased");
  return { ...fit, warnings: [...others, { name: "selectionInference", message, subjects: names }] };
}
