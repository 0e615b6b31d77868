import * as fc from "fast-check";
import { goesLeft, type TreeNodes } from "../../src/trees/index.ts";
import { NUMERIC_FEATURES } from "./random-trees.ts";

interface Leaf {
  readonly constant: number;
  readonly terms: readonly { readonly feature: number; readonly coefficient: number }[];
}

const small = fc.double({ min: -3, max: 3, noNaN: true });

/** Linear functions to put into leaves; features may come twice, and need not be tested on the way. */
export const linearFunctions: fc.Arbitrary<Leaf[]> = fc.array(
  fc.record({
    constant: small,
    terms: fc.array(fc.record({ feature: fc.integer({ min: 0, max: NUMERIC_FEATURES - 1 }), coefficient: small }), { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Trees with these functions in their leaves, in turn. */
export function layLinear(nodes: TreeNodes, functions: readonly Leaf[]): TreeNodes {
  const constants = nodes.leafValues.slice();
  const termStart = new Int32Array(nodes.feature.length + 1);
  const terms: Leaf["terms"][number][] = [];
  nodes.leafStart.forEach((leaf, node) => {
    if (leaf >= 0) {
      const { constant, terms: own } = functions[leaf % functions.length];
      constants[leaf] = constant;
      terms.push(...own);
    }
    termStart[node + 1] = terms.length;
  });
  const termFeature = Int32Array.from(terms, ({ feature }) => feature);
  const termCoefficient = Float64Array.from(terms, ({ coefficient }) => coefficient);
  return { ...nodes, linearLeaves: { constants, termStart, termFeature, termCoefficient } };
}

/** What a tree with linear leaves gives a row, by the definition. */
export function followLinear(nodes: TreeNodes, tree: number, x: readonly number[]): number {
  let node = nodes.treeStart[tree];
  while (nodes.feature[node] >= 0) node = goesLeft(nodes, node, x[nodes.feature[node]]) ? nodes.left[node] : nodes.right[node];
  const linear = nodes.linearLeaves as NonNullable<TreeNodes["linearLeaves"]>;
  const terms = Array.from({ length: linear.termStart[node + 1] - linear.termStart[node] }, (_, k) => linear.termStart[node] + k);
  const leaf = nodes.leafStart[node];
  if (terms.some((term) => Number.isNaN(x[linear.termFeature[term]]))) return nodes.leafValues[leaf];
  return terms.reduce((sum, term) => sum + linear.termCoefficient[term] * x[linear.termFeature[term]], linear.constants[leaf]);
}
