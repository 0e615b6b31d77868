import type { Kernel } from "../../../kernels/index.ts";
import type { AttributionIndex } from "../../attribution-indexes.ts";
import { joiningShares } from "../engine/index-weights.ts";
import type { InteractingPairs } from "./interacting-pairs.ts";
import { outputPhi, type CodedBackground, type LaidTree, type RowBlock } from "../engine/laid-tree.ts";
import { EDGE, EDGE_WORDS, LEAF, REPEATED, RIGHT } from "../engine/tree-edges.ts";
import type { TreeProgram } from "../engine/tree-program.ts";

/** Bytes that the tables of one tree may take; wider trees are explained by pairs of patterns. */
const MOST_TABLE_BYTES = 64 * 2 ** 20;
const LEAF_WORDS = 4;

/** Whether a tree is narrow enough for tables of pairs. */
export function fitsInteractionTables(program: TreeProgram): boolean {
  let bytes = 0;
  for (let at = 1; at < program.leaves.length; at += LEAF_WORDS) bytes += tableDoubles(program.leaves[at]) * 8;
  return bytes <= MOST_TABLE_BYTES;
}

function countPairs(d: number): number {
  return (d * (d - 1)) / 2;
}

/** Doubles of a leaf's tables: one a pattern and pair of players. */
function tableDoubles(d: number): number {
  return countPairs(d) * 2 ** d;
}

/**
 * Interactions by tables: each leaf has one number for each pattern and pair of its players, so that a row costs d (d − 1) / 2 additions a leaf,
 * half that for sibling leaves, whatever the size of the background. Without a background the tables are those of the path-dependent game.
 */
export class InteractionTableTree implements LaidTree {
  readonly blockRows = 256;
  private readonly kernel: Kernel;
  private readonly program: TreeProgram;
  private readonly background: CodedBackground | null;
  private readonly pairs: InteractingPairs;
  private readonly index: AttributionIndex;
  private place: { edges: number; leaves: number; pairs: number; tables: number } | null = null;

  constructor(kernel: Kernel, program: TreeProgram, pairs: InteractingPairs, background: CodedBackground | null, index: AttributionIndex) {
    this.kernel = kernel;
    this.program = program;
    this.pairs = pairs;
    this.background = background;
    this.index = index;
  }

  scratchBytes(rows: number): number {
    return 2 * (this.program.depth + 1) * rows * 4;
  }

  load(): void {
    const { kernel, program } = this;
    const siblings = findSiblings(program);
    const layout = layTables(program, siblings, this.pairs);
    const tables = kernel.allocate(layout.doubles * 8);
    kernel.floats(tables, layout.doubles).fill(0);
    const edges = kernel.store(program.edges);
    kernel.scratch(() => this.fillTables(edges, tables, layout.leaves, siblings));
    this.place = { edges, tables, leaves: kernel.store(layout.leaves), pairs: kernel.store(layout.pairs) };
  }

  add(block: RowBlock): void {
    const { kernel, program, place } = this;
    if (!place) throw new Error("InteractionTableTree: add before load");
    kernel.scratch(() => {
      const scratch = kernel.allocate(this.scratchBytes(block.rows));
      const tree = [place.edges, program.edges.length / EDGE_WORDS, place.leaves, place.pairs, place.tables] as const;
      const rows = [block.codes, block.sets, block.rows] as const;
      kernel.run.applyInteractionTables(...tree, ...rows, outputPhi(block, program), scratch, program.depth);
    });
  }

  private fillTables(edges: number, tables: number, leaves: Int32Array, siblings: Int32Array): void {
    const { kernel, program, background } = this;
    const size = 2 ** program.mostPlayers;
    const shares = kernel.allocate(program.mostPlayers * 8);
    const scratch = kernel.allocate(3 * size * 8);
    const room = kernel.allocate(size * 8);
    const counts = background && this.countBackground(edges, background);
    for (let leaf = 0; leaf * LEAF_WORDS < leaves.length; leaf++) {
      const [, d, first] = program.leaves.subarray(leaf * LEAF_WORDS);
      if (d < 2) continue;
      const supersets = counts ? counts.start + counts.places[leaf * LEAF_WORDS] * 8 : room;
      if (counts) kernel.run.sumSupersets(supersets, 2 ** d, program.leafValues[leaf]);
      else multiplyRatios(program.playerRatios.subarray(first, first + d), program.leafValues[leaf], kernel.floats(room, 2 ** d));
      kernel.floats(shares, d - 1).set(joiningShares(this.index, d - 1));
      const sibling = siblings[leaf];
      const table = tables + leaves[(sibling < 0 ? leaf : sibling) * LEAF_WORDS] * 8;
      // The last player's bit is the other way round at the leaf to the right.
      kernel.run.addInteractionTables(supersets, d, shares, table, sibling < 0 ? 0 : 2 ** (d - 1), scratch);
    }
  }

  /** The weight of each background pattern: 2^d doubles a leaf, from `start` on, where the leaves' records say. */
  private countBackground(edges: number, background: CodedBackground): { start: number; places: Int32Array } {
    const { kernel, program } = this;
    const places = program.leaves.slice();
    let doubles = 0;
    for (let at = 0; at < places.length; at += LEAF_WORDS) {
      places[at] = doubles;
      doubles += 2 ** places[at + 1];
    }
    const start = kernel.allocate(doubles * 8);
    const { codes, sets, rows, weights } = background;
    const leaves = kernel.store(places);
    const scratch = kernel.allocate(this.scratchBytes(rows));
    kernel.floats(start, doubles).fill(0);
    const numEdges = program.edges.length / EDGE_WORDS;
    kernel.run.countLeafPatterns(edges, numEdges, leaves, codes, sets, rows, weights, start, scratch, program.depth);
    return { start, places };
  }
}

/** For each leaf the one to its left that differs in the last test alone, whose player is new there; else -1. */
function findSiblings({ edges, leaves }: TreeProgram): Int32Array {
  const siblings = new Int32Array(leaves.length / LEAF_WORDS).fill(-1);
  for (let at = EDGE_WORDS; at < edges.length; at += EDGE_WORDS) {
    const before = at - EDGE_WORDS;
    if (!(edges[at] & RIGHT && edges[at] & LEAF) || edges[at] & REPEATED) continue;
    if (edges[before] & LEAF && edges[before + EDGE.depth] === edges[at + EDGE.depth]) {
      siblings[edges[at + EDGE.leaf]] = edges[before + EDGE.leaf];
    }
  }
  return siblings;
}

/** The leaves' records for the kernel, their pairs, and the room that their tables take. */
function layTables(
  program: TreeProgram,
  siblings: Int32Array,
  all: InteractingPairs,
): { leaves: Int32Array; pairs: Int32Array; doubles: number } {
  const leaves = program.leaves.slice();
  const pairs: number[] = [];
  let doubles = 0;
  siblings.forEach((sibling, leaf) => {
    const at = leaf * LEAF_WORDS;
    const [d, first] = [leaves[at + 1], leaves[at + 2]];
    leaves.set([doubles, sibling < 0 ? d : 0, pairs.length], at);
    if (sibling >= 0) return;
    doubles += tableDoubles(d);
    const players = program.players.subarray(first, first + d);
    for (let j = 1; j < d; j++) for (let i = 0; i < j; i++) pairs.push(all.find(players[i], players[j]));
  });
  return { leaves, pairs: Int32Array.from(pairs), doubles };
}

/** F[N] of the path-dependent game: the product over N of the players' cover ratios, times the leaf's value. */
function multiplyRatios(ratios: Float64Array, value: number, out: Float64Array): void {
  out[0] = value;
  ratios.forEach((ratio, j) => {
    const bit = 2 ** j;
    for (let set = 0; set < bit; set++) out[set + bit] = out[set] * ratio;
  });
}
