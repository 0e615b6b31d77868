import { InputError } from "../../../errors.ts";
import type { Kernel } from "../../../kernels/index.ts";
import type { CodedBackground, PlacedProgram } from "./laid-tree.ts";
import type { TreeProgram } from "./tree-program.ts";

/** Bytes of the distinct patterns of one tree, at most. */
const MOST_LIST_BYTES = 2 ** 30;

/** 32-bit words of a pattern of a tree's widest path. */
export function wordsOf({ mostPlayers }: TreeProgram): number {
  return Math.ceil(mostPlayers / 32);
}

/** Working memory for the patterns of so many rows along a tree. */
export function patternScratchBytes(program: TreeProgram, rows: number): number {
  return (1 + wordsOf(program)) * (program.depth + 1) * rows * 4;
}

/** Lists the distinct background patterns of every leaf; tries again with more room while they do not fit. @returns where they stand */
export function listBackground(
  kernel: Kernel,
  program: TreeProgram,
  background: CodedBackground,
  { edges, numEdges, leaves }: Omit<PlacedProgram, "players">,
): number {
  const { codes, sets, numRows, rows, weights } = background;
  const slots = 2 ** Math.ceil(Math.log2(numRows * 2 + 1));
  const list = (out: number, capacity: number): number =>
    kernel.scratch(() => {
      const tree = [edges, numEdges, leaves, kernel.store(program.leafValues)] as const;
      const scratch = kernel.allocate(patternScratchBytes(program, rows));
      const hash = kernel.allocate(slots * 4);
      const block = [codes, sets, numRows, rows, weights, wordsOf(program)] as const;
      return kernel.run.listPatterns(...tree, ...block, out, capacity, scratch, program.depth, hash, slots);
    });
  for (let capacity = 2 ** 22; capacity <= MOST_LIST_BYTES; capacity *= 4) {
    const used = kernel.scratch(() => list(kernel.allocate(capacity), capacity));
    // The lists stand where the scratch room began: reserve what they fill.
    if (used >= 0) return kernel.allocate(used);
  }
  throw new InputError({
    call: "treeShap",
    argument: "background",
    expected: "small enough for the deep trees of this model",
    received: `${numRows} rows, whose patterns in one tree fill more than 1 GiB`,
    mend: "Give a sample of the background rows.",
  });
}
