import type { Kernel } from "../../../kernels/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import { pairShares } from "../engine/index-weights.ts";
import type { InteractingPairs } from "./interacting-pairs.ts";
import { outputPhi, placeProgram, type CodedBackground, type LaidTree, type PlacedProgram, type RowBlock } from "../engine/laid-tree.ts";
import { listBackground, patternScratchBytes, wordsOf } from "../engine/list-background.ts";
import type { TreeProgram } from "../engine/tree-program.ts";

/**
 * Interventional interactions of trees that are too wide for tables: each row's pattern at a leaf against the distinct patterns that the background
 * shows there, as `PairTree` does for the values themselves.
 */
export class InteractionPairTree implements LaidTree {
  readonly blockRows = 64;
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly background: CodedBackground;
  private readonly pairs: InteractingPairs;
  private readonly index: AttributionIndex;
  private place: (PlacedProgram & { pairs: number; lists: number; shares: number }) | null = null;

  constructor(kernel: Kernel, program: TreeProgram, pairs: InteractingPairs, background: CodedBackground, index: AttributionIndex) {
    this.kernel = kernel;
    this.program = program;
    this.pairs = pairs;
    this.background = background;
    this.index = index;
  }

  scratchBytes(rows: number): number {
    return patternScratchBytes(this.program, rows);
  }

  load(): void {
    const { kernel, program, background } = this;
    const own = Array.from(new Set(program.players));
    const placeOf = new Map(own.map((player, place) => [player, place]));
    const placed = placeProgram(kernel, { ...program, players: program.players.map((player) => placeOf.get(player) as number) });
    const pairs = kernel.store(pairsAmong(own, this.pairs));
    const shares = kernel.store(pairShares(this.index, program.mostPlayers + 1));
    this.place = { ...placed, pairs, shares, lists: listBackground(kernel, program, background, placed) };
  }

  add(block: RowBlock): void {
    const { kernel, program, place } = this;
    if (!place) throw new Error("InteractionPairTree: add before load");
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [place.edges, place.numEdges, place.leaves, place.players, place.pairs, place.lists] as const;
      const rows = [block.codes, block.sets, block.rows, wordsOf(program)] as const;
      const phi = outputPhi(block, program);
      kernel.run.applyInteractionPairs(...tree, ...rows, place.shares, program.mostPlayers + 1, phi, scratch, program.depth);
    });
  }
}

/** The pair of the tree's players i < j, at j (j − 1) / 2 + i; those that never meet are never asked for. */
function pairsAmong(players: readonly number[], all: InteractingPairs): Int32Array {
  const pairs = new Int32Array((players.length * (players.length - 1)) / 2);
  let at = 0;
  for (let j = 1; j < players.length; j++) for (let i = 0; i < j; i++) pairs[at++] = all.find(players[i], players[j]) ?? -1;
  return pairs;
}
