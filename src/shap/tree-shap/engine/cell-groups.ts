import { CATEGORICAL_EDGE, EDGE, EDGE_WORDS, LEAF, MISSING_LEFT_EDGE, RIGHT } from "./tree-edges.ts";
import type { TreeProgram } from "./tree-program.ts";
import type { TreeShape } from "./tree-shape.ts";

/** Tests of one group that answer together: of one column, thresholds or one set; n tests of a column leave n + 1 answers. */
export interface CellDigit {
  readonly flags: number;
  readonly column: number;
  /** Ascending. A row that passes so many passes the last so many. */
  readonly limits: readonly number[];
  /** What one passed test adds to the cell. */
  readonly stride: number;
}

/** A subtree whose cells decide the contributions of all its leaves: those of its root's pattern above × those of the answers inside. */
export interface CellGroup {
  /** The edge that leads to its root; -1 for the tree's root. */
  readonly node: number;
  /** Players on the path above. */
  readonly above: number;
  readonly digits: readonly CellDigit[];
  /** Cells of one pattern above. */
  readonly inside: number;
  /** Players of the leaves: those above first, in bit order. */
  readonly players: readonly number[];
}

/** The flags by which tests of one column answer apart. */
export const TEST_FLAGS: number = MISSING_LEFT_EDGE | CATEGORICAL_EDGE;

/** The distinct tests below a node, column after column. */
function digitsBelow({ edges }: TreeProgram, start: number, end: number): CellDigit[] {
  const drafts: { flags: number; column: number; limits: number[]; stride: number }[] = [];
  for (let at = start * EDGE_WORDS; at < end * EDGE_WORDS; at += EDGE_WORDS) {
    if (edges[at] & RIGHT) continue;
    const flags = edges[at] & TEST_FLAGS;
    const [column, limit] = [edges[at + EDGE.column], edges[at + EDGE.limit] >>> 0];
    // Every set of categories answers alone.
    const isSet = (flags & CATEGORICAL_EDGE) !== 0;
    let draft: (typeof drafts)[number] | undefined;
    for (const each of drafts) if (each.flags === flags && each.column === column && (!isSet || each.limits[0] === limit)) draft = each;
    if (!draft) drafts.push({ flags, column, limits: [limit], stride: 1 });
    else if (!draft.limits.includes(limit)) draft.limits.push(limit);
  }
  let stride = 1;
  for (const draft of drafts) {
    draft.limits.sort(ascending);
    draft.stride = stride;
    stride *= draft.limits.length + 1;
  }
  return drafts;
}

function ascending(a: number, b: number): number {
  return a - b;
}

/** Cells that answers make together. */
function countInside(digits: readonly CellDigit[]): number {
  return digits.reduce((cells, { limits }) => cells * (limits.length + 1), 1);
}

/** All cells of a group. */
export function countCells({ above, inside }: CellGroup): number {
  return 2 ** above * inside;
}

/** The group below a node. */
export function groupBelow(program: TreeProgram, shape: TreeShape, node: number): CellGroup {
  const [start, end] = below(shape, node);
  const digits = digitsBelow(program, start, end);
  const above = node < 0 ? 0 : shape.players[node];
  const players = [...program.players.subarray(...firstPlayers(program, node, above))];
  for (let e = start; e < end; e++) {
    const player = program.edges[e * EDGE_WORDS + EDGE.player];
    if (!players.includes(player)) players.push(player);
  }
  return { node, above, digits, inside: countInside(digits), players };
}

/** The edges below a node: from … to. */
export function below({ ends, numEdges }: TreeShape, node: number): [number, number] {
  return node < 0 ? [0, numEdges] : [node + 1, ends[node]];
}

/** Where the players above a node stand in the program's lists: at the head of any leaf's below it. */
function firstPlayers({ edges, leaves }: TreeProgram, node: number, above: number): [number, number] {
  let e = Math.max(node, 0);
  while (!(edges[e * EDGE_WORDS] & LEAF)) e++;
  const start = leaves[edges[e * EDGE_WORDS + EDGE.leaf] * 4 + 2];
  return [start, start + above];
}
