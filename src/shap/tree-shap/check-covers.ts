import { InputError } from "../../errors.ts";
import type { TreeEnsemble } from "../../trees/index.ts";
import type { TreeProgram } from "./engine/tree-program.ts";

/** A child's share of its parent's cover, with room for covers that were summed in float32. */
const MOST_SHARE = 1.001;

/** No node can have seen more training rows than its parent, but for float32 rounding. */
function checkShares(programs: readonly TreeProgram[]): void {
  for (const [tree, { ratios }] of programs.entries()) {
    for (let share = 2; share < ratios.length; share += 4) {
      if (!(ratios[share] > MOST_SHARE)) continue;
      throw new InputError({
        call: "treeShap",
        argument: "ensemble",
        expected: "a model whose nodes have seen no more training rows than their parents",
        received: `a node with ${ratios[share]} times as many`,
        where: `tree ${tree}`,
        mend: "Save the model again, or pass `background` to do without these counts.",
      });
    }
  }
}

/** @throws InputError where the file has no covers, or a node has seen more rows than its parent */
export function checkCovers(ensemble: TreeEnsemble, programs: readonly TreeProgram[]): void {
  checkShares(programs);
  const { cover, feature } = ensemble.nodes;
  // A parent without a count, or a child of one that has it.
  const unknown =
    feature.some((tested, i) => tested >= 0 && Number.isNaN(cover[i])) || programs.some(({ ratios }) => ratios.some(Number.isNaN));
  if (!unknown) return;
  throw new InputError({
    call: "treeShap",
    argument: "background",
    expected: "given, because the model's file does not say how many training rows reached each node",
    received: "nothing",
    mend: "Pass `background`: the training rows, or a sample of them; or count them with ensemble.withCovers(trainingRows).",
  });
}
