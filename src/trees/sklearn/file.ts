import * as v from "valibot";
import { anyArray, parseShape } from "../parse-shape.ts";

/** Arrays whose numbers are checked where they are read. */
type Numbers = readonly unknown[];
/** What a class or a category is called. */
export type Label = string | number | boolean;

/** One tree as the exporter writes it. */
export interface SklearnTree {
  readonly children_left: Numbers;
  readonly children_right: Numbers;
  readonly feature: Numbers;
  readonly threshold: Numbers;
  readonly value: Numbers;
  readonly missing_go_to_left?: Numbers | undefined;
  readonly weighted_n_node_samples?: Numbers | undefined;
  readonly n_node_samples?: Numbers | undefined;
  readonly count?: Numbers | undefined;
  readonly outputClass: number;
  readonly left_categories?: Numbers | undefined;
}

/** What all files have. */
export interface SklearnHead {
  readonly estimator: string;
  readonly nFeatures: number;
  /** One at least. */
  readonly trees: readonly unknown[];
  readonly featureNames?: readonly string[] | undefined;
  /** One list a target. */
  readonly classes?: readonly (readonly Label[])[] | undefined;
}

export interface BoostingFile extends SklearnHead {
  readonly learning_rate: number;
  readonly init: Numbers;
  readonly numClass: number;
  readonly loss?: string | undefined;
}

export interface HistogramFile extends SklearnHead {
  readonly baseline: Numbers;
  readonly loss?: string | undefined;
  readonly isCategorical?: readonly boolean[] | null | undefined;
  readonly categories?: readonly (readonly Label[] | null)[] | null | undefined;
  readonly knownCodes?: readonly (Numbers | null)[] | null | undefined;
}

export interface IsolationFile extends SklearnHead {
  readonly features: readonly unknown[];
  readonly max_samples: number;
}

const text = v.string("a text");
const number = v.number("a number");
const labels = v.array(v.union([text, number, v.boolean()], "a text, a number, true or false"), "an array of labels");
const count = v.pipe(number, v.integer("a whole number"), v.minValue(1, "a number from 1"));
const head = {
  estimator: text,
  nFeatures: count,
  trees: v.pipe(anyArray, v.minLength(1, "an array of at least one tree")),
  featureNames: v.optional(v.array(text, "an array of texts")),
  classes: v.optional(v.array(labels, "an array of arrays of labels")),
};

/** Checks the envelope of a tree. @throws InputError at the first field that is missing or of another kind; so do all below */
export function readSklearnTree(call: string, json: unknown, where: string): SklearnTree {
  const shape = v.object(
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
  return parseShape(call, shape, json, where);
}

export function readEstimator(call: string, json: unknown): string {
  return parseShape(call, v.object({ estimator: text }, "an object"), json).estimator;
}

export function readForestFile(call: string, json: unknown): SklearnHead {
  return parseShape(call, v.object({ ...head, aggregate: v.optional(v.literal("mean", '"mean"')) }, "an object"), json);
}

export function readBoostingFile(call: string, json: unknown): BoostingFile {
  const shape = {
    ...head,
    learning_rate: v.pipe(number, v.finite("a finite number")),
    init: anyArray,
    numClass: count,
    loss: v.optional(text),
  };
  return parseShape(call, v.object(shape, "an object"), json);
}

export function readHistogramFile(call: string, json: unknown): HistogramFile {
  const shape = {
    ...head,
    baseline: v.pipe(anyArray, v.minLength(1, "an array of at least one number")),
    loss: v.optional(text),
    isCategorical: v.nullish(v.array(v.boolean("true or false"), "an array of true and false")),
    categories: v.nullish(v.array(v.nullable(labels), "an array")),
    knownCodes: v.nullish(v.array(v.nullable(anyArray), "an array")),
  };
  return parseShape(call, v.object(shape, "an object"), json);
}

export function readIsolationFile(call: string, json: unknown): IsolationFile {
  return parseShape(call, v.object({ ...head, features: anyArray, max_samples: count }, "an object"), json);
}
