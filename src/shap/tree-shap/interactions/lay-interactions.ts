import type { Kernel } from "../../../kernels/index.ts";
import { findInteractingPairs, type InteractingPairs } from "./interacting-pairs.ts";
import { InteractionPairTree } from "./interaction-pair-tree.ts";
import { InteractionQuadratureTree } from "./interaction-quadrature-tree.ts";
import { InteractionTableTree, fitsInteractionTables } from "./interaction-table-tree.ts";
import type { CodedBackground, LaidTree } from "../engine/laid-tree.ts";
import { withinMemory } from "../engine/lay-trees.ts";
import type { CodableRows } from "../engine/row-coder.ts";
import { TreeEngine } from "../engine/tree-engine.ts";
import type { TreeGame } from "../tree-game.ts";
import type { TreeProgram } from "../engine/tree-program.ts";

/**
 * Path-dependent: trees with at most so many players on a path are explained by tables, others by quadrature. Up to here tables take half the time
 * of a row and are made in that of a thousand; wider ones spill the caches and gain nothing (docs/maths/tree-shap.md).
 */
const TABLE_PLAYERS = 6;

/** Finds the interactions of the pairs that meet on a path of a model. */
export interface InteractionEngine {
  readonly pairs: InteractingPairs;
  /** Interactions, both halves together: numRows × pairs × outputs, row-major. */
  explain(rows: CodableRows): Float64Array;
}

/** An engine with the trees of a game, each by the algorithm that suits it. */
export function layInteractions(game: TreeGame): InteractionEngine {
  const { coding, programs, players, ensemble, background } = game;
  const pairs = findInteractingPairs(programs, players.features.length);
  if (pairs.count === 0) return { pairs, explain: () => new Float64Array(0) };
  const engine = new TreeEngine(coding, pairs.count, ensemble.outputNames.length);
  const coded = background && withinMemory(() => engine.placeBackground(background.rows, background.weights));
  engine.placeTrees(programs.filter(({ mostPlayers }) => mostPlayers > 1).map((tree) => layTree(engine.kernel, tree, pairs, coded, game)));
  return { pairs, explain: (rows) => withinMemory(() => engine.explain(rows)) };
}

function layTree(
  kernel: Kernel,
  tree: TreeProgram,
  pairs: InteractingPairs,
  background: CodedBackground | null,
  { index }: TreeGame,
): LaidTree {
  if (!background && tree.mostPlayers > TABLE_PLAYERS) return new InteractionQuadratureTree(kernel, tree, pairs, index);
  return !background || fitsInteractionTables(tree)
    ? new InteractionTableTree(kernel, tree, pairs, background, index)
    : new InteractionPairTree(kernel, tree, pairs, background, index);
}
