import { InputError } from "../../../errors.ts";
import { KernelMemoryError } from "../../../kernels/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import type { CodedBackground, ValueTree } from "./laid-tree.ts";
import { PairTree } from "./pair-tree.ts";
import { QuadratureTree } from "./quadrature-tree.ts";
import { planCells } from "./cell-plan.ts";
import { TableTree } from "./table-tree.ts";
import { RESIDENT_BYTES, TreeEngine } from "./tree-engine.ts";
import type { TreeGame } from "../tree-game.ts";
import type { TreeProgram } from "./tree-program.ts";

/** Bytes that the tables of one tree may take before its rows are compared by pairs. */
const MOST_TABLE_BYTES = 64 * 2 ** 20;

/** Nanoseconds of a row and leaf by quadrature: for each leaf, and for each node of the rule. Measured as those of `cell-plan.ts`. */
const QUADRATURE_COST = { leaf: 1.5, node: 1.7 };

/** The trees of a game, laid out. */
export interface LaidGame {
  readonly engine: TreeEngine;
  /** Roundings that a term goes through inside any of the trees, at most. */
  readonly roundings: number;
}

/** An engine with the trees of a game, each by the algorithm that suits it. */
export function layTrees({ coding, programs, players, ensemble, background, index }: TreeGame): LaidGame {
  const engine = new TreeEngine(coding, players.features.length, ensemble.outputNames.length);
  const coded = background && withinMemory(() => engine.placeBackground(background.rows, background.weights));
  const room = { bytes: RESIDENT_BYTES };
  const trees = programs.filter(({ depth }) => depth > 0).map((tree) => layTree(engine, tree, coded, index, room));
  engine.placeTrees(trees);
  return { engine, roundings: trees.reduce((most, tree) => Math.max(most, tree.roundings), 0) };
}

/** @param room - for tables that stay; without a background what does not fit is explained by quadrature rather than made anew at each call */
function layTree(
  engine: TreeEngine,
  tree: TreeProgram,
  background: CodedBackground | null,
  index: AttributionIndex,
  room: { bytes: number },
): ValueTree {
  const plan = planCells(tree);
  const worthwhile = plan && (background ? plan.bytes <= MOST_TABLE_BYTES : plan.cost < quadratureCost(tree) && plan.bytes <= room.bytes);
  if (plan && worthwhile) {
    room.bytes -= plan.bytes;
    return new TableTree(engine.kernel, tree, plan, engine.columns, background, index);
  }
  return background ? new PairTree(engine.kernel, tree, background, index) : new QuadratureTree(engine.kernel, tree, index);
}

/** What a row pays for a tree by quadrature. */
function quadratureCost({ leafValues, mostPlayers }: TreeProgram): number {
  return leafValues.length * (QUADRATURE_COST.leaf + QUADRATURE_COST.node * Math.ceil(mostPlayers / 2));
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
