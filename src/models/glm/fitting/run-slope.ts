import type { BlockProducts } from "../../../numeric/index.ts";
import type { GlmProblem } from "../glm-fit.ts";
import { computePanelPredictor } from "./panel-rows.ts";
import type { SlopeRequest, SlopeSums } from "./pass.ts";

/** The sums of a {@link SlopeRequest} over one block of rows. The products must stand at their reset. */
export function runSlope(problem: GlmProblem, products: BlockProducts, request: SlopeRequest): SlopeSums {
  const { matrix, response, weights, offset } = problem;
  const { family, coefficients, inverse, observed, dispersion } = request;
  const linearPredictor = new Float64Array(products.panelRows);
  const quadratics = new Float64Array(products.panelRows);
  const slope = new Float64Array(products.panelRows);
  for (let start = 0; start < matrix.numRows; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, matrix.numRows);
    const count = end - start;
    products.movePanel(start, end);
    computePanelPredictor(products, coefficients, offset && offset.subarray(start, end), { count, linearPredictor });
    products.rowQuadratic(inverse, quadratics);
    const rows = { count, linearPredictor, response: response.subarray(start, end), weights: weights.subarray(start, end) };
    family.informationSlope({ ...rows, slope, observed });
    for (let i = 0; i < count; i++) slope[i] *= quadratics[i];
    products.addTransposed(slope);
  }
  const saturated = family.saturated({ response, weights, frequencies: problem.frequencies ?? null, dispersion });
  return { kind: "slope", product: products.transposed(), saturated };
}

/** The sums of two blocks of rows together. */
export function addSlopes(one: SlopeSums, other: SlopeSums): SlopeSums {
  const [value, first, second] = one.saturated;
  return {
    kind: "slope",
    product: one.product.map((sum, j) => sum + other.product[j]),
    saturated: [value + other.saturated[0], first + other.saturated[1], second + other.saturated[2]],
  };
}
