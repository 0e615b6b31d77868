/** How a node tests its column, in the numbers of the operator TreeEnsemble; `LEAF` is ours. */
export const MODES = ["BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MEMBER", "LEAF"] as const;
export const LEAF: number = MODES.indexOf("LEAF");

/** What an operator does to the sums of a row's leaves. */
export type PostTransform = "NONE" | "LOGISTIC" | "SOFTMAX" | "SOFTMAX_ZERO" | "PROBIT";
export const POST_TRANSFORMS: readonly PostTransform[] = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"];

/**
 * The trees of one operator, whichever of its versions wrote them: nodes of all trees under one numbering. A node may be the child of
 * several, as in chains of `BRANCH_EQ` that stand for a set.
 */
export interface OnnxForest {
  /** Position in `MODES`. */
  readonly modes: Uint8Array;
  /** Column of the operator's input. */
  readonly features: Float64Array;
  readonly values: Float64Array;
  /** What a `BRANCH_MEMBER` node lists, by node. */
  readonly members: ReadonlyMap<number, readonly number[]>;
  readonly trueChild: Float64Array;
  readonly falseChild: Float64Array;
  /** 1 where a missing value takes the true branch. */
  readonly missingTrue: Uint8Array;
  /** Covers, where the file has such; NaN else. */
  readonly covers: Float64Array;
  /** The root of each tree. */
  readonly roots: Float64Array;
  /** Weights of node `i` are those from `weightStart[i]` to before `weightStart[i + 1]`. */
  readonly weightStart: Int32Array;
  /** The output that a weight counts for. */
  readonly targets: Float64Array;
  readonly weights: Float64Array;
  readonly numTargets: number;
  /** Where the forest stands, for errors. */
  readonly where: string;
}

/** The weights of a forest, ordered by node. */
export type NodeWeights = Pick<OnnxForest, "weightStart" | "targets" | "weights">;

/** Orders weights by the node that they stand at, keeping their order at each. */
export function orderWeights(numNodes: number, nodes: Float64Array, targets: Float64Array, weights: Float64Array): NodeWeights {
  const weightStart = new Int32Array(numNodes + 1);
  for (const node of nodes) weightStart[node + 1]++;
  for (let i = 0; i < numNodes; i++) weightStart[i + 1] += weightStart[i];
  const next = weightStart.slice(0, numNodes);
  const ordered = { weightStart, targets: new Float64Array(nodes.length), weights: new Float64Array(nodes.length) };
  for (const [i, node] of nodes.entries()) {
    const at = next[node]++;
    ordered.targets[at] = targets[i];
    ordered.weights[at] = weights[i];
  }
  return ordered;
}
