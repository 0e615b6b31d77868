import { BlockDiagonal, type DiagonalBlock } from "../../../numeric/index.ts";
import type { PenaltyBlock } from "./penalty-block.ts";
import { arrangeBlock, dropCoordinates, type WorkingBlock } from "./working-blocks.ts";

/** A block at its place among all working coordinates. */
export interface PlacedBlock extends WorkingBlock {
  /** Its first working coordinate. */
  readonly start: number;
}

/** All penalties of a fit, in working coordinates: β = T × working coefficients. */
export interface PenaltySystem {
  /** p, the columns of the design. */
  readonly size: number;
  /** q: p, less what cannot be told from other columns, less what is bound by constraints. */
  readonly width: number;
  /** T. */
  readonly coordinates: BlockDiagonal;
  readonly blocks: readonly PlacedBlock[];
  /** How many smoothing parameters are sought. */
  readonly numParameters: number;
  /** Working coordinates that some penalty touches, ascending. */
  readonly penalized: Int32Array;
  /** For each column outside the blocks its working coordinate, −1 where it is left out; −2 for columns of blocks. */
  readonly places: Int32Array;
  /** Labels of the blocks of which a direction that no penalty touches is left out, because other columns have it. */
  readonly confounded: readonly string[];
}

/** What a system leaves out. */
export interface Restrictions {
  /** For each block the subspace that its coefficients are confined to (size × width, orthonormal columns), or null. */
  readonly subspaces?: readonly (Float64Array | null)[];
  /** Working coordinates, of the system without this option, that are left out. No penalty may touch them. */
  readonly dropped?: readonly number[];
}

/** Arranges the blocks, in the order of their columns, among the p columns of the design; columns outside them are not penalized. */
export function arrangePenalties(size: number, blocks: readonly PenaltyBlock[], { subspaces, dropped }: Restrictions = {}): PenaltySystem {
  const arranged = blocks.map((block, b) => arrangeBlock(block, subspaces?.[b] ?? null));
  const whole = placeBlocks(size, arranged, new Set());
  if (!dropped || dropped.length === 0) return whole;
  const narrowed = whole.blocks.map((block) => {
    const own = dropped.filter((at) => at >= block.start && at < block.start + block.width).map((at) => at - block.start);
    return own.length === 0 ? block : dropCoordinates(block, own);
  });
  const columns = new Set([...whole.places.keys()].filter((column) => dropped.includes(whole.places[column])));
  const confounded = narrowed.filter(({ width }, b) => width < whole.blocks[b].width).map(({ label }) => label);
  return { ...placeBlocks(size, narrowed, columns), confounded };
}

function placeBlocks(size: number, blocks: readonly WorkingBlock[], dropped: ReadonlySet<number>): PenaltySystem {
  const parts: DiagonalBlock[] = [];
  const placed: PlacedBlock[] = [];
  const places = new Int32Array(size).fill(-2);
  const penalized: number[] = [];
  let [column, start] = [0, 0];
  const addFree = (end: number): void => {
    for (; column < end; column++) {
      const width = dropped.has(column) ? 0 : 1;
      places[column] = width === 1 ? start : -1;
      parts.push({ first: column, size: 1, start, width, matrix: width === 1 ? null : new Float64Array(0) });
      start += width;
    }
  };
  for (const block of blocks) {
    addFree(block.first);
    placed.push({ ...block, start });
    parts.push({ first: block.first, size: block.size, start, width: block.width, matrix: block.basis });
    for (const at of block.penalized) penalized.push(start + at);
    column += block.size;
    start += block.width;
  }
  addFree(size);
  const parameters = placed.flatMap(({ penalties }) => penalties.map(({ parameter }) => parameter));
  return {
    size,
    width: start,
    coordinates: new BlockDiagonal(parts),
    blocks: placed,
    numParameters: Math.max(-1, ...parameters) + 1,
    penalized: Int32Array.from(penalized),
    places,
    confounded: [],
  };
}
