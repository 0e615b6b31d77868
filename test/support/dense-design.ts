import type { BlockMatrix } from "../../src/numeric/index.ts";

/** A block matrix spelled out, one array a row: slow and obvious, by the definitions of the blocks alone. */
export function spellOutMatrix({ numRows, numColumns, blocks }: BlockMatrix): number[][] {
  const rows = Array.from({ length: numRows }, () => Array.from({ length: numColumns }, () => 0));
  const filled = Array.from({ length: numColumns }, () => 0);
  for (const block of blocks) {
    for (const column of block.columns) filled[column]++;
    if (block.kind === "dense") {
      for (const [k, column] of block.columns.entries()) {
        for (let i = 0; i < numRows; i++) rows[i][column] = block.values[k]?.[i] ?? 1;
      }
    } else if (block.kind === "sparse") {
      for (const [k, column] of block.columns.entries()) {
        for (let entry = block.starts[k]; entry < block.starts[k + 1]; entry++) rows[block.rows[entry]][column] = block.values[entry];
      }
    } else {
      for (let i = 0; i < numRows; i++) {
        const code = block.codes[i];
        if (!(code >= 0 && code < block.numCodes)) throw new Error(`code ${code} of ${block.numCodes} in row ${i}`);
        for (const [k, column] of block.columns.entries()) {
          const cell = block.matrix ? block.matrix[code * block.columns.length + k] : Number(block.columnOfCode![code] === k);
          rows[i][column] = cell * (block.multiplier?.[i] ?? 1);
        }
      }
    }
  }
  const odd = filled.findIndex((times) => times !== 1);
  if (odd >= 0) throw new Error(`column ${odd} stands in ${filled[odd]} blocks`);
  return rows;
}
