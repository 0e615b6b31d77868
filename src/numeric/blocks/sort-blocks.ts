import type { BlockMatrix, CodedBlock, SparseBlock } from "./block-matrix.ts";

/** A column that the dense panel holds. */
export type PanelColumn = CopiedColumn | LookedUpColumn;

/** A column whose rows are written to the panel one after the other. */
interface CopiedColumn {
  readonly kind: "copied";
  readonly position: number;
  /** Copies rows `start` to `end` to `out`, from `at` on. */
  copy(start: number, end: number, out: Float64Array, at: number): void;
}

/** A column with few distinct numbers: row i is multiplier[i] × numbers[codes[i]]. */
export interface LookedUpColumn {
  readonly kind: "lookedUp";
  readonly position: number;
  readonly codes: Int32Array;
  readonly numbers: Float64Array;
  readonly multiplier: Float64Array | null;
}

/** The columns of a matrix by the way products treat them. */
export interface SortedBlocks {
  /** Positions of the columns of ones. */
  readonly ones: Int32Array;
  readonly dense: readonly PanelColumn[];
  readonly coded: readonly CodedBlock[];
  readonly sparse: readonly SparseBlock[];
}

/** Coded blocks of no more columns than this go faster when they are written out: vector lanes beat tables of few cells. */
const NARROW = 1;
/** Coded blocks with more codes than this and a matrix are written out too: their tables would not stay in any cache. */
const MANY_CODES = 4096;

/** Sorts the blocks of a matrix; those without columns are left out. */
export function sortBlocks(matrix: BlockMatrix): SortedBlocks {
  const ones: number[] = [];
  const dense: PanelColumn[] = [];
  const coded: CodedBlock[] = [];
  const sparse: SparseBlock[] = [];
  for (const block of matrix.blocks) {
    if (block.columns.length === 0) continue;
    if (block.kind === "sparse") sparse.push(block);
    else if (block.kind === "coded") {
      checkCodes(block.codes, block.numCodes);
      const written = writtenOut(block);
      if (written === null) coded.push(block);
      else dense.push(...written);
    } else {
      block.values.forEach((values, k) => {
        if (values === null) ones.push(block.columns[k]);
        else dense.push(plainColumn(block.columns[k], values));
      });
    }
  }
  return { ones: Int32Array.from(ones), dense, coded, sparse };
}

/** The columns of a coded block that is better written out; null where it is not. */
function writtenOut(block: CodedBlock): PanelColumn[] | null {
  const { columns, numCodes, matrix } = block;
  if (matrix !== null && numCodes > MANY_CODES) return Array.from(columns, (_, k) => copiedColumn(block, matrix, k));
  return columns.length <= NARROW ? Array.from(columns, (_, k) => lookedUpColumn(block, k)) : null;
}

/** The kernels trust codes as addresses: a wrong one would not fail but spoil other sums. */
function checkCodes(codes: Int32Array, numCodes: number): void {
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0 || codes[i] >= numCodes) throw new RangeError(`code ${codes[i]} at row ${i} is not from 0 to ${numCodes - 1}`);
  }
}

function plainColumn(position: number, values: Float64Array): CopiedColumn {
  return { kind: "copied", position, copy: (start, end, out, at) => out.set(values.subarray(start, end), at) };
}

function lookedUpColumn({ columns, codes, numCodes, multiplier, columnOfCode, matrix }: CodedBlock, k: number): LookedUpColumn {
  const numberOf = (code: number): number => matrix?.[code * columns.length + k] ?? Number(columnOfCode?.[code] === k);
  return {
    kind: "lookedUp",
    position: columns[k],
    codes,
    numbers: Float64Array.from({ length: numCodes }, (_, code) => numberOf(code)),
    multiplier,
  };
}

function copiedColumn({ columns, codes, multiplier }: CodedBlock, matrix: Float64Array, k: number): CopiedColumn {
  const width = columns.length;
  const copy = (start: number, end: number, out: Float64Array, at: number): void => {
    const shift = at - start;
    for (let i = start; i < end; i++) out[i + shift] = matrix[codes[i] * width + k];
    if (multiplier !== null) for (let i = start; i < end; i++) out[i + shift] *= multiplier[i];
  };
  return { kind: "copied", position: columns[k], copy };
}
