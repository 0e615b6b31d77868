import { LEAF, MODES, orderWeights, type NodeWeights, type OnnxForest } from "./forest.ts";
import type { NodeAttributes } from "./attributes.ts";
import { readCovers } from "./covers.ts";

/** Ids of trees, nodes and columns are whole numbers below this. */
export const MOST_IDS: number = 2 ** 31 - 1;
/** More targets than this would be a number in a damaged file. */
export const MOST_TARGETS = 100_000;

/**
 * The trees of a TreeEnsembleRegressor or TreeEnsembleClassifier (ai.onnx.ml 1 and 3), whose nodes have names (tree, node).
 *
 * @param targets - How its attributes on leaves begin: `target` or `class`.
 * @throws InputError where the attributes do not fit together.
 */
export function readLegacyForest(attributes: NodeAttributes, targets: "target" | "class", numTargets: number): OnnxForest {
  const treeIds = attributes.wholes("nodes_treeids", null, 0, MOST_IDS);
  const numNodes = treeIds.length;
  const nodeIds = attributes.wholes("nodes_nodeids", numNodes, 0, MOST_IDS);
  const find = indexNodes(attributes, treeIds, nodeIds);
  const modes = readModes(attributes, numNodes);
  const child = (name: string): Float64Array =>
    attributes.wholes(name, numNodes, -(2 ** 31), MOST_IDS).map((id, i) => (modes[i] === LEAF ? -1 : find(name, treeIds[i], id)));
  const trueChild = child("nodes_truenodeids");
  const falseChild = child("nodes_falsenodeids");
  const missing = attributes.has("nodes_missing_value_tracks_true")
    ? attributes.wholes("nodes_missing_value_tracks_true", null, 0, 1)
    : new Float64Array(0);
  if (missing.length > 0 && missing.length !== numNodes) {
    throw attributes.fault("nodes_missing_value_tracks_true", `${numNodes} numbers`, String(missing.length));
  }
  return {
    modes,
    features: attributes.wholes("nodes_featureids", numNodes, 0, MOST_IDS),
    values: attributes.numbersOf("nodes_values", numNodes),
    members: new Map(),
    trueChild,
    falseChild,
    missingTrue: missing.length > 0 ? Uint8Array.from(missing) : new Uint8Array(numNodes),
    covers: readCovers(attributes.numbers("nodes_hitrates"), modes, trueChild, falseChild),
    roots: findRoots(attributes, treeIds, trueChild, falseChild),
    ...readWeights(attributes, targets, numTargets, numNodes, find),
    numTargets,
    where: attributes.where,
  };
}

/** Finds the position of a node by its ids. */
function indexNodes(
  attributes: NodeAttributes,
  treeIds: Float64Array,
  nodeIds: Float64Array,
): (what: string, tree: number, node: number) => number {
  const trees = new Map<number, Map<number, number>>();
  for (const [i, tree] of treeIds.entries()) {
    let nodes = trees.get(tree);
    if (nodes === undefined) trees.set(tree, (nodes = new Map()));
    if (nodes.has(nodeIds[i])) throw attributes.fault("nodes_nodeids", "distinct in each tree", `node ${nodeIds[i]} of tree ${tree} twice`);
    nodes.set(nodeIds[i], i);
  }
  return (what, tree, node) => {
    const position = trees.get(tree)?.get(node);
    if (position === undefined) throw attributes.fault(what, "nodes that there are", `node ${node} of tree ${tree}`);
    return position;
  };
}

function readModes(attributes: NodeAttributes, numNodes: number): Uint8Array {
  const texts = attributes.texts("nodes_modes");
  if (texts.length !== numNodes || numNodes === 0)
    throw attributes.fault("nodes_modes", `${Math.max(1, numNodes)} texts`, String(texts.length));
  return Uint8Array.from(texts, (text) => {
    const mode = (MODES as readonly string[]).indexOf(text);
    if (mode >= 0) return mode;
    throw attributes.fault("nodes_modes", MODES.join(", "), JSON.stringify(text));
  });
}

/** The first node of each tree that is nobody's child, in the order of the trees in the file. */
function findRoots(attributes: NodeAttributes, treeIds: Float64Array, trueChild: Float64Array, falseChild: Float64Array): Float64Array {
  const isChild = new Uint8Array(treeIds.length);
  for (const children of [trueChild, falseChild]) for (const child of children) if (child >= 0) isChild[child] = 1;
  const roots = new Map<number, number>();
  for (const [i, tree] of treeIds.entries()) {
    if (isChild[i] !== 0) continue;
    if (roots.has(tree)) throw attributes.fault("every tree", "under one root", `two nodes without a parent in tree ${tree}`);
    roots.set(tree, i);
  }
  const rootless = treeIds.find((tree) => !roots.has(tree));
  if (rootless !== undefined) throw attributes.fault("every tree", "under one root", `a circle in tree ${rootless}`);
  return Float64Array.from(roots.values());
}

function readWeights(
  attributes: NodeAttributes,
  targets: "target" | "class",
  numTargets: number,
  numNodes: number,
  find: (what: string, tree: number, node: number) => number,
): NodeWeights {
  const ids = attributes.wholes(`${targets}_ids`, null, 0, numTargets - 1);
  const treeIds = attributes.wholes(`${targets}_treeids`, ids.length, 0, MOST_IDS);
  const nodeIds = attributes.wholes(`${targets}_nodeids`, ids.length, 0, MOST_IDS);
  const nodes = treeIds.map((tree, i) => find(`${targets}_nodeids`, tree, nodeIds[i]));
  return orderWeights(numNodes, nodes, ids, attributes.numbersOf(`${targets}_weights`, ids.length));
}
