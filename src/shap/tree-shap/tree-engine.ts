import { Kernel } from "../../kernels/index.ts";
import { codeRows, type ColumnCoding } from "./coded-columns.ts";
import type { CodedBackground, LaidTree } from "./laid-tree.ts";

/** Rows that the kernels take at once: enough to fill vector lanes and to share a tree's reading, few enough for the first-level cache. */
const BLOCK_ROWS = 64;
/** Working memory of one tree for one block: deeper trees take fewer rows at once. */
const SCRATCH_BYTES = 64 * 2 ** 20;
/** Tables that stay in memory between calls; a model that needs more is worked through in groups of trees, each call anew. */
const RESIDENT_BYTES = 2 ** 30;

/** Rows in the model's columns: n × p, row-major. */
export interface CodableRows {
  readonly values: Float64Array;
  readonly numRows: number;
  readonly numColumns: number;
}

/** Runs laid-out trees over blocks of rows in one kernel. */
export class TreeEngine {
  readonly kernel: Kernel = new Kernel();
  private readonly coding: ColumnCoding;
  private readonly numPlayers: number;
  private readonly numOutputs: number;
  private readonly sets: number;
  private trees: readonly LaidTree[] = [];
  private most = RESIDENT_BYTES;
  /** Whether all trees are loaded, for good. */
  private resident = false;

  constructor(coding: ColumnCoding, numPlayers: number, numOutputs: number) {
    this.coding = coding;
    this.numPlayers = numPlayers;
    this.numOutputs = numOutputs;
    this.sets = this.kernel.store(coding.sets);
  }

  /** Codes the background once and keeps it. @param weights - one a row, any positive scale */
  placeBackground(background: CodableRows, weights: Float64Array): CodedBackground {
    const { kernel, coding, sets } = this;
    const rows = Math.ceil(background.numRows / 4) * 4;
    const codes = kernel.allocate(coding.columns.length * rows * 4);
    const shares = kernel.allocate(rows * 8);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const out = kernel.words(codes, coding.columns.length * rows);
    codeRows(coding.columns, background.values, background.numColumns, 0, background.numRows, rows, out);
    const shareOf = kernel.floats(shares, rows);
    shareOf.fill(0);
    weights.forEach((weight, i) => (shareOf[i] = weight / total));
    return { codes, sets, numRows: background.numRows, rows, weights: shares };
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
    do trees[next++].load();
    while (next < trees.length && kernel.used - start < most);
    return next;
  }

  private runGroup(trees: readonly LaidTree[], rows: CodableRows, out: Float64Array): void {
    const { kernel, coding, numPlayers, numOutputs, sets } = this;
    const cells = numPlayers * numOutputs;
    kernel.scratch(() => {
      const stride = Math.min(blockRows(trees), Math.ceil(rows.numRows / 4) * 4);
      const codes = kernel.allocate(coding.columns.length * stride * 4);
      const phi = kernel.allocate(cells * stride * 8);
      const block = { codes, sets, rows: stride, phi, numPlayers };
      for (let first = 0; first < rows.numRows; first += stride) {
        const count = Math.min(stride, rows.numRows - first);
        const codesOut = kernel.words(codes, coding.columns.length * stride);
        codeRows(coding.columns, rows.values, rows.numColumns, first, count, stride, codesOut);
        kernel.floats(phi, cells * stride).fill(0);
        for (const tree of trees) tree.add(block);
        addBlock(kernel.floats(phi, cells * stride), stride, count, numPlayers, numOutputs, out, first * cells);
      }
    });
  }
}

/** As many rows as every tree has room for; a multiple of 4. */
function blockRows(trees: readonly LaidTree[]): number {
  let rows = BLOCK_ROWS;
  while (rows > 4 && trees.some((tree) => tree.scratchBytes(rows) > SCRATCH_BYTES)) rows /= 2;
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
  for (let output = 0; output < numOutputs; output++) {
    for (let player = 0; player < numPlayers; player++) {
      const from = (output * numPlayers + player) * stride;
      const to = start + player * numOutputs + output;
      for (let r = 0; r < count; r++) out[to + r * numPlayers * numOutputs] += phi[from + r];
    }
  }
}
