import type { BlockMatrix, CodedBlock, MatrixBlock, SparseBlock } from "./block-matrix.ts";

/**
 * A matrix of some columns of another, in the order given. Numbers and codes of rows are shared, not copied (entries of sparse blocks are).
 *
 * @param positions - columns of `matrix`, each at most once
 */
export function selectColumns(matrix: BlockMatrix, positions: ArrayLike<number>): BlockMatrix {
  const placeOf = new Int32Array(matrix.numColumns).fill(-1);
  for (let k = 0; k < positions.length; k++) placeOf[positions[k]] = k;
  const blocks = matrix.blocks.flatMap((block) => {
    const kept = Array.from(block.columns.keys()).filter((k) => placeOf[block.columns[k]] >= 0);
    if (kept.length === 0) return [];
    return [
      chooseOfBlock(
        block,
        kept,
        Int32Array.from(kept, (k) => placeOf[block.columns[k]]),
      ),
    ];
  });
  return { numRows: matrix.numRows, numColumns: positions.length, blocks };
}

/** @param kept - columns within the block, ascending @param columns - where they go */
function chooseOfBlock(block: MatrixBlock, kept: readonly number[], columns: Int32Array): MatrixBlock {
  if (kept.length === block.columns.length) return { ...block, columns };
  if (block.kind === "dense") return { kind: "dense", columns, values: kept.map((k) => block.values[k]) };
  return block.kind === "coded" ? chooseOfCoded(block, kept, columns) : chooseOfSparse(block, kept, columns);
}

function chooseOfCoded(block: CodedBlock, kept: readonly number[], columns: Int32Array): CodedBlock {
  const { columnOfCode, matrix } = block;
  const width = block.columns.length;
  if (matrix !== null) {
    const size = block.numCodes * kept.length;
    const chosen = Float64Array.from({ length: size }, (_, i) => matrix[Math.floor(i / kept.length) * width + kept[i % kept.length]]);
    return { ...block, columns, matrix: chosen };
  }
  const placeOf = new Int32Array(width).fill(-1);
  kept.forEach((k, place) => (placeOf[k] = place));
  return { ...block, columns, columnOfCode: columnOfCode?.map((k) => (k < 0 ? -1 : placeOf[k])) ?? null };
}

function chooseOfSparse({ starts, rows, values }: SparseBlock, kept: readonly number[], columns: Int32Array): SparseBlock {
  const lengths = kept.map((k) => starts[k + 1] - starts[k]);
  const newStarts = new Int32Array(kept.length + 1);
  lengths.forEach((length, place) => (newStarts[place + 1] = newStarts[place] + length));
  const newRows = new Int32Array(newStarts[kept.length]);
  const newValues = new Float64Array(newStarts[kept.length]);
  kept.forEach((k, place) => {
    newRows.set(rows.subarray(starts[k], starts[k + 1]), newStarts[place]);
    newValues.set(values.subarray(starts[k], starts[k + 1]), newStarts[place]);
  });
  return { kind: "sparse", columns, starts: newStarts, rows: newRows, values: newValues };
}
