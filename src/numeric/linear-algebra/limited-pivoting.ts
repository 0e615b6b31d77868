import type { LeastSquares } from "./qr-accumulator.ts";

/**
 * Solves least squares from its triangle, moving to the end each column whose length after projection on the kept columns before it is below
 * `tolerance` times its length: the rule of LINPACK's dqrdc2, by which R names aliased coefficients.
 *
 * @param triangle - R of [X z], (p + 1) × (p + 1), row-major; overwritten
 */
export function pivotToEnd(triangle: Float64Array, p: number, tolerance: number): LeastSquares {
  const width = p + 1;
  const order: number[] = [];
  const kept = new Uint8Array(p);
  const remainders = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    // Rows above order.length belong to kept columns; what stands from there on is orthogonal to all of them.
    const top = order.length;
    const whole = columnLength(triangle, width, j, 0);
    const rest = columnLength(triangle, width, j, top);
    remainders[j] = whole === 0 ? 0 : rest / whole;
    if (rest === 0 || rest < tolerance * whole) continue;
    reflect(triangle, width, j, top, rest);
    kept[j] = 1;
    order.push(j);
  }
  return { kept, rank: order.length, remainders, ...solveTriangle(triangle, width, order) };
}

function columnLength(triangle: Float64Array, width: number, j: number, top: number): number {
  let largest = 0;
  for (let i = top; i < width; i++) largest = Math.max(largest, Math.abs(triangle[i * width + j]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = top; i < width; i++) sum += (triangle[i * width + j] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Makes zero what stands below row `top` in column j, and reflects the later columns with it. */
function reflect(triangle: Float64Array, width: number, j: number, top: number, norm: number): void {
  const diagonal = triangle[top * width + j] > 0 ? -norm : norm;
  const head = triangle[top * width + j] - diagonal;
  const share = -head / diagonal;
  for (let i = top + 1; i <= j; i++) triangle[i * width + j] /= head;
  for (let k = j + 1; k < width; k++) {
    let dot = triangle[top * width + k];
    for (let i = top + 1; i <= j; i++) dot += triangle[i * width + j] * triangle[i * width + k];
    dot *= share;
    triangle[top * width + k] -= dot;
    for (let i = top + 1; i <= j; i++) triangle[i * width + k] -= dot * triangle[i * width + j];
  }
  triangle[top * width + j] = diagonal;
  for (let i = top + 1; i <= j; i++) triangle[i * width + j] = 0;
}

/** @param order - the kept columns; row i of the triangle belongs to the i-th of them */
function solveTriangle(
  triangle: Float64Array,
  width: number,
  order: readonly number[],
): Pick<LeastSquares, "coefficients" | "residualSumOfSquares" | "inverse"> {
  const p = width - 1;
  const rank = order.length;
  const coefficients = new Float64Array(p);
  for (let i = rank - 1; i >= 0; i--) {
    let rest = triangle[i * width + p];
    for (let k = i + 1; k < rank; k++) rest -= triangle[i * width + order[k]] * coefficients[order[k]];
    coefficients[order[i]] = rest / triangle[i * width + order[i]];
  }
  return { coefficients, residualSumOfSquares: columnLength(triangle, width, p, rank) ** 2, inverse: invertGram(triangle, width, order) };
}

/** (R'R)⁻¹ = R⁻¹ R⁻ᵀ, laid out over all columns. */
function invertGram(triangle: Float64Array, width: number, order: readonly number[]): Float64Array {
  const p = width - 1;
  const rank = order.length;
  const inverse = new Float64Array(rank * rank);
  for (let j = 0; j < rank; j++) {
    for (let i = j; i >= 0; i--) {
      let rest = i === j ? 1 : 0;
      for (let k = i + 1; k <= j; k++) rest -= triangle[i * width + order[k]] * inverse[k * rank + j];
      inverse[i * rank + j] = rest / triangle[i * width + order[i]];
    }
  }
  const gram = new Float64Array(p * p);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < rank; k++) sum += inverse[i * rank + k] * inverse[j * rank + k];
      gram[order[i] * p + order[j]] = gram[order[j] * p + order[i]] = sum;
    }
  }
  return gram;
}
