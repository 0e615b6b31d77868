import type { LinearLeaves, TreeNodes } from "../../../trees/index.ts";

/** A leaf whose value is linear in the row, as a game: players are bits, in the order in which the path meets them, then those of its terms alone. */
export interface LinearLeafPlan {
  readonly players: Int32Array;
  /** What the linear function has before its terms, above the plain value that the leaf gives where a term is missing. */
  readonly offset: number;
  readonly termFeature: Int32Array;
  readonly termCoefficient: Float64Array;
  /** The bit of each term's player. */
  readonly termBit: Int32Array;
  /** The players that have terms, and for each term which of these is its own. */
  readonly slotBit: Int32Array;
  readonly termSlot: Int32Array;
}

/** A node in depth-first order. */
interface PlannedNode {
  readonly node: number;
  readonly depth: number;
  /** Whether it is its parent's left child. */
  readonly isLeft: boolean;
  /** The bit of the player that the parent tests; -1 at the root. */
  readonly bit: number;
  readonly leaf: LinearLeafPlan | null;
}

/** A tree with linear leaves. */
export interface LinearTreePlan {
  readonly steps: readonly PlannedNode[];
  readonly leaves: readonly LinearLeafPlan[];
  readonly depth: number;
  readonly mostPlayers: number;
  /** 32-bit words of a pattern. */
  readonly words: number;
  readonly output: number;
}

interface Waiting {
  readonly node: number;
  readonly depth: number;
  readonly isLeft: boolean;
  readonly bit: number;
  /** Those that the path has met, in order. */
  readonly players: readonly number[];
}

/** Plans one tree. @param playerOf - the player of each feature */
export function planLinearTree(nodes: TreeNodes, linear: LinearLeaves, tree: number, playerOf: Int32Array): LinearTreePlan {
  const steps: PlannedNode[] = [];
  const waiting: Waiting[] = [{ node: nodes.treeStart[tree], depth: 0, isLeft: false, bit: -1, players: [] }];
  let deepest = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth, isLeft, bit, players } = next;
    const feature = nodes.feature[node];
    deepest = Math.max(deepest, depth);
    steps.push({ node, depth, isLeft, bit, leaf: feature < 0 ? planLeaf(nodes, linear, node, players, playerOf) : null });
    if (feature < 0) continue;
    const known = players.indexOf(playerOf[feature]);
    const below = known < 0 ? [...players, playerOf[feature]] : players;
    const child = { depth: depth + 1, bit: known < 0 ? players.length : known, players: below };
    waiting.push({ ...child, node: nodes.right[node], isLeft: false }, { ...child, node: nodes.left[node], isLeft: true });
  }
  const leaves = steps.map(({ leaf }) => leaf).filter((leaf) => leaf !== null);
  const mostPlayers = leaves.reduce((most, { players }) => Math.max(most, players.length), 1);
  // Inner paths may be wider than those to the leaves that are planned.
  const widest = steps.reduce((most, { bit }) => Math.max(most, bit + 1), mostPlayers);
  return { steps, leaves, depth: deepest, mostPlayers, words: Math.ceil(widest / 32), output: nodes.treeOutput[tree] };
}

/** null for a leaf that gives its plain value to every row. */
function planLeaf(
  nodes: TreeNodes,
  linear: LinearLeaves,
  node: number,
  path: readonly number[],
  playerOf: Int32Array,
): LinearLeafPlan | null {
  const [first, end] = [linear.termStart[node], linear.termStart[node + 1]];
  const offset = linear.constants[nodes.leafStart[node]] - nodes.leafValues[nodes.leafStart[node]];
  if (first === end && offset === 0) return null;
  const termFeature = linear.termFeature.slice(first, end);
  const owners = termFeature.map((feature) => playerOf[feature]);
  const players = Int32Array.from(new Set([...path, ...owners]));
  const termBit = owners.map((owner) => players.indexOf(owner));
  const slotBit = Int32Array.from(new Set(termBit));
  const termSlot = termBit.map((bit) => slotBit.indexOf(bit));
  return { players, offset, termFeature, termCoefficient: linear.termCoefficient.slice(first, end), termBit, slotBit, termSlot };
}
