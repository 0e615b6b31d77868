import { CATEGORICAL, MISSING_LEFT } from "../../../trees/index.ts";
import type { TreeNodes } from "../../../trees/index.ts";
import type { ColumnCoding } from "./coded-columns.ts";
import { CATEGORICAL_EDGE, EDGE_WORDS, LEAF, MISSING_LEFT_EDGE, REPEATED, RIGHT } from "./tree-edges.ts";

/**
 * One tree, for one output, as the kernels read it: flat lists in depth-first order, left before right, nothing to recurse into.
 * The layout of edges and leaves is told in `kernels/assembly/edges.ts`.
 */
export interface TreeProgram {
  /** 8 words an edge. */
  readonly edges: Int32Array;
  /** 4 doubles an edge: the player's cover ratio before and after, the edge's own, and the leaf's value (0 at inner edges). */
  readonly ratios: Float64Array;
  /** What the quadrature does, in order: `edge * 4` + one of the steps of `kernels/assembly/quadrature.ts`. */
  readonly steps: Int32Array;
  /** 4 words a leaf. */
  readonly leaves: Int32Array;
  /** The players of each leaf, in bit order, leaf after leaf. */
  readonly players: Int32Array;
  /** The cover ratio of each of those players on the path. */
  readonly playerRatios: Float64Array;
  readonly leafValues: Float64Array;
  /** Edges on the longest path. */
  readonly depth: number;
  /** Most players on any path. */
  readonly mostPlayers: number;
  readonly output: number;
  /** Mean leaf value by cover: what the tree adds to the base value of the path-dependent game. */
  readonly expectedValue: number;
}

const ENTER = 0;
const EXIT = 1;
const LEAF_CHILD = 2;
const CHERRY = 3;

/** Where the walk stands at one depth of the current path. */
interface Stand {
  readonly player: number;
  /** Product of the player's cover ratios down to here. */
  readonly ratio: number;
  /** Depth of the player's edge above, or -1. */
  readonly previous: number;
  readonly bit: number;
  /** Number of players down to here. */
  readonly players: number;
  /** Share of the whole cover that comes down here. */
  readonly reach: number;
}

/** A child to enter; or, when `edge` is not -1, that edge to leave again. */
interface Visit {
  readonly parent: number;
  readonly child: number;
  readonly level: number;
  readonly edge: number;
}

/**
 * Lays out one tree for the kernels.
 * @param tree - which one @param part - which of a vector leaf's values @param playerOf - the player of each feature
 */
export function compileTree(nodes: TreeNodes, coding: ColumnCoding, tree: number, part: number, playerOf: Int32Array): TreeProgram {
  const root = nodes.treeStart[tree];
  const writer = new ProgramWriter(nodes, coding, part, playerOf);
  const waiting: Visit[] = [];
  const enterChildren = (parent: number, level: number): void => {
    waiting.push({ parent, child: nodes.right[parent], level, edge: -1 }, { parent, child: nodes.left[parent], level, edge: -1 });
  };
  if (nodes.feature[root] >= 0) enterChildren(root, 1);
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    if (visit.edge >= 0) {
      writer.leave(visit.level, visit.edge);
      continue;
    }
    const edge = writer.enter(visit);
    if (nodes.feature[visit.child] < 0) continue;
    waiting.push({ ...visit, edge });
    enterChildren(visit.child, visit.level + 1);
  }
  const program = writer.finish(nodes.treeOutput[tree] + part);
  return nodes.feature[root] >= 0 ? program : { ...program, expectedValue: nodes.leafValues[nodes.leafStart[root] + part] };
}

/** Writes the flat lists while the tree is walked. */
class ProgramWriter {
  private readonly nodes: TreeNodes;
  private readonly coding: ColumnCoding;
  private readonly part: number;
  private readonly playerOf: Int32Array;
  private readonly edges: number[] = [];
  private readonly ratios: number[] = [];
  private readonly steps: number[] = [];
  private readonly leaves: number[] = [];
  private readonly players: number[] = [];
  private readonly playerRatios: number[] = [];
  private readonly leafValues: number[] = [];
  private readonly path: Stand[] = [{ player: -1, ratio: 1, previous: -1, bit: -1, players: 0, reach: 1 }];
  /** The players on the path, in bit order. */
  private readonly order: number[] = [];
  /** The depth at which each player on the path was tested last. */
  private readonly lastDepth = new Map<number, number>();
  private depth = 0;
  private mostPlayers = 0;
  private expectedValue = 0;

  constructor(nodes: TreeNodes, coding: ColumnCoding, part: number, playerOf: Int32Array) {
    this.nodes = nodes;
    this.coding = coding;
    this.part = part;
    this.playerOf = playerOf;
  }

  /** Goes down to a child. @returns the edge's number */
  enter({ parent, child, level }: Visit): number {
    const { nodes, coding, path } = this;
    const edge = this.edges.length / EDGE_WORDS;
    const isLeaf = nodes.feature[child] < 0;
    const share = coverShare(nodes, parent, child);
    const stand = this.stand(level, this.playerOf[nodes.feature[parent]], share);
    const repeated = stand.previous >= 0;
    const value = isLeaf ? nodes.leafValues[nodes.leafStart[child] + this.part] : 0;
    const flags =
      (child === nodes.right[parent] ? RIGHT : 0) | (isLeaf ? LEAF : 0) | (repeated ? REPEATED : 0) | testFlags(nodes.flags[parent]);
    // Limits are unsigned: `| 0` keeps their bits.
    this.edges.push(flags, level, coding.nodeColumn[parent], coding.nodeLimit[parent] | 0);
    this.edges.push(stand.previous, stand.player, isLeaf ? this.leafValues.length : -1, stand.bit);
    this.ratios.push(repeated ? path[stand.previous].ratio : 1, stand.ratio, share, value);
    this.steps.push(edge * 4 + (isLeaf ? LEAF_CHILD : ENTER));
    if (isLeaf) this.finishLeaf(level, stand, value);
    return edge;
  }

  /** Comes back up from an inner child. */
  leave(level: number, edge: number): void {
    if (!this.pickCherry(edge)) this.steps.push(edge * 4 + EXIT);
    this.forget(level);
  }

  /** Replaces "enter, leaf, leaf" by one step where all three edges' players are new on the path. */
  private pickCherry(edge: number): boolean {
    const { steps, edges } = this;
    const wanted = [edge * 4 + ENTER, (edge + 1) * 4 + LEAF_CHILD, (edge + 2) * 4 + LEAF_CHILD];
    if (!wanted.every((step, i) => steps.at(i - 3) === step)) return false;
    if (wanted.some((_, i) => edges[(edge + i) * EDGE_WORDS] & REPEATED)) return false;
    steps.splice(-3, 3, edge * 4 + CHERRY);
    return true;
  }

  finish(output: number): TreeProgram {
    return {
      edges: Int32Array.from(this.edges),
      ratios: Float64Array.from(this.ratios),
      steps: Int32Array.from(this.steps),
      leaves: Int32Array.from(this.leaves),
      players: Int32Array.from(this.players),
      playerRatios: Float64Array.from(this.playerRatios),
      leafValues: Float64Array.from(this.leafValues),
      depth: this.depth,
      mostPlayers: this.mostPlayers,
      output,
      expectedValue: this.expectedValue,
    };
  }

  private stand(level: number, player: number, share: number): Stand {
    const above = this.path[level - 1];
    const previous = this.lastDepth.get(player) ?? -1;
    const before = previous < 0 ? { ratio: 1, bit: above.players } : this.path[previous];
    const players = previous < 0 ? above.players + 1 : above.players;
    const stand = { player, ratio: before.ratio * share, previous, bit: before.bit, players, reach: above.reach * share };
    this.path[level] = stand;
    this.order[stand.bit] = player;
    this.lastDepth.set(player, level);
    return stand;
  }

  private finishLeaf(level: number, { players, reach }: Stand, value: number): void {
    this.leaves.push(0, players, this.players.length, 0);
    for (const player of this.order.slice(0, players)) {
      this.players.push(player);
      this.playerRatios.push(this.path[this.lastDepth.get(player) as number].ratio);
    }
    this.leafValues.push(value);
    this.depth = Math.max(this.depth, level);
    this.mostPlayers = Math.max(this.mostPlayers, players);
    this.expectedValue += value * reach;
    this.forget(level);
  }

  private forget(level: number): void {
    const { player, previous } = this.path[level];
    if (previous < 0) this.lastDepth.delete(player);
    else this.lastDepth.set(player, previous);
  }
}

/** Share of the parent's cover that a child has. Where no training row came by (cover 0), half: as XGBoost does. */
export function coverShare(nodes: TreeNodes, parent: number, child: number): number {
  const whole = nodes.cover[parent];
  return whole > 0 ? nodes.cover[child] / whole : 0.5;
}

function testFlags(flags: number): number {
  return (flags & CATEGORICAL ? CATEGORICAL_EDGE : 0) | (flags & MISSING_LEFT ? MISSING_LEFT_EDGE : 0);
}
