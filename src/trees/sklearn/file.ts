import * as v from "valibot";
import { anyArray, parseShape } from "../parse-shape.ts";

const text = v.string("a text");
const number = v.number("a number");
const label = v.union([text, number, v.boolean()], "a text, a number, true or false");
const count = v.pipe(number, v.integer("a whole number"), v.minValue(1, "a number from 1"));

const TREE = v.object(
  {
    children_left: anyArray,
    children_right: anyArray,
    feature: anyArray,
    threshold: anyArray,
    value: anyArray,
    missing_go_to_left: v.optional(anyArray),
    weighted_n_node_samples: v.optional(anyArray),
    n_node_samples: v.optional(anyArray),
    count: v.optional(anyArray),
    outputClass: v.optional(v.pipe(number, v.integer("a whole number"), v.minValue(0, "a number from 0")), 0),
    left_categories: v.optional(anyArray),
  },
  "an object",
);

const HEAD = {
  estimator: text,
  nFeatures: count,
  trees: v.pipe(anyArray, v.minLength(1, "an array of at least one tree")),
  featureNames: v.optional(v.array(text, "an array of texts")),
  classes: v.optional(v.array(v.array(label, "an array of labels"), "an array of arrays of labels")),
};

const FOREST = v.object({ ...HEAD, aggregate: v.optional(v.literal("mean", '"mean"'), "mean") }, "an object");
const BOOSTING = v.object({ ...HEAD, learning_rate: number, init: anyArray, numClass: count, loss: v.optional(text) }, "an object");
const HISTOGRAM = v.object(
  {
    ...HEAD,
    baseline: v.pipe(anyArray, v.minLength(1, "an array of at least one number")),
    loss: v.optional(text),
    isCategorical: v.optional(v.nullable(v.array(v.boolean("true or false"), "an array of true and false"))),
    categories: v.optional(v.nullable(v.array(v.nullable(v.array(label, "an array of labels")), "an array"))),
    knownCodes: v.optional(v.nullable(v.array(v.nullable(v.array(number, "an array of numbers")), "an array"))),
  },
  "an object",
);
const ISOLATION = v.object({ ...HEAD, features: anyArray, max_samples: count }, "an object");

/** One tree as the exporter writes it; arrays of numbers are checked where they are read. */
export type SklearnTree = v.InferOutput<typeof TREE>;
/** What all files have. */
export type SklearnHead = Pick<v.InferOutput<typeof FOREST>, keyof typeof HEAD>;
export type ForestFile = v.InferOutput<typeof FOREST>;
export type BoostingFile = v.InferOutput<typeof BOOSTING>;
export type HistogramFile = v.InferOutput<typeof HISTOGRAM>;
export type IsolationFile = v.InferOutput<typeof ISOLATION>;

/** Check the envelope of a file. @throws InputError at the first field that is missing or of another kind. */
export const readForestFile = (call: string, json: unknown): ForestFile => parseShape(call, FOREST, json);
export const readBoostingFile = (call: string, json: unknown): BoostingFile => parseShape(call, BOOSTING, json);
export const readHistogramFile = (call: string, json: unknown): HistogramFile => parseShape(call, HISTOGRAM, json);
export const readIsolationFile = (call: string, json: unknown): IsolationFile => parseShape(call, ISOLATION, json);
export const readSklearnTree = (call: string, json: unknown, where: string): SklearnTree => parseShape(call, TREE, json, where);
export const readEstimator = (call: string, json: unknown): string =>
  parseShape(call, v.object({ estimator: text }, "an object"), json).estimator;
