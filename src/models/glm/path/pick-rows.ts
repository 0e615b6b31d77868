import type { BlockMatrix, SparseBlock } from "../../../numeric/index.ts";

/** Some rows of a matrix, copied. @param rows - ascending, each at most once */
export function pickRows(matrix: BlockMatrix, rows: Int32Array): BlockMatrix {
  const numbersOf = (numbers: Float64Array): Float64Array => pickNumbers(numbers, rows);
  const blocks = matrix.blocks.map((block) => {
    if (block.kind === "dense") return { ...block, values: block.values.map((numbers) => numbers && numbersOf(numbers)) };
    if (block.kind === "sparse") return pickSparse(block, rows, matrix.numRows);
    const codes = Int32Array.from(rows, (row) => block.codes[row]);
    return { ...block, codes, multiplier: block.multiplier && numbersOf(block.multiplier) };
  });
  return { numRows: rows.length, numColumns: matrix.numColumns, blocks };
}

/** The numbers of some rows. */
export function pickNumbers(numbers: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = numbers[rows[i]];
  return picked;
}

function pickSparse({ columns, starts, rows: entries, values }: SparseBlock, rows: Int32Array, numRows: number): SparseBlock {
  const placeOf = new Int32Array(numRows).fill(-1);
  rows.forEach((row, place) => (placeOf[row] = place));
  const kept = Int32Array.from(Array.from(entries.keys()).filter((e) => placeOf[entries[e]] >= 0));
  const newStarts = new Int32Array(columns.length + 1);
  for (let k = 0, e = 0; k < columns.length; k++) {
    while (e < kept.length && kept[e] < starts[k + 1]) e++;
    newStarts[k + 1] = e;
  }
  return { kind: "sparse", columns, starts: newStarts, rows: kept.map((e) => placeOf[entries[e]]), values: pickNumbers(values, kept) };
}
