import type { InteractingPairs } from "./interacting-pairs.ts";
import { EDGE, EDGE_WORDS, LEAF, REPEATED, RIGHT } from "../engine/tree-edges.ts";
import type { TreeProgram } from "../engine/tree-program.ts";

const STEP_WORDS = 4;

const ENTER = 0;
const EXIT = 1;
const LEAF_CHILD = 2;
const CHERRY = 3;

/** What the quadrature of interactions does in one tree, in order; laid out as `kernels/assembly/interaction-quadrature.ts` tells. */
export interface InteractionSteps {
  /** 4 words a step. */
  readonly steps: Int32Array;
  /** For each node, its player's partners above: the level where each was tested last, and the pair. */
  readonly partners: Int32Array;
}

/** An inner edge that was entered and not yet left: its depth, the edge to the right below it, and where the partners of its node stand. */
interface Open {
  readonly edge: number;
  readonly level: number;
  readonly firstPartner: number;
  readonly numPartners: number;
  right: number;
}

/** Lays out the walk that finds a tree's interactions. */
export function compileInteractionSteps(program: TreeProgram, pairs: InteractingPairs): InteractionSteps {
  return new StepWriter(program, pairs).write();
}

class StepWriter {
  private readonly edges: Int32Array;
  private readonly pairs: InteractingPairs;
  private readonly steps: number[] = [];
  private readonly partners: number[] = [];
  private readonly open: Open[] = [];
  /** The depth at which each player on the path was tested last. */
  private readonly lastDepth = new Map<number, number>();

  constructor({ edges }: TreeProgram, pairs: InteractingPairs) {
    this.edges = edges;
    this.pairs = pairs;
  }

  write(): InteractionSteps {
    const { edges, open } = this;
    for (let edge = 0; edge * EDGE_WORDS < edges.length; edge++) {
      const level = this.word(edge, EDGE.depth);
      while (open.length > 0 && open[open.length - 1].level >= level) this.leave();
      if (this.word(edge, EDGE.flags) & RIGHT && open.length > 0) open[open.length - 1].right = edge;
      if (this.word(edge, EDGE.flags) & LEAF) this.steps.push(edge * STEP_WORDS + LEAF_CHILD, 0, 0, 0);
      else if (this.enter(edge, level)) edge += 2;
    }
    while (open.length > 0) this.leave();
    return { steps: Int32Array.from(this.steps), partners: Int32Array.from(this.partners) };
  }

  /** Goes down to an inner child. @returns whether that took its two leaves along */
  private enter(edge: number, level: number): boolean {
    const { open, steps, lastDepth, partners } = this;
    const below = edge + 1;
    lastDepth.set(this.word(edge, EDGE.player), level);
    const firstPartner = partners.length / 2;
    const player = this.word(below, EDGE.player);
    for (const [other, depth] of lastDepth) if (other !== player) partners.push(depth, this.pairs.find(player, other));
    const numPartners = partners.length / 2 - firstPartner;
    open.push({ edge, level, firstPartner, numPartners, right: -1 });
    const isCherry = this.isLeaf(below) && this.isLeaf(below + 1) && !(this.word(below, EDGE.flags) & REPEATED);
    if (isCherry) {
      steps.push(edge * STEP_WORDS + CHERRY, below + 1, firstPartner, numPartners);
      this.forget();
    } else steps.push(edge * STEP_WORDS + ENTER, 0, 0, 0);
    return isCherry;
  }

  /** Comes back up from the last inner child that was entered. */
  private leave(): void {
    const { edge, right, firstPartner, numPartners } = this.forget();
    this.steps.push(edge * STEP_WORDS + EXIT, right, firstPartner, numPartners);
  }

  private forget(): Open {
    const last = this.open.pop() as Open;
    const player = this.word(last.edge, EDGE.player);
    const previous = this.word(last.edge, EDGE.previous);
    if (previous < 0) this.lastDepth.delete(player);
    else this.lastDepth.set(player, previous);
    return last;
  }

  private isLeaf(edge: number): boolean {
    return (this.word(edge, EDGE.flags) & LEAF) !== 0;
  }

  private word(edge: number, word: number): number {
    return this.edges[edge * EDGE_WORDS + word];
  }
}
