import type { Kernel } from "../../../kernels/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import { pairShares } from "./index-weights.ts";
import { outputPhi, placeProgram, type CodedBackground, type PlacedProgram, type RowBlock, type ValueTree } from "./laid-tree.ts";
import { listBackground, patternScratchBytes, wordsOf } from "./list-background.ts";
import type { TreeProgram } from "./tree-program.ts";

/**
 * Interventional values of trees that are too wide for tables: each row's pattern at a leaf against the distinct patterns that the background
 * shows there. Exact for any depth; the price grows with the number of distinct patterns, not of background rows.
 */
export class PairTree implements ValueTree {
  /** Enough to fill vector lanes and to share a tree's reading, few enough for the first-level cache. */
  readonly blockRows = 64;
  readonly roundings: number;
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly background: CodedBackground;
  private readonly index: AttributionIndex;
  /** 32-bit words a pattern. */
  private readonly words: number;
  private place: (PlacedProgram & { lists: number; shares: number }) | null = null;

  constructor(kernel: Kernel, program: TreeProgram, background: CodedBackground, index: AttributionIndex) {
    this.kernel = kernel;
    this.program = program;
    this.background = background;
    this.index = index;
    // Weights and shares, then a sum over leaves and the patterns at each.
    this.roundings = 3 * background.numRows + 2 * program.mostPlayers + background.numRows * program.leafValues.length + 5;
    this.words = wordsOf(program);
  }

  scratchBytes(rows: number): number {
    return patternScratchBytes(this.program, rows);
  }

  load(): void {
    const { kernel, program, background } = this;
    const placed = placeProgram(kernel, program);
    const shares = kernel.store(pairShares(this.index, program.mostPlayers + 1));
    this.place = { ...placed, shares, lists: listBackground(kernel, program, background, placed) };
  }

  add(block: RowBlock): void {
    const { kernel, program, place, words } = this;
    if (!place) throw new Error("PairTree: add before load");
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [place.edges, place.numEdges, place.leaves, place.players, place.lists] as const;
      const rows = [block.codes, block.sets, block.rows, words] as const;
      kernel.run.applyPairs(...tree, ...rows, place.shares, program.mostPlayers + 1, outputPhi(block, program), scratch, program.depth);
    });
  }
}
