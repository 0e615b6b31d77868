import { InputError } from "../../errors.ts";
import { KernelMemoryError, type Kernel } from "../../kernels/index.ts";
import type { AttributionIndex } from "../attribution-indexes.ts";
import type { CodedBackground, LaidTree } from "./laid-tree.ts";
import { PairTree } from "./pair-tree.ts";
import { QuadratureTree } from "./quadrature-tree.ts";
import { TableTree, fitsTables } from "./table-tree.ts";
import { TreeEngine } from "./tree-engine.ts";
import type { TreeGame } from "./tree-game.ts";
import type { TreeProgram } from "./tree-program.ts";

/**
 * Path-dependent: trees with at most so many players on a path are explained by tables, others by quadrature. Tables of short paths are quick to
 * make and halve the time of a row; those of longer paths spill the caches and gain nothing.
 */
const TABLE_PLAYERS = 6;

/** An engine with the trees of a game, each by the algorithm that suits it. */
export function layTrees({ coding, programs, players, ensemble, background, index }: TreeGame): TreeEngine {
  const engine = new TreeEngine(coding, players.features.length, ensemble.outputNames.length);
  const coded = background && withinMemory(() => engine.placeBackground(background.rows, background.weights));
  engine.placeTrees(programs.filter(({ depth }) => depth > 0).map((tree) => layTree(engine.kernel, tree, coded, index)));
  return engine;
}

function layTree(kernel: Kernel, tree: TreeProgram, background: CodedBackground | null, index: AttributionIndex): LaidTree {
  if (background) return fitsTables(tree) ? new TableTree(kernel, tree, background, index) : new PairTree(kernel, tree, background, index);
  return tree.mostPlayers <= TABLE_PLAYERS ? new TableTree(kernel, tree, null, index) : new QuadratureTree(kernel, tree, index);
}

/** The core's memory ends at 4 GiB: deep trees against very many background rows may want more. */
export function withinMemory<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KernelMemoryError)) throw error;
    throw new InputError({
      call: "treeShap",
      argument: "ensemble and background",
      expected: "small enough for the 4 GiB that WebAssembly can address",
      received: error.message,
      mend: "Give a sample of the background rows, or train shallower trees.",
    });
  }
}
