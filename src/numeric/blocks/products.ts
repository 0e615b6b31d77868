import type { BlockMatrix } from "./block-matrix.ts";
import { BlockProducts } from "./block-products.ts";

/** X v. @param v - p numbers @returns n numbers */
export function multiply(matrix: BlockMatrix, v: Float64Array): Float64Array {
  const out = new Float64Array(matrix.numRows);
  forEachPanel(matrix, (products, start, end) => products.multiply(v, out.subarray(start, end)));
  return out;
}

/** X'u. @param u - n numbers @returns p numbers */
export function multiplyTransposed(matrix: BlockMatrix, u: Float64Array): Float64Array {
  return forEachPanel(matrix, (products, start, end) => products.addTransposed(u.subarray(start, end))).transposed();
}

/** X' diag(w) X. @param w - n numbers of any sign @returns p × p, both halves filled */
export function sandwich(matrix: BlockMatrix, w: Float64Array): Float64Array {
  return forEachPanel(matrix, (products, start, end) => products.addSandwich(w.subarray(start, end))).sandwich();
}

/** x' S x for each row x of X. @param symmetric - S, p × p @returns n numbers */
export function rowQuadratics(matrix: BlockMatrix, symmetric: Float64Array): Float64Array {
  const out = new Float64Array(matrix.numRows);
  forEachPanel(matrix, (products, start, end) => products.rowQuadratic(symmetric, out.subarray(start, end)));
  return out;
}

function forEachPanel(matrix: BlockMatrix, work: (products: BlockProducts, start: number, end: number) => void): BlockProducts {
  const products = new BlockProducts(matrix);
  for (let start = 0; start < matrix.numRows; start += products.panelRows) {
    const end = Math.min(start + products.panelRows, matrix.numRows);
    products.movePanel(start, end);
    work(products, start, end);
  }
  return products;
}
