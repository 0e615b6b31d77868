import { BlockProducts } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";

/** All that least squares needs to know of the rows; sums of disjoint rows add up to those of all. */
export interface GaussianSums {
  /** X'WX: p × p. */
  readonly gram: Float64Array;
  /** X'Wy: p numbers. */
  readonly crossProducts: Float64Array;
  /** y'Wy. */
  readonly responseSquares: number;
}

/** One pass over the rows. */
export function gaussianSums(matrix: BlockMatrix, response: Float64Array, weights: Float64Array): GaussianSums {
  const products = new BlockProducts(matrix);
  const weighted = response.map((value, i) => weights[i] * value);
  let responseSquares = 0;
  for (let i = 0; i < response.length; i++) responseSquares += weighted[i] * response[i];
  for (let start = 0; start < matrix.numRows; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, matrix.numRows);
    products.movePanel(start, end);
    products.addWorking(weights.subarray(start, end), weighted.subarray(start, end));
  }
  return { gram: products.sandwich(), crossProducts: products.transposed(), responseSquares };
}

/** `(a − b) × factor`: what remains of sums when some rows are taken away, in other units of weight. */
export function subtractSums(a: GaussianSums, b: GaussianSums, factor: number): GaussianSums {
  return {
    gram: a.gram.map((value, k) => (value - b.gram[k]) * factor),
    crossProducts: a.crossProducts.map((value, k) => (value - b.crossProducts[k]) * factor),
    responseSquares: (a.responseSquares - b.responseSquares) * factor,
  };
}

/** `a + b`. */
export function addSums(a: GaussianSums, b: GaussianSums): GaussianSums {
  return {
    gram: a.gram.map((value, k) => value + b.gram[k]),
    crossProducts: a.crossProducts.map((value, k) => value + b.crossProducts[k]),
    responseSquares: a.responseSquares + b.responseSquares,
  };
}

/** Weighted sum of squared residuals at some coefficients (p numbers). */
export function residualSquares({ gram, crossProducts, responseSquares }: GaussianSums, coefficients: Float64Array): number {
  const p = coefficients.length;
  let sum = responseSquares;
  for (let j = 0; j < p; j++) {
    if (coefficients[j] === 0) continue;
    let fitted = 0;
    for (let k = 0; k < p; k++) fitted += gram[j * p + k] * coefficients[k];
    sum += coefficients[j] * (fitted - 2 * crossProducts[j]);
  }
  return Math.max(0, sum);
}
