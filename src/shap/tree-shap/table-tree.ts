import type { Kernel } from "../../kernels/index.ts";
import type { AttributionIndex } from "../attribution-indexes.ts";
import { joiningShares } from "./index-weights.ts";
import { outputPhi, placeProgram, type CodedBackground, type LaidTree, type PlacedProgram, type RowBlock } from "./laid-tree.ts";
import type { TreeProgram } from "./tree-program.ts";

/** Bytes that the tables of one tree may take; wider trees are explained by pairs. */
const MOST_TABLE_BYTES = 64 * 2 ** 20;

/** Players on the path of each leaf of a program. */
function playersOfLeaves({ leaves }: TreeProgram): Int32Array {
  return leaves.filter((_, word) => word % 4 === 1);
}

/** The leaves' records with places for so many doubles each, one after another; and how many these are. */
function layLeaves(program: TreeProgram, doubles: (numPlayers: number) => number): { leaves: Int32Array; cells: number } {
  const leaves = program.leaves.slice();
  let cells = 0;
  playersOfLeaves(program).forEach((d, leaf) => {
    leaves[leaf * 4] = cells;
    cells += doubles(d);
  });
  return { leaves, cells };
}

/** Doubles of a leaf's table: one a pattern and player. */
function tableDoubles(numPlayers: number): number {
  return numPlayers * 2 ** numPlayers;
}

/** Whether a tree is narrow enough for tables. */
export function fitsTables(program: TreeProgram): boolean {
  return playersOfLeaves(program).reduce((bytes, d) => bytes + tableDoubles(d) * 8, 0) <= MOST_TABLE_BYTES;
}

/**
 * Values by pattern tables: each leaf has a table of contributions by pattern, made once, so that a row costs d additions a leaf whatever
 * the size of the background. Without a background the tables are those of the path-dependent game.
 */
export class TableTree implements LaidTree {
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly background: CodedBackground | null;
  private readonly index: AttributionIndex;
  private place: (PlacedProgram & { tables: number }) | null = null;

  constructor(kernel: Kernel, program: TreeProgram, background: CodedBackground | null, index: AttributionIndex) {
    this.kernel = kernel;
    this.program = program;
    this.background = background;
    this.index = index;
  }

  scratchBytes(rows: number): number {
    return 2 * (this.program.depth + 1) * rows * 4;
  }

  load(): void {
    const { kernel, program } = this;
    const { leaves, cells } = layLeaves(program, tableDoubles);
    const place = { ...placeProgram(kernel, { ...program, leaves }), tables: kernel.allocate(cells * 8) };
    kernel.scratch(() => this.fillTables(place, leaves));
    this.place = place;
  }

  add(block: RowBlock): void {
    const { kernel, program, place } = this;
    if (!place) throw new Error("TableTree: add before load");
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [place.edges, place.numEdges, place.leaves, place.players, place.tables] as const;
      kernel.run.applyTables(...tree, block.codes, block.sets, block.rows, outputPhi(block, program), scratch, program.depth);
    });
  }

  private fillTables(place: PlacedProgram & { tables: number }, leaves: Int32Array): void {
    const { kernel, program } = this;
    const supersets = kernel.allocate(2 ** program.mostPlayers * 8);
    const shares = kernel.allocate(program.mostPlayers * 8);
    const counts = this.background && this.countBackground(place, this.background);
    playersOfLeaves(program).forEach((d, leaf) => {
      const sums = kernel.floats(supersets, 2 ** d);
      if (counts) {
        sums.set(kernel.floats(counts.start + counts.leaves[leaf * 4] * 8, 2 ** d));
        sumSupersets(sums);
      } else {
        const first = leaves[leaf * 4 + 2];
        multiplyRatios(program.playerRatios.subarray(first, first + d), sums);
      }
      for (let set = 0; set < sums.length; set++) sums[set] *= program.leafValues[leaf];
      kernel.floats(shares, d).set(joiningShares(this.index, d));
      kernel.run.buildTable(supersets, d, shares, place.tables + leaves[leaf * 4] * 8);
    });
  }

  /** The weight of each background pattern: 2^d doubles a leaf, from `start` on, where the leaves' records say. */
  private countBackground(place: PlacedProgram, background: CodedBackground): { start: number; leaves: Int32Array } {
    const { kernel, program } = this;
    const { leaves, cells } = layLeaves(program, (d) => 2 ** d);
    const start = kernel.allocate(cells * 8);
    const scratch = kernel.allocate(this.scratchBytes(background.rows));
    const places = kernel.store(leaves);
    kernel.floats(start, cells).fill(0);
    const { codes, sets, rows, weights } = background;
    kernel.run.countPatterns(place.edges, place.numEdges, places, codes, sets, rows, weights, start, scratch, program.depth);
    return { start, leaves };
  }
}

/** From weights by pattern to F[N]: the weight of all patterns that hold N. */
function sumSupersets(sums: Float64Array): void {
  for (let bit = 1; bit < sums.length; bit *= 2) {
    for (let base = 0; base < sums.length; base += bit * 2) {
      for (let set = base; set < base + bit; set++) sums[set] += sums[set + bit];
    }
  }
}

/** F[N] of the path-dependent game: the product over N of the players' cover ratios. */
function multiplyRatios(ratios: Float64Array, out: Float64Array): void {
  out[0] = 1;
  ratios.forEach((ratio, j) => {
    const bit = 2 ** j;
    for (let set = 0; set < bit; set++) out[set + bit] = out[set] * ratio;
  });
}
