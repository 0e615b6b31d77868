import type { NodeAttributes } from "./attributes.ts";
import { LEAF, MODES, orderWeights, type OnnxForest } from "./forest.ts";
import { MOST_IDS, MOST_TARGETS } from "./legacy-forest.ts";

const MEMBER = MODES.indexOf("BRANCH_MEMBER");

/**
 * The trees of the operator TreeEnsemble (ai.onnx.ml 5), whose leaves are numbered apart from its tests: here they follow the tests.
 *
 * @throws InputError where the attributes do not fit together.
 */
export function readModernForest(attributes: NodeAttributes): OnnxForest {
  const numTests = attributes.wholes("nodes_featureids", null, 0, MOST_IDS).length;
  const numLeaves = attributes.wholes("leaf_targetids", null, 0, MOST_IDS).length;
  const numTargets = attributes.whole("n_targets", 1, 1, MOST_TARGETS);
  const modes = new Uint8Array(numTests + numLeaves).fill(LEAF);
  modes.set(readModes(attributes, numTests));
  const spread = (values: Float64Array, filler: number): Float64Array => {
    const all = new Float64Array(numTests + numLeaves).fill(filler);
    all.set(values);
    return all;
  };
  const missing = attributes.has("nodes_missing_value_tracks_true")
    ? attributes.wholes("nodes_missing_value_tracks_true", numTests, 0, 1)
    : new Float64Array(numTests);
  const roots = attributes.wholes("tree_roots", null, 0, numTests - 1);
  if (roots.length === 0) throw attributes.fault("tree_roots", "at least one number", "none");
  const leaves = Float64Array.from({ length: numLeaves }, (_, leaf) => numTests + leaf);
  return {
    modes,
    features: spread(attributes.wholes("nodes_featureids", numTests, 0, MOST_IDS), 0),
    values: spread(attributes.numbersOf("nodes_splits", numTests), NaN),
    members: readMembers(attributes, modes),
    trueChild: spread(readChildren(attributes, "true", numTests, numLeaves), -1),
    falseChild: spread(readChildren(attributes, "false", numTests, numLeaves), -1),
    missingTrue: Uint8Array.from(spread(missing, 0)),
    covers: new Float64Array(numTests + numLeaves).fill(NaN),
    roots,
    ...orderWeights(
      numTests + numLeaves,
      leaves,
      attributes.wholes("leaf_targetids", numLeaves, 0, numTargets - 1),
      attributes.numbersOf("leaf_weights", numLeaves),
    ),
    numTargets,
    where: attributes.where,
  };
}

function readModes(attributes: NodeAttributes, numTests: number): Float64Array {
  const modes = attributes.numbersOf("nodes_modes", numTests);
  const bad = modes.find((mode) => !(Number.isInteger(mode) && mode >= 0 && mode <= MEMBER));
  if (bad === undefined) return modes;
  throw attributes.fault("nodes_modes", `whole numbers from 0 to ${MEMBER}`, String(bad));
}

function readChildren(attributes: NodeAttributes, branch: "true" | "false", numTests: number, numLeaves: number): Float64Array {
  const isLeaf = attributes.wholes(`nodes_${branch}leafs`, numTests, 0, 1);
  const ids = attributes.wholes(`nodes_${branch}nodeids`, numTests, 0, MOST_IDS);
  return ids.map((id, i) => {
    const count = isLeaf[i] === 1 ? numLeaves : numTests;
    if (id < count) return isLeaf[i] === 1 ? numTests + id : id;
    throw attributes.fault(`nodes_${branch}nodeids`, `numbers below ${count}`, String(id));
  });
}

/** The sets of the nodes that test membership, which NaN parts from one another. */
function readMembers(attributes: NodeAttributes, modes: Uint8Array): Map<number, readonly number[]> {
  const values = attributes.numbers("membership_values") ?? new Float64Array(0);
  const sets: number[][] = [[]];
  for (const value of values) {
    if (Number.isNaN(value)) sets.push([]);
    else sets[sets.length - 1].push(value);
  }
  // The last set may end with a NaN of its own, or with the values.
  if (sets[sets.length - 1].length === 0) sets.pop();
  const members = new Map<number, readonly number[]>();
  for (const [i, mode] of modes.entries()) if (mode === MEMBER) members.set(i, sets[members.size] ?? []);
  if (members.size === sets.length) return members;
  throw attributes.fault("membership_values", `${members.size} sets, one a node of mode BRANCH_MEMBER`, String(sets.length));
}
