import type { BlockMatrix, SparseBlock } from "./block-matrix.ts";
import { firstEntry } from "./dense-rows.ts";

/**
 * Consecutive rows of a block matrix, as views of its arrays (entries of sparse blocks are copied).
 *
 * @param start - the first row
 * @param end - one past the last row
 */
export function sliceRows(matrix: BlockMatrix, start: number, end: number): BlockMatrix {
  // Blocks that share an array go on sharing it: products are quicker where two blocks have the same codes.
  const views = new Map<Float64Array | Int32Array, Float64Array | Int32Array>();
  const view = <Numbers extends Float64Array | Int32Array>(numbers: Numbers): Numbers => {
    const known = views.get(numbers) ?? numbers.subarray(start, end);
    views.set(numbers, known);
    return known as Numbers;
  };
  const blocks = matrix.blocks.map((block) => {
    if (block.kind === "dense") return { ...block, values: block.values.map((column) => column && view(column)) };
    if (block.kind === "coded") return { ...block, codes: view(block.codes), multiplier: block.multiplier && view(block.multiplier) };
    return sliceSparse(block, start, end);
  });
  return { numRows: end - start, numColumns: matrix.numColumns, blocks };
}

function sliceSparse({ columns, starts, rows, values }: SparseBlock, start: number, end: number): SparseBlock {
  const width = columns.length;
  const firsts = Int32Array.from(columns, (_, k) => firstEntry(rows, starts[k], starts[k + 1], start));
  const lasts = Int32Array.from(columns, (_, k) => firstEntry(rows, starts[k], starts[k + 1], end));
  const newStarts = new Int32Array(width + 1);
  for (let k = 0; k < width; k++) newStarts[k + 1] = newStarts[k] + lasts[k] - firsts[k];
  const newRows = new Int32Array(newStarts[width]);
  const newValues = new Float64Array(newStarts[width]);
  for (let k = 0; k < width; k++) {
    for (let e = firsts[k], to = newStarts[k]; e < lasts[k]; e++, to++) newRows[to] = rows[e] - start;
    newValues.set(values.subarray(firsts[k], lasts[k]), newStarts[k]);
  }
  return { kind: "sparse", columns, starts: newStarts, rows: newRows, values: newValues };
}
