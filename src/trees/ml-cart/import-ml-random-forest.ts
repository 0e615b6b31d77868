import * as v from "valibot";
import { InputError, refuseUnknownOptions } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import { readIntegers } from "../json-numbers.ts";
import type { Reader } from "../model-text.ts";
import { anyArray, parseShape } from "../parse-shape.ts";
import { ML_RANDOM_FOREST } from "../stranger-formats.ts";
import type { TreeEnsemble } from "../tree-ensemble.ts";
import { buildCartEnsemble } from "./build-ensemble.ts";
import { nameCartColumns } from "./column-names.ts";
import { draftCartTree, writeValues } from "./draft-tree.ts";
import type { ImportMlCartOptions } from "./import-ml-cart.ts";
import { readModelObject } from "./model-object.ts";
import { type CartNode, flattenTree } from "./nodes.ts";

const CALL = "importMlRandomForest";
const READER: Reader = {
  call: CALL,
  expected: "a forest of ml-random-forest, its toJSON() or the text of that",
  mend: "Pass the trained RandomForestClassifier or RandomForestRegression itself, or what JSON.stringify makes of it.",
};
/** The most columns that indexes may name. */
const MOST_COLUMNS = 2 ** 31 - 1;

/** A tree of the forest and the model's column of each of its own. */
interface ForestTree {
  readonly nodes: readonly CartNode[];
  readonly columns: Float64Array;
}

/**
 * Reads a forest of the npm package ml-random-forest: a trained `RandomForestClassifier` or `RandomForestRegression`, the result of its `toJSON`,
 * or the text or bytes of that. Raw scale and response are the same, to the rounding of a sum: for regression the mean of the trees, which is what
 * `predict` gives; for a classifier the share of the trees that vote for each class 0, 1, …, one output a class. Its `predict` gives the
 * class with most votes, of several the one that got there first in the order of the trees. (Its `predictProbability` is the same share without the
 * first tree's vote, plus a millionth of the number of the class that this tree votes for.)
 *
 * Features are the columns that the forest was trained on, whichever of them each tree was given; from JSON, without `featureNames`, as many as
 * trees were given. Missing values and covers are as for {@link importMlCart}, covers of each tree's own sample of rows.
 *
 * @throws InputError as {@link importMlCart}, and for forests that predict the median of their trees, which is no sum.
 * @example
 * const forest = new RandomForestRegression({ nEstimators: 100 });
 * forest.train(rows, values);
 * const ensemble = importMlRandomForest(forest, { featureNames: ["age", "income"] });
 * @see https://github.com/mljs/random-forest
 */
export function importMlRandomForest(model: object | string, options: ImportMlCartOptions = {}): TreeEnsemble {
  refuseUnknownOptions(CALL, options, ["featureNames"]);
  const { name, selectionMethod, baseModel } = readForest(readModelObject(READER, model, ML_RANDOM_FOREST));
  if (selectionMethod === "median") throw medianRefused();
  const isClassifier = name === "RFClassifier";
  const forest = readTrees(baseModel.estimators, baseModel.indexes, isClassifier);
  const leafWidth = isClassifier ? countClasses(forest) : 1;
  const least = forest.reduce((most, { columns }) => columns.reduce((last, j) => Math.max(last, j + 1), most), 0);
  const names = nameCartColumns(CALL, least, readTrainedColumns(model, least), options.featureNames);
  const trees = forest.map(({ nodes, columns }, t) =>
    draftCartTree({ call: CALL, where: `tree ${t}`, leafWidth, columns, writeLeaf: isClassifier ? writeVote : writeValues }, nodes),
  );
  const objective = isClassifier ? "RandomForestClassifier" : "RandomForestRegression";
  return buildCartEnsemble({ call: CALL, format: "ml-random-forest", objective, trees, leafWidth, isClassifier, names });
}

const forestShape = v.object(
  {
    name: v.string("a text"),
    selectionMethod: v.optional(v.picklist(["mean", "median"], '"mean" or "median"')),
    baseModel: v.object(
      {
        estimators: v.pipe(anyArray, v.minLength(1, "an array of at least one tree")),
        indexes: anyArray,
        nEstimators: v.number("a number"),
      },
      "an object",
    ),
  },
  "an object",
);

function readForest(json: unknown): v.InferOutput<typeof forestShape> {
  const forest = parseShape(CALL, forestShape, json);
  const { estimators, indexes, nEstimators } = forest.baseModel;
  if (nEstimators !== estimators.length) throw damagedFile(CALL, "nEstimators", String(estimators.length), String(nEstimators));
  if (indexes.length !== estimators.length) throw damagedFile(CALL, "indexes", `${estimators.length} lists`, String(indexes.length));
  return forest;
}

function readTrees(estimators: readonly unknown[], indexes: readonly unknown[], isClassifier: boolean): ForestTree[] {
  const kind = isClassifier ? "DTClassifier" : "DTRegression";
  const treeShape = v.object({ name: v.literal(kind, JSON.stringify(kind)), root: v.unknown() }, "an object");
  return estimators.map((json, t) => {
    const where = `tree ${t}`;
    const { root } = parseShape(CALL, treeShape, json, where);
    const list = parseShape(CALL, anyArray, indexes[t], where);
    const columns = readIntegers({ call: CALL, name: "indexes", where }, list, list.length, 0, MOST_COLUMNS);
    return { nodes: flattenTree({ call: CALL, where }, root, isClassifier), columns };
  });
}

/** One more than the largest class that any tree votes for or knows of. */
function countClasses(forest: readonly ForestTree[]): number {
  return forest.reduce((most, { nodes }) => nodes.reduce((longest, { values }) => Math.max(longest, values.length), most), 1);
}

/** A tree votes for the first class of the largest share. */
function writeVote(shares: readonly number[], target: Float64Array): void {
  target[shares.reduce((best, share, k) => (share > shares[best] ? k : best), 0)] = 1;
}

/** How many columns a live forest says that it was trained on: its JSON leaves it out. */
function readTrainedColumns(model: object | string, least: number): number | null {
  const { numberFeatures } = Object(model) as { readonly numberFeatures?: unknown };
  const isCount = typeof numberFeatures === "number" && Number.isInteger(numberFeatures) && numberFeatures >= Math.max(1, least);
  return isCount ? numberFeatures : null;
}

function medianRefused(): InputError {
  return new InputError({
    call: CALL,
    argument: "selectionMethod",
    expected: '"mean": a median of trees is no sum of theirs',
    received: '"median"',
    mend: 'Train the forest with selectionMethod: "mean", or explain its predictions with kernelShap.',
  });
}
