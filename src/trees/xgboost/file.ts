import * as v from "valibot";
import { anyArray, parseShape, wholeNumber } from "../parse-shape.ts";

/** The parts of an XGBoost model file that make predictions; arrays of numbers are checked where they are read. */
export interface XgboostFile {
  /** Of the XGBoost that wrote the file: major, minor, patch. */
  readonly version: readonly number[];
  readonly objective: string;
  readonly featureNames: readonly string[];
  readonly featureTypes: readonly string[];
  readonly baseScore: string | number;
  /** Classes of a multiclass model, else 0 or 1. */
  readonly numClass: number;
  /** Classes, or targets, or 1. */
  readonly numOutputs: number;
  readonly numFeature: number;
  /** The last round that `XGBModel.predict` uses; null where training was not stopped early. */
  readonly bestIteration: number | null;
  readonly numParallelTree: number;
  readonly trees: readonly unknown[];
  readonly treeInfo: readonly unknown[];
  /** The first tree of each round, and the end; null before XGBoost 2.0. */
  readonly iterationStarts: readonly unknown[] | null;
  /** Weights of the trees of a DART model; null for others. */
  readonly treeWeights: readonly unknown[] | null;
  /** One category table a feature, from XGBoost 3.1; else empty. */
  readonly categoryTables: readonly unknown[];
  /** Weights of a linear booster, features + 1 × outputs, the last row its biases; null for trees. */
  readonly linearWeights: readonly unknown[] | null;
  /** The quantiles or expectiles that the outputs are for, as the file writes them; null for other objectives. */
  readonly levels: string | number | null;
}

const TEXTS = v.array(v.string("a text"), "an array of texts");

const MODEL = v.object(
  {
    gbtree_model_param: v.object({ num_parallel_tree: v.optional(wholeNumber, 1) }, "an object"),
    trees: anyArray,
    tree_info: anyArray,
    iteration_indptr: v.optional(anyArray),
    weight_drop: v.optional(anyArray),
    cats: v.optional(v.object({ enc: anyArray }, "an object")),
  },
  "an object",
);

const BOOSTER = v.variant(
  "name",
  [
    v.object({ name: v.literal("gbtree"), model: MODEL, weight_drop: v.optional(anyArray) }, "an object"),
    v.object({ name: v.literal("dart"), gbtree: v.object({ model: MODEL }, "an object"), weight_drop: anyArray }, "an object"),
    v.object({ name: v.literal("gblinear"), model: v.object({ weights: anyArray }, "an object") }, "an object"),
  ],
  '"gbtree", "dart" or "gblinear"',
);

const NUMBERS_AS_TEXT = v.optional(v.union([v.string(), v.number()], "a text"));

const SHAPE = v.object(
  {
    version: v.optional(v.array(v.number("a number"), "an array of numbers"), []),
    learner: v.object(
      {
        attributes: v.optional(v.object({ best_iteration: v.optional(wholeNumber) }, "an object"), {}),
        feature_names: v.optional(TEXTS, []),
        feature_types: v.optional(TEXTS, []),
        learner_model_param: v.object(
          {
            base_score: v.union([v.string(), v.number()], "a text"),
            num_class: v.optional(wholeNumber, 0),
            num_feature: wholeNumber,
            num_target: v.optional(wholeNumber, 1),
          },
          "an object",
        ),
        objective: v.object(
          {
            name: v.string("a text"),
            quantile_loss_param: v.optional(v.object({ quantile_alpha: NUMBERS_AS_TEXT }, "an object")),
            expectile_loss_param: v.optional(v.object({ expectile_alpha: NUMBERS_AS_TEXT }, "an object")),
          },
          "an object",
        ),
        gradient_booster: BOOSTER,
      },
      "an object",
    ),
  },
  "an object",
);

/** What holds no tree. */
const NO_TREES: v.InferOutput<typeof MODEL> = { gbtree_model_param: { num_parallel_tree: 1 }, trees: [], tree_info: [] };

/** Checks the envelope of a model file. @throws InputError at the first field that is missing or of another kind. */
export function readXgboostFile(call: string, json: unknown): XgboostFile {
  const { version, learner } = parseShape(call, SHAPE, json);
  const { gradient_booster: booster, learner_model_param: parameters, objective } = learner;
  const model = booster.name === "gblinear" ? NO_TREES : booster.name === "dart" ? booster.gbtree.model : booster.model;
  return {
    version,
    objective: objective.name,
    featureNames: learner.feature_names,
    featureTypes: learner.feature_types,
    baseScore: parameters.base_score,
    numClass: parameters.num_class,
    numOutputs: Math.max(1, parameters.num_class, parameters.num_target),
    numFeature: parameters.num_feature,
    bestIteration: learner.attributes.best_iteration ?? null,
    numParallelTree: model.gbtree_model_param.num_parallel_tree,
    trees: model.trees,
    treeInfo: model.tree_info,
    iterationStarts: model.iteration_indptr ?? null,
    // From XGBoost 3.3 a DART model is a gbtree model with weights: beside the model as before, and from 3.4 within it.
    treeWeights: (booster.name === "gblinear" ? null : (booster.weight_drop ?? model.weight_drop)) ?? null,
    categoryTables: model.cats?.enc ?? [],
    linearWeights: booster.name === "gblinear" ? booster.model.weights : null,
    levels: objective.quantile_loss_param?.quantile_alpha ?? objective.expectile_loss_param?.expectile_alpha ?? null,
  };
}
