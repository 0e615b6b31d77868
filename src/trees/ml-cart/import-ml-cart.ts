import * as v from "valibot";
import { refuseUnknownOptions } from "../../errors.ts";
import type { Reader } from "../model-text.ts";
import { parseShape } from "../parse-shape.ts";
import { ML_CART } from "../stranger-formats.ts";
import type { TreeEnsemble } from "../tree-ensemble.ts";
import { buildCartEnsemble } from "./build-ensemble.ts";
import { nameCartColumns } from "./column-names.ts";
import { draftCartTree, writeValues } from "./draft-tree.ts";
import { readModelObject } from "./model-object.ts";
import { flattenTree } from "./nodes.ts";

const CALL = "importMlCart";
const READER: Reader = {
  call: CALL,
  expected: "a decision tree of ml-cart, its toJSON() or the text of that",
  mend: "Pass the trained DecisionTreeClassifier or DecisionTreeRegression itself, or what JSON.stringify makes of it.",
};

export interface ImportMlCartOptions {
  /** Names of the columns in the order of training: the model does not hold them. @defaultValue `x0`, `x1`, … */
  readonly featureNames?: readonly string[];
}

/**
 * Reads a decision tree of the npm package ml-cart: a trained `DecisionTreeClassifier` or `DecisionTreeRegression`, the result of its `toJSON`,
 * or the text or bytes of that. Raw scale and response are the same, to the bit: for regression what `predict` gives; for a classifier the share
 * of each class 0, 1, … among the training rows of the leaf, one output a class. Its `predict` gives the first class of the largest share.
 *
 * Missing values go right, as in ml-cart, whose test is `x < value`. Cover is the number of training rows; ml-cart does not keep it for most
 * leaves that are small or pure, nor after `load`: where it is unknown, `treeShap` asks for a background, or see
 * {@link TreeEnsemble.withCovers}.
 *
 * The tree does not say how many columns it was trained on: without `featureNames` they are as many as it tests.
 *
 * @throws InputError for anything else, by its name where that can be told, for a model that was not trained, and for one that contradicts itself:
 * nodes that are shared or circular, tests with one child, numbers that are none.
 * @example
 * const tree = new DecisionTreeRegression();
 * tree.train(rows, values);
 * const ensemble = importMlCart(tree, { featureNames: ["age", "income"] });
 * @see https://github.com/mljs/decision-tree-cart
 */
export function importMlCart(model: object | string, options: ImportMlCartOptions = {}): TreeEnsemble {
  refuseUnknownOptions(CALL, options, ["featureNames"]);
  const json = readModelObject(READER, model, ML_CART);
  const { name, root } = parseShape(CALL, v.object({ name: v.string("a text"), root: v.unknown() }, "an object"), json);
  const isClassifier = name === "DTClassifier";
  const where = "tree 0";
  const nodes = flattenTree({ call: CALL, where }, root, isClassifier);
  const leafWidth = nodes.reduce((most, { values }) => Math.max(most, values.length), 1);
  const least = nodes.reduce((most, { column }) => Math.max(most, column + 1), 0);
  const names = nameCartColumns(CALL, least, null, options.featureNames);
  const trees = [draftCartTree({ call: CALL, where, leafWidth, writeLeaf: writeValues }, nodes)];
  const objective = isClassifier ? "DecisionTreeClassifier" : "DecisionTreeRegression";
  return buildCartEnsemble({ call: CALL, format: "ml-cart", objective, trees, leafWidth, isClassifier, names });
}
