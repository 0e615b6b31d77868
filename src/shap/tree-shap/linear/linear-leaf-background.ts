import type { TreeNodes } from "../../../trees/index.ts";
import type { LinearLeafPlan, LinearTreePlan } from "./linear-leaf-plan.ts";
import { PatternIndex, sumTerms, walkLinearTree } from "./linear-leaf-walk.ts";
import type { TreeBackground } from "../tree-game.ts";

/** What a leaf needs to know of the background: for each pattern that it shows, how much weight, and how much each slot's terms sum to. */
export interface LeafBackground {
  readonly count: number;
  /** count × words. */
  readonly patterns: Int32Array;
  /** Of sum 1 over the patterns. */
  readonly weights: Float64Array;
  /** count × slots: weighted sums of terms. */
  readonly moments: Float64Array;
}

/** Lists that grow while the background is read. */
interface Draft {
  readonly index: PatternIndex;
  readonly patterns: number[];
  readonly weights: number[];
  readonly moments: number[];
  readonly terms: Float64Array;
}

/** Reads the background once through a tree. */
export function summarizeLeaves(
  nodes: TreeNodes,
  plan: LinearTreePlan,
  { rows, weights }: TreeBackground,
): Map<LinearLeafPlan, LeafBackground> {
  const { words } = plan;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const drafts = new Map(plan.leaves.map((leaf) => [leaf, startDraft(leaf, words)]));
  walkLinearTree(nodes, plan, rows, (leaf, patterns, first, count) => {
    const draft = drafts.get(leaf) as Draft;
    const slots = leaf.slotBit.length;
    for (let r = 0; r < count; r++) {
      const weight = weights[first + r] / total;
      const place = draft.index.place(patterns, r * words);
      if (place === draft.weights.length) {
        draft.weights.push(0);
        for (let word = 0; word < words; word++) draft.patterns.push(patterns[r * words + word]);
        for (let slot = 0; slot < slots; slot++) draft.moments.push(0);
      }
      draft.weights[place] += weight;
      sumTerms(leaf, rows.values, (first + r) * rows.numColumns, draft.terms);
      for (let slot = 0; slot < slots; slot++) draft.moments[place * slots + slot] += weight * draft.terms[slot];
    }
  });
  return new Map(Array.from(drafts, ([leaf, draft]) => [leaf, finishDraft(draft)]));
}

function startDraft({ players, slotBit }: LinearLeafPlan, words: number): Draft {
  const terms = new Float64Array(slotBit.length);
  return { index: new PatternIndex(players.length, words), patterns: [], weights: [], moments: [], terms };
}

function finishDraft({ patterns, weights, moments }: Draft): LeafBackground {
  return {
    count: weights.length,
    patterns: Int32Array.from(patterns),
    weights: Float64Array.from(weights),
    moments: Float64Array.from(moments),
  };
}
