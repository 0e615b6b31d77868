import { TreeEnsemble, type TreeNodes } from "../../src/trees/index.ts";
import { outputLink } from "../../src/trees/output-link.ts";
import type { Matrix } from "../../src/table/index.ts";
import { ALL_FEATURES, NUMERIC_FEATURES } from "./random-trees.ts";

/** An ensemble of hand-made or random trees over {@link ALL_FEATURES} features (or more), identity link. */
export function makeEnsemble(
  nodes: TreeNodes,
  numOutputs = 1,
  baseScores = new Float64Array(numOutputs),
  numFeatures = ALL_FEATURES,
): TreeEnsemble {
  return new TreeEnsemble({
    format: "test",
    objective: "regression",
    features: Array.from({ length: numFeatures }, (_, j) => ({
      name: `x${j}`,
      kind: j < NUMERIC_FEATURES || j >= ALL_FEATURES ? "numeric" : "categorical",
      levels: null,
    })),
    outputNames: Array.from({ length: numOutputs }, (_, o) => `output ${o}`),
    nodes,
    baseScores,
    link: outputLink("identity"),
    categoryRule: "given",
    warnings: [],
  });
}

/** Rows of numbers as a matrix in the model's column order. */
export function makeMatrix(rows: readonly (readonly number[])[]): Matrix {
  return { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
}
