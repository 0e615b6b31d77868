import { countTrees, type EncodedRows, type LinearLeaves, type TreeNodes } from "../../../trees/index.ts";
import { pairShares } from "../engine/index-weights.ts";
import { type LeafBackground, summarizeLeaves } from "./linear-leaf-background.ts";
import { type LinearLeafPlan, type LinearTreePlan, planLinearTree } from "./linear-leaf-plan.ts";
import { type LeafShares, ShareMaker } from "./linear-leaf-shares.ts";
import { PatternIndex, sumTerms, walkLinearTree } from "./linear-leaf-walk.ts";
import type { LinearValues } from "./linear-values.ts";
import type { InterventionalGame, TreeGame } from "../tree-game.ts";

/** Numbers that the shares of one leaf may take before they are made anew. */
const MOST_SHARES = 2 ** 22;

/** A tree, what the background shows at its leaves, and what makes shares. */
interface PreparedTree {
  readonly plan: LinearTreePlan;
  readonly background: ReadonlyMap<LinearLeafPlan, LeafBackground>;
  readonly maker: ShareMaker;
}

/** Shares of the patterns that rows showed at one leaf, by their places. */
interface SeenPatterns {
  index: PatternIndex;
  shares: (LeafShares | null)[];
}

/**
 * What linear leaves give each player beyond the leaves' plain values, against a background; null where there are none. A row costs players ×
 * terms for each leaf, whatever the size of the background, once the shares of its pattern are made.
 */
export function prepareLinearLeaves(game: TreeGame): LinearValues | null {
  const { nodes } = game.ensemble;
  const { background } = game;
  if (!nodes.linearLeaves || !background) return null;
  const trees = prepareTrees({ ...game, background }, nodes.linearLeaves);
  const numPlayers = game.players.features.length;
  const { numOutputs } = game.ensemble;
  return {
    add(rows, values) {
      for (const tree of trees) addTree(nodes, tree, rows, values, numPlayers, numOutputs);
      return values;
    },
  };
}

function prepareTrees({ ensemble, players, background, index }: InterventionalGame, linear: LinearLeaves): PreparedTree[] {
  const { nodes } = ensemble;
  const prepared: PreparedTree[] = [];
  for (let tree = 0; tree < countTrees(nodes); tree++) {
    const plan = planLinearTree(nodes, linear, tree, players.playerOf);
    if (plan.leaves.length === 0) continue;
    const stride = plan.mostPlayers + 2;
    const maker = new ShareMaker(pairShares(index, stride), stride, plan.words);
    prepared.push({ plan, background: summarizeLeaves(nodes, plan, background), maker });
  }
  return prepared;
}

function addTree(nodes: TreeNodes, tree: PreparedTree, rows: EncodedRows, out: Float64Array, numPlayers: number, numOutputs: number): void {
  const { words, output } = tree.plan;
  const seen = new Map<LinearLeafPlan, SeenPatterns>();
  walkLinearTree(nodes, tree.plan, rows, (leaf, patterns, first, count) => {
    let known = seen.get(leaf);
    if (!known) seen.set(leaf, (known = startSeen(leaf, words)));
    const background = tree.background.get(leaf) as LeafBackground;
    const terms = new Float64Array(leaf.slotBit.length);
    const width = leaf.players.length * (1 + terms.length);
    for (let r = 0; r < count; r++) {
      if (known.shares.length * width > MOST_SHARES) Object.assign(known, startSeen(leaf, words));
      const place = known.index.place(patterns, r * words);
      if (place === known.shares.length) known.shares.push(tree.maker.make(leaf, background, patterns, r * words));
      const shares = known.shares[place];
      if (!shares) continue;
      sumTerms(leaf, rows.values, (first + r) * rows.numColumns, terms);
      addShares(leaf.players, shares, terms, out, (first + r) * numPlayers * numOutputs + output, numOutputs);
    }
  });
}

function startSeen({ players }: LinearLeafPlan, words: number): SeenPatterns {
  return { index: new PatternIndex(players.length, words), shares: [] };
}

/** Adds what each player gets of a row whose cells begin at `out[start]`. */
function addShares(
  players: Int32Array,
  shares: LeafShares,
  terms: Float64Array,
  out: Float64Array,
  start: number,
  numOutputs: number,
): void {
  let at = 0;
  for (let bit = 0; bit < players.length; bit++) {
    let sum = shares[at++];
    for (let slot = 0; slot < terms.length; slot++) sum += shares[at++] * terms[slot];
    out[start + players[bit] * numOutputs] += sum;
  }
}
