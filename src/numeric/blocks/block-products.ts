import type { BlockMatrix } from "./block-matrix.ts";
import type { CodeTable } from "./code-table.ts";
import { placeSide } from "./coded-side.ts";
import { CodedVectors } from "./coded-vectors.ts";
import { DenseGram } from "./dense-gram.ts";
import { Half } from "./half.ts";
import { Panel } from "./panel.ts";
import { planTables } from "./plan-tables.ts";
import { sortBlocks } from "./sort-blocks.ts";
import { SparsePart } from "./sparse-part.ts";

/** Bytes of dense columns in a panel: a usual second-level cache. */
const PANEL_BYTES = 2 ** 20;
const FEWEST_ROWS = 256;
const MOST_ROWS = 4096;

/**
 * Products with a block matrix X (n × p), panel of rows after panel: one reading of a panel's numbers serves all of them.
 * `addTransposed` and `addSandwich` add to running sums that `transposed` and `sandwich` copy out. Factors are never written out in full:
 * X' diag(w) X costs a cell of a table for each pair of coded blocks and row.
 */
export class BlockProducts {
  /** The most rows that a panel may have. */
  readonly panelRows: number;
  private readonly size: number;
  private readonly panel: Panel;
  private readonly dense: DenseGram;
  private readonly coded: CodedVectors;
  private readonly tables: readonly CodeTable[];
  private readonly sparse: SparsePart | null;
  /** The S that the tables are filled from, and its diagonal then. */
  private loaded: { readonly symmetric: Float64Array; readonly diagonal: Float64Array } | null = null;

  /** What `borrowSandwich` lends. */
  private lent: Float64Array | null = null;

  /**
   * @param options - `panelRows`: the most rows of a panel. `keep`: hold on to the dense columns of panels, which then start at multiples of
   * `panelRows`, for as many passes as may come: each pass is quicker, and their memory is needed twice. @defaultValue keep: false
   */
  constructor(matrix: BlockMatrix, options: { readonly panelRows?: number; readonly keep?: boolean } = {}) {
    const { ones, dense, coded, sparse } = sortBlocks(matrix);
    this.size = matrix.numColumns;
    this.panelRows = options.panelRows ?? choosePanelRows(dense.length, matrix.numRows);
    const keeps = options.keep === true && dense.length > 0;
    this.panel = new Panel(dense, this.panelRows, keeps ? Math.ceil(matrix.numRows / this.panelRows) : 0);
    const sides = coded.map((block) => placeSide(this.panel, block));
    this.dense = new DenseGram(this.panel, ones);
    this.coded = new CodedVectors(this.panel, sides);
    this.tables = planTables(this.panel, sides, ones);
    this.sparse = sparse.length === 0 ? null : new SparsePart(matrix, sparse);
  }

  /** Makes rows `start` to `end` (exclusive; at most `panelRows`) the panel that the calls below work on. */
  movePanel(start: number, end: number): void {
    this.panel.move(start, end);
    this.sparse?.move(start, end);
  }

  /** Writes X v of the panel's rows. @param v - p numbers @param out - at least as many numbers as the panel has rows */
  multiply(v: Float64Array, out: Float64Array): void {
    this.dense.multiply(v);
    this.coded.multiply(v);
    this.panel.read(out);
    this.sparse?.multiply(v, out);
  }

  /** Adds X'u of the panel's rows. @param u - at least as many numbers as the panel has rows */
  addTransposed(u: Float64Array): void {
    this.panel.weigh(u);
    this.dense.addTransposed();
    this.coded.addTransposed();
    this.sparse?.addTransposed(u);
  }

  /** Adds X' diag(w) X of the panel's rows. @param w - at least as many numbers, of any sign, as the panel has rows */
  addSandwich(w: Float64Array): void {
    this.panel.weigh(w);
    this.dense.addSandwich();
    for (const table of this.tables) table.add();
    this.sparse?.addSandwich(w);
  }

  /** `addSandwich(w)` and `addTransposed(u)`. */
  addWorking(w: Float64Array, u: Float64Array): void {
    this.addSandwich(w);
    this.addTransposed(u);
  }

  /**
   * Writes x' S x for each row x of the panel.
   * @param symmetric - S, p × p. It is read when it first comes and again when its diagonal is seen to have changed: give a changed S as
   * another array
   * @param out - at least as many numbers as the panel has rows
   */
  rowQuadratic(symmetric: Float64Array, out: Float64Array): void {
    this.load(symmetric);
    this.dense.quadratic(symmetric, this.size);
    for (const table of this.tables) table.evaluate();
    this.panel.read(out);
    this.sparse?.addQuadratic(symmetric, out);
  }

  private load(symmetric: Float64Array): void {
    const { size, loaded } = this;
    if (loaded?.symmetric === symmetric && loaded.diagonal.every((value, j) => value === symmetric[j * size + j])) return;
    this.dense.load(symmetric, size);
    for (const table of this.tables) table.load(symmetric, size);
    this.loaded = { symmetric, diagonal: Float64Array.from({ length: size }, (_, j) => symmetric[j * size + j]) };
  }

  /** A copy of the sum of X'u over the panels since the last reset: p numbers. */
  transposed(): Float64Array {
    const out = new Float64Array(this.size);
    this.dense.readTransposed(out);
    this.coded.readTransposed(out);
    this.sparse?.readTransposed(out);
    return out;
  }

  /** A copy of the sum of X' diag(w) X over the panels since the last reset: p × p, both halves filled. */
  sandwich(): Float64Array {
    return this.foldAll(new Half(this.size));
  }

  /** The same in an array that the next call writes over: for many sums of many columns, one after the other. */
  borrowSandwich(): Float64Array {
    this.lent ??= new Float64Array(this.size * this.size);
    return this.foldAll(new Half(this.size, this.lent.fill(0)));
  }

  private foldAll(half: Half): Float64Array {
    this.dense.fold(half);
    for (const table of this.tables) table.fold(half);
    this.sparse?.fold(half);
    return half.mirror();
  }

  /** Sets the running sums to zero. */
  reset(): void {
    this.dense.clear();
    this.coded.clear();
    for (const table of this.tables) table.clear();
    this.sparse?.clear();
    this.loaded = null;
  }
}

function choosePanelRows(denseColumns: number, numRows: number): number {
  const fitting = Math.floor(PANEL_BYTES / (8 * 256 * Math.max(denseColumns, 1))) * 256;
  return Math.min(Math.max(fitting, FEWEST_ROWS), MOST_ROWS, Math.max(numRows, 1));
}
