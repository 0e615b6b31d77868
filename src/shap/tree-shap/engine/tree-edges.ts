// The words of an edge, as `kernels/assembly/edges.ts` tells them.

/** The child for rows that fail the test. */
export const RIGHT: number = 1;
/** The child is a leaf. */
export const LEAF: number = 2;
export const CATEGORICAL_EDGE: number = 4;
export const MISSING_LEFT_EDGE: number = 8;
/** The player was tested further up. */
export const REPEATED: number = 16;

export const EDGE_WORDS: number = 8;
/** Places of an edge's words. */
export const EDGE = { flags: 0, depth: 1, column: 2, limit: 3, previous: 4, player: 5, leaf: 6, bit: 7 } as const;
