import { Kernel } from "../../../kernels/index.ts";
import type { ColumnCoding } from "./coded-columns.ts";
import type { CodedBackground, LaidTree } from "./laid-tree.ts";
import { RowCoder, type CodableRows } from "./row-coder.ts";
import { narrowColumns, type NarrowColumns } from "./narrow-columns.ts";

/** Rows of a block are a multiple of this: the lanes of a vector of codes. */
const LANES = 8;
/** Bytes that the contributions of one block may take, unless it is very small. */
const CONTRIBUTION_BYTES = 2 ** 19;
const LEAST_ROWS = 256;
/** Working memory of one tree for one block: deeper trees take fewer rows at once. */
const SCRATCH_BYTES = 64 * 2 ** 20;
/** Tables that stay in memory between calls; a model that needs more is worked through in groups of trees, each call anew. */
export const RESIDENT_BYTES: number = 2 ** 30;

/** Runs laid-out trees over blocks of rows in one kernel. */
export class TreeEngine {
  readonly kernel: Kernel = new Kernel();
  readonly columns: NarrowColumns;
  private readonly coder: RowCoder;
  private readonly numPlayers: number;
  private readonly numOutputs: number;
  private readonly sets: number;
  private trees: readonly LaidTree[] = [];
  private most = RESIDENT_BYTES;
  /** Whether all trees are loaded, for good. */
  private resident = false;

  constructor(coding: ColumnCoding, numPlayers: number, numOutputs: number) {
    this.coder = new RowCoder(this.kernel, coding);
    this.columns = narrowColumns(coding);
    this.numPlayers = numPlayers;
    this.numOutputs = numOutputs;
    this.sets = this.kernel.store(coding.sets);
  }

  /** Codes the background once and keeps it. @param weights - one a row, any positive scale */
  placeBackground(background: CodableRows, weights: Float64Array): CodedBackground {
    const { kernel, sets } = this;
    const rows = padRows(background.numRows);
    const placed = this.placeCodes(rows);
    const shares = kernel.allocate(rows * 8);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.codeBlock(background, 0, background.numRows, rows, placed);
    const shareOf = kernel.floats(shares, rows);
    shareOf.fill(0);
    weights.forEach((weight, i) => (shareOf[i] = weight / total));
    return { ...placed, sets, numRows: background.numRows, rows, weights: shares };
  }

  /**
   * Takes the trees to run.
   * @param most - bytes that they may take in memory together; what is over it is loaded group after group, each call anew
   */
  placeTrees(trees: readonly LaidTree[], most: number = RESIDENT_BYTES): void {
    this.trees = trees;
    this.most = most;
  }

  /** Contributions of all trees: numRows × numPlayers × numOutputs, row-major. */
  explain(rows: CodableRows): Float64Array {
    const { kernel, trees } = this;
    const out = new Float64Array(rows.numRows * this.numPlayers * this.numOutputs);
    if (this.resident) {
      this.runGroup(trees, rows, out);
      return out;
    }
    for (let first = 0; first < trees.length;) {
      kernel.keepIf(() => {
        const end = this.loadGroup(first);
        this.runGroup(trees.slice(first, end), rows, out);
        this.resident = first === 0 && end === trees.length;
        first = end;
        return this.resident;
      });
    }
    return out;
  }

  /** Loads trees from `first` on until they are all in or fill the memory they may have. @returns the first tree that is not loaded */
  private loadGroup(first: number): number {
    const { kernel, trees, most } = this;
    const start = kernel.used;
    let next = first;
    kernel.reserve(
      Math.min(
        most,
        trees.slice(first).reduce((bytes, tree) => bytes + (tree.loadedBytes ?? 0), 0),
      ),
    );
    do trees[next++].load();
    while (next < trees.length && kernel.used - start < most);
    return next;
  }

  /** Runs loaded trees, those of one kind together in the blocks that suit them. */
  private runGroup(trees: readonly LaidTree[], rows: CodableRows, out: Float64Array): void {
    for (const most of new Set(trees.map((tree) => tree.blockRows))) {
      const kind = trees.filter((tree) => tree.blockRows === most);
      this.runBlocks(kind, fitRows(kind, Math.min(most, this.cachedRows(), padRows(rows.numRows))), rows, out);
    }
  }

  /** Rows whose contributions leave room for tables in the second-level cache. */
  private cachedRows(): number {
    return Math.max(LEAST_ROWS, padRows(Math.floor(CONTRIBUTION_BYTES / (this.numPlayers * this.numOutputs * 8))));
  }

  private runBlocks(trees: readonly LaidTree[], stride: number, rows: CodableRows, out: Float64Array): void {
    const { kernel, numPlayers, numOutputs, sets } = this;
    const cells = numPlayers * numOutputs;
    kernel.scratch(() => {
      const placed = this.placeCodes(stride);
      const phi = kernel.allocate(cells * stride * 8);
      const block = { ...placed, sets, rows: stride, phi, numPlayers };
      for (let first = 0; first < rows.numRows; first += stride) {
        const count = Math.min(stride, rows.numRows - first);
        this.codeBlock(rows, first, count, stride, placed);
        kernel.floats(phi, cells * stride).fill(0);
        for (const tree of trees) tree.add(block);
        addBlock(kernel.floats(phi, cells * stride), stride, count, numPlayers, numOutputs, out, first * cells);
      }
    });
  }

  /** Room for the codes of so many rows. */
  private placeCodes(stride: number): { codes: number; narrowed: number } {
    const { kernel, coder, columns } = this;
    return { codes: kernel.allocate(coder.numColumns * stride * 4), narrowed: kernel.allocate(columns.parts.length * stride * 2) };
  }

  private codeBlock(rows: CodableRows, first: number, count: number, stride: number, at: { codes: number; narrowed: number }): void {
    const { kernel, coder, columns } = this;
    coder.code(rows, first, count, stride, at.codes);
    columns.parts.forEach(({ column, base }, part) => {
      kernel.run.narrowCodes(at.codes + column * stride * 4, stride, base, at.narrowed + part * stride * 2);
    });
  }
}

function padRows(rows: number): number {
  return Math.ceil(rows / LANES) * LANES;
}

/** As many rows as every tree has room for. */
function fitRows(trees: readonly LaidTree[], most: number): number {
  let rows = most;
  while (rows > LANES && trees.some((tree) => tree.scratchBytes(rows) > SCRATCH_BYTES)) rows = padRows(rows / 2);
  return rows;
}

/** Adds a block (outputs × players × stride) to the result (rows × players × outputs). */
function addBlock(
  phi: Float64Array,
  stride: number,
  count: number,
  numPlayers: number,
  numOutputs: number,
  out: Float64Array,
  start: number,
): void {
  let to = start;
  for (let r = 0; r < count; r++) {
    for (let player = 0; player < numPlayers; player++) {
      for (let from = player * stride + r, k = 0; k < numOutputs; k++, from += numPlayers * stride) out[to++] += phi[from];
    }
  }
}
