import { createRandom } from "../../src/numeric/index.ts";
import { TreeEnsemble } from "../../src/trees/index.ts";
import { outputLink } from "../../src/trees/output-link.ts";
import type { Matrix } from "../../src/table/index.ts";
import { layTrees, type NestedTree } from "./random-trees.ts";

/** A model of many features: full trees of `depth`, each test on a random one, leaves of size 0.5; logistic. */
export function makeWideModel(numFeatures: number, numTrees: number, depth: number, seed = 1): TreeEnsemble {
  const random = createRandom(seed);
  const grow = (left: number): NestedTree =>
    left === 0
      ? { values: [random.next() - 0.5], cover: 1 }
      : {
          feature: Math.floor(random.next() * numFeatures),
          threshold: random.next(),
          flags: 0,
          categories: [],
          left: grow(left - 1),
          right: grow(left - 1),
        };
  const trees = Array.from({ length: numTrees }, () => grow(depth));
  return new TreeEnsemble({
    format: "test",
    objective: "binary",
    features: Array.from({ length: numFeatures }, (_, j) => ({ name: `x${j}`, kind: "numeric", levels: null })),
    outputNames: ["output"],
    nodes: layTrees(
      trees,
      trees.map(() => 0),
    ),
    baseScores: Float64Array.of(0.25),
    link: outputLink("logistic"),
    categoryRule: "given",
    warnings: [],
  });
}

/** Rows of uniform numbers. */
export function makeUniformRows(numRows: number, numColumns: number, seed: number): Matrix {
  const random = createRandom(seed);
  return { values: Float64Array.from({ length: numRows * numColumns }, () => random.next()), numRows, numColumns };
}
