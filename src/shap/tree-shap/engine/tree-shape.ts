import { EDGE, EDGE_WORDS, REPEATED } from "./tree-edges.ts";
import type { TreeProgram } from "./tree-program.ts";

/**
 * How the edges of a program hang together. A node goes by the edge that leads to it, the root by -1; its left child's edge is the next, its right
 * child's the one where the left child's subtree ends.
 */
export interface TreeShape {
  readonly numEdges: number;
  /** Where the subtree below each edge ends. */
  readonly ends: Int32Array;
  /** Players on the path down to each edge's child. */
  readonly players: Int32Array;
  /** The depth at which the path to each edge tests the edge's player first. */
  readonly firstDepth: Int32Array;
}

/** Walks the edges once. */
export function shapeTree({ edges, depth }: TreeProgram): TreeShape {
  const numEdges = edges.length / EDGE_WORDS;
  const [ends, players, firstDepth] = [new Int32Array(numEdges).fill(numEdges), new Int32Array(numEdges), new Int32Array(numEdges)];
  const path = new Int32Array(depth + 1).fill(-1);
  let last = 0;
  for (let e = 0; e < numEdges; e++) {
    const at = e * EDGE_WORDS;
    const level = edges[at + EDGE.depth];
    const repeated = (edges[at + EDGE.flags] & REPEATED) !== 0;
    for (; last >= level; last--) ends[path[last]] = e;
    players[e] = (level > 1 ? players[path[level - 1]] : 0) + (repeated ? 0 : 1);
    firstDepth[e] = repeated ? firstDepth[path[edges[at + EDGE.previous]]] : level;
    path[level] = e;
    last = level;
  }
  return { numEdges, ends, players, firstDepth };
}
