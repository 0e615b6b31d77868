// Slow and obvious: what the block products and the factorizations are tested against.
import type { BlockMatrix } from "../../src/numeric/index.ts";

/** One entry of a block matrix, read by the definition of its block. */
function entryOf(matrix: BlockMatrix, i: number, j: number): number {
  for (const block of matrix.blocks) {
    const k = block.columns.indexOf(j);
    if (k < 0) continue;
    if (block.kind === "dense") return block.values[k]?.[i] ?? 1;
    if (block.kind === "sparse") {
      for (let e = block.starts[k]; e < block.starts[k + 1]; e++) if (block.rows[e] === i) return block.values[e];
      return 0;
    }
    const code = block.codes[i];
    const value = block.matrix === null ? Number(block.columnOfCode?.[code] === k) : block.matrix[code * block.columns.length + k];
    return (block.multiplier?.[i] ?? 1) * value;
  }
  throw new Error(`no block has column ${j}`);
}

/** All rows, as arrays. */
export function denseArrays(matrix: BlockMatrix): number[][] {
  return Array.from({ length: matrix.numRows }, (_row, i) =>
    Array.from({ length: matrix.numColumns }, (_column, j) => entryOf(matrix, i, j)),
  );
}

/** X v. */
export function denseMultiply(x: readonly number[][], v: ArrayLike<number>): number[] {
  return x.map((row) => row.reduce((sum, value, j) => sum + value * v[j], 0));
}

/** X'u. */
export function denseTransposed(x: readonly number[][], u: ArrayLike<number>, p: number): number[] {
  return Array.from({ length: p }, (_, j) => x.reduce((sum, row, i) => sum + row[j] * u[i], 0));
}

/** X' diag(w) X, row-major. */
export function denseSandwich(x: readonly number[][], w: ArrayLike<number>, p: number): number[] {
  return Array.from({ length: p * p }, (_, at) => x.reduce((sum, row, i) => sum + row[Math.floor(at / p)] * w[i] * row[at % p], 0));
}

/** x' S x of each row. */
export function denseQuadratics(x: readonly number[][], symmetric: ArrayLike<number>): number[] {
  return x.map((row) => row.reduce((sum, a, j) => sum + row.reduce((inner, b, k) => inner + a * symmetric[j * row.length + k] * b, 0), 0));
}
