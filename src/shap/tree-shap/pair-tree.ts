import { InputError } from "../../errors.ts";
import type { Kernel } from "../../kernels/index.ts";
import type { AttributionIndex } from "../attribution-indexes.ts";
import { pairShares } from "./index-weights.ts";
import { outputPhi, placeProgram, type CodedBackground, type LaidTree, type PlacedProgram, type RowBlock } from "./laid-tree.ts";
import type { TreeProgram } from "./tree-program.ts";

/** Bytes of the distinct patterns of one tree, at most. */
const MOST_LIST_BYTES = 2 ** 30;

/**
 * Interventional values of trees that are too wide for tables: each row's pattern at a leaf against the distinct patterns that the background
 * shows there. Exact for any depth; the price grows with the number of distinct patterns, not of background rows.
 */
export class PairTree implements LaidTree {
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
    this.words = Math.ceil(program.mostPlayers / 32);
  }

  scratchBytes(rows: number): number {
    return (1 + this.words) * (this.program.depth + 1) * rows * 4;
  }

  load(): void {
    const { kernel, program } = this;
    const placed = placeProgram(kernel, program);
    const shares = kernel.store(pairShares(this.index, program.mostPlayers + 1));
    this.place = { ...placed, shares, lists: this.listBackground(placed) };
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

  /** Lists the distinct patterns of every leaf; tries again with more room while they do not fit. */
  private listBackground(placed: PlacedProgram): number {
    const { kernel, program, background, words } = this;
    const slots = 2 ** Math.ceil(Math.log2(background.numRows * 2 + 1));
    for (let capacity = 2 ** 22; capacity <= MOST_LIST_BYTES; capacity *= 4) {
      const list = (out: number): number =>
        kernel.scratch(() => {
          const values = kernel.store(program.leafValues);
          const scratch = kernel.allocate(this.scratchBytes(background.rows));
          const hash = kernel.allocate(slots * 4);
          const { codes, sets, numRows, rows, weights } = background;
          const tree = [placed.edges, placed.numEdges, placed.leaves, values] as const;
          return kernel.run.listPatterns(
            ...tree,
            codes,
            sets,
            numRows,
            rows,
            weights,
            words,
            out,
            capacity,
            scratch,
            program.depth,
            hash,
            slots,
          );
        });
      const used = kernel.scratch(() => list(kernel.allocate(capacity)));
      // The lists stand where the scratch room began: reserve what they fill.
      if (used >= 0) return kernel.allocate(used);
    }
    throw new InputError({
      call: "treeShap",
      argument: "background",
      expected: "small enough for the deep trees of this model",
      received: `${background.numRows} rows, whose patterns in one tree fill more than 1 GiB`,
      mend: "Give a sample of the background rows.",
    });
  }
}
