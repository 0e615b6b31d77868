import type { Kernel } from "../../../kernels/index.ts";
import type { TreeProgram } from "./tree-program.ts";

/** A block of coded rows in kernel memory, and where its contributions go. Addresses in bytes. */
export interface RowBlock {
  /** Columns × rows, u32. */
  readonly codes: number;
  /** Narrow columns × rows, u16. */
  readonly narrowed: number;
  /** Bit sets of the categorical tests. */
  readonly sets: number;
  /** A multiple of 8. */
  readonly rows: number;
  /** Outputs × players × rows, doubles; trees add to it. */
  readonly phi: number;
  readonly numPlayers: number;
}

/** The background rows in kernel memory: one wide block. */
export interface CodedBackground {
  readonly codes: number;
  readonly narrowed: number;
  readonly sets: number;
  /** Background rows. */
  readonly numRows: number;
  /** The same rounded up to a multiple of 8. */
  readonly rows: number;
  /** A double a row, summing to 1; 0 for the padding. */
  readonly weights: number;
}

/** A tree that can add its contributions for a block of rows, by one of the algorithms. */
export interface LaidTree {
  /** The rows of a block that suit it best, at most. */
  readonly blockRows: number;
  /** Working memory that `add` takes for a block of so many rows. */
  scratchBytes(rows: number): number;
  /** Memory that `load` keeps, where it is known beforehand. */
  readonly loadedBytes?: number;
  /** Puts what the algorithm needs into kernel memory. */
  load(): void;
  /** Adds the tree's contributions for a block. */
  add(block: RowBlock): void;
}

/** A tree whose contributions are values of players. */
export interface ValueTree extends LaidTree {
  /** Roundings that a term of a value goes through inside the tree, at most: see docs/maths/tree-shap.md, "How sure". */
  readonly roundings: number;
}

/** Where a program's lists lie in kernel memory. */
export interface PlacedProgram {
  readonly edges: number;
  readonly numEdges: number;
  readonly leaves: number;
  readonly players: number;
}

/** Copies the lists that pattern kernels read. */
export function placeProgram(kernel: Kernel, program: TreeProgram): PlacedProgram {
  return {
    edges: kernel.store(program.edges),
    numEdges: program.edges.length / 8,
    leaves: kernel.store(program.leaves),
    players: kernel.store(program.players),
  };
}

/** Where the contributions of a tree's output begin in a block. */
export function outputPhi(block: RowBlock, program: TreeProgram): number {
  return block.phi + program.output * block.numPlayers * block.rows * 8;
}
