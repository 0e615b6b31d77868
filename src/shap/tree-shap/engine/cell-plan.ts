import { below, countCells, groupBelow, type CellGroup } from "./cell-groups.ts";
import { MOST_PLAYERS } from "./cell-leaves.ts";
import { CATEGORICAL_EDGE, EDGE, EDGE_WORDS, LEAF, MISSING_LEFT_EDGE, RIGHT } from "./tree-edges.ts";
import type { TreeProgram } from "./tree-program.ts";
import { shapeTree, type TreeShape } from "./tree-shape.ts";

/** Edges inside a group, at most: 31 tests. */
const MOST_EDGES = 62;
/** A cell's number is a word of 16 bits. */
const MOST_CELLS = 2 ** 16;

/** Bytes that the table of a group of several leaves may take. */
const MOST_JOINED_BYTES = 2 ** 18;

/**
 * Nanoseconds a row, measured on one thread of an AMD EPYC: of an addition, of a test, of a group, of an edge above the groups, and of a byte of the
 * tables: every block of rows reads it anew, and a five-thousandth of making it.
 */
const COST = { addition: 0.5, test: 0.15, group: 1.5, edge: 0.3, byte: 0.0006 };

/** A tree cut into groups. */
export interface CellPlan {
  readonly shape: TreeShape;
  /** The edges above the groups; one that leads to a group is a LEAF whose leaf is the group. */
  readonly edges: Int32Array;
  readonly depth: number;
  readonly groups: readonly CellGroup[];
  /** What the tables take. */
  readonly bytes: number;
  /** Estimated nanoseconds a row. */
  readonly cost: number;
}

/** Cuts a tree where a row costs least. @returns null where even single leaves need more cells than there are numbers */
export function planCells(program: TreeProgram): CellPlan | null {
  const shape = shapeTree(program);
  const { numEdges, ends } = shape;
  const isGroup = new Uint8Array(numEdges + 1);
  const costs = new GroupCosts(program, shape);
  const [cost, whole] = [new Float64Array(numEdges + 1), new Float64Array(numEdges + 1)];
  for (let node = numEdges - 1; node >= -1; node--) {
    const place = node + 1;
    if (node >= 0 && program.edges[node * EDGE_WORDS] & LEAF) {
      whole[place] = cost[place] = costs.of(node, node + 1, node + 1);
      if (cost[place] === Infinity) return null;
      isGroup[place] = 1;
      continue;
    }
    const [left, right] = [node + 2, ends[node + 1] + 1];
    const parts = 2 * COST.edge + cost[left] + cost[right];
    const [start, end] = below(shape, node);
    // What is too much for a part is too much for the whole.
    const possible = end - start <= MOST_EDGES && whole[left] + whole[right] < Infinity;
    whole[place] = possible ? costs.of(node, start, end) : Infinity;
    cost[place] = Math.min(whole[place], parts);
    isGroup[place] = whole[place] <= parts ? 1 : 0;
  }
  const cut = cutTree(program, shape, isGroup);
  const bytes = cut.groups.reduce((sum, group) => sum + countCells(group) * group.players.length * 8, 0);
  return { ...cut, shape, bytes, cost: cost[0] };
}

/** What rows pay for subtrees as one group. */
class GroupCosts {
  private readonly program: TreeProgram;
  private readonly shape: TreeShape;
  /** The tests of the group at hand, sorted: column and flags, and limit. */
  private readonly columns = new Int32Array(MOST_EDGES);
  private readonly limits = new Int32Array(MOST_EDGES);
  /** The last node at which each player was counted. */
  private readonly counted: Int32Array;

  constructor(program: TreeProgram, shape: TreeShape) {
    this.program = program;
    this.shape = shape;
    this.counted = new Int32Array(program.players.reduce((most, player) => Math.max(most, player), 0) + 1).fill(-2);
  }

  /** @param start @param end - the edges below the node */
  of(node: number, start: number, end: number): number {
    const above = node < 0 ? 0 : this.shape.players[node];
    if (above > MOST_PLAYERS) return Infinity;
    const tests = this.sortTests(start, end);
    const cells = 2 ** above * this.countAnswers(tests);
    const bytes = cells * (above + this.countNew(node, start, end)) * 8;
    if (cells > MOST_CELLS || (end > start && bytes > MOST_JOINED_BYTES)) return Infinity;
    return COST.group + COST.test * tests + (COST.addition * bytes) / cells / 8 + COST.byte * bytes;
  }

  /** @returns the number of distinct tests */
  private sortTests(start: number, end: number): number {
    const { columns, limits } = this;
    const { edges } = this.program;
    let count = 0;
    for (let at = start * EDGE_WORDS; at < end * EDGE_WORDS; at += EDGE_WORDS) {
      if (edges[at] & RIGHT) continue;
      const limit = edges[at + EDGE.limit];
      // Every set of categories answers alone: none shares its column's number.
      const column = edges[at] & CATEGORICAL_EDGE ? -1 - limit : edges[at + EDGE.column] * 2 + (edges[at] & MISSING_LEFT_EDGE ? 1 : 0);
      let place = count;
      while (place > 0 && (columns[place - 1] > column || (columns[place - 1] === column && limits[place - 1] > limit))) place--;
      if (place > 0 && columns[place - 1] === column && limits[place - 1] === limit) continue;
      columns.copyWithin(place + 1, place, count);
      limits.copyWithin(place + 1, place, count);
      columns[place] = column;
      limits[place] = limit;
      count++;
    }
    return count;
  }

  private countAnswers(tests: number): number {
    const { columns } = this;
    let [cells, answers] = [1, 1];
    for (let test = 0; test < tests; test++) {
      answers = test > 0 && columns[test] === columns[test - 1] ? answers + 1 : 2;
      cells *= answers === 2 ? 2 : answers / (answers - 1);
    }
    return Math.round(cells);
  }

  /** Players that are tested below a node and not above it. */
  private countNew(node: number, start: number, end: number): number {
    const { counted } = this;
    const { edges } = this.program;
    const level = node < 0 ? 0 : edges[node * EDGE_WORDS + EDGE.depth];
    let count = 0;
    for (let e = start; e < end; e++) {
      const player = edges[e * EDGE_WORDS + EDGE.player];
      if (this.shape.firstDepth[e] <= level || counted[player] === node) continue;
      counted[player] = node;
      count++;
    }
    return count;
  }
}

/** The edges above the groups, and the groups. */
function cutTree(program: TreeProgram, shape: TreeShape, isGroup: Uint8Array): { edges: Int32Array; depth: number; groups: CellGroup[] } {
  if (isGroup[0]) return { edges: new Int32Array(0), depth: 0, groups: [groupBelow(program, shape, -1)] };
  const groups: CellGroup[] = [];
  const kept = program.edges.slice();
  let [depth, words] = [0, 0];
  for (let e = 0; e < shape.numEdges; words += EDGE_WORDS) {
    const at = e * EDGE_WORDS;
    kept.copyWithin(words, at, at + EDGE_WORDS);
    depth = Math.max(depth, kept[words + EDGE.depth]);
    if (isGroup[e + 1]) {
      kept[words + EDGE.flags] |= LEAF;
      kept[words + EDGE.leaf] = groups.length;
      groups.push(groupBelow(program, shape, e));
      e = shape.ends[e];
    } else e++;
  }
  return { edges: kept.slice(0, words), depth, groups };
}
