import * as v from "valibot";
import { anyArray, parseShape } from "../parse-shape.ts";

/** Arrays whose numbers are checked where they are read. */
type Numbers = readonly unknown[];

interface FloatFeatureJson {
  readonly feature_index: number;
  readonly flat_feature_index: number;
  readonly feature_id: string;
  readonly feature_name?: string | undefined;
  readonly nan_value_treatment: "AsIs" | "AsFalse" | "AsTrue";
  readonly borders?: Numbers | null | undefined;
}

interface CategoricalFeatureJson {
  readonly feature_index: number;
  readonly flat_feature_index: number;
  readonly feature_id: string;
  readonly feature_name?: string | undefined;
  /** Hashes of the categories that one-hot tests name. */
  readonly values?: Numbers | null | undefined;
}

export interface CtrElementJson {
  readonly combination_element: "cat_feature_value" | "float_feature" | "cat_feature_exact_value";
  readonly cat_feature_index?: number | undefined;
  readonly float_feature_index?: number | undefined;
  readonly border?: number | undefined;
  readonly value?: number | undefined;
}

export interface CtrJson {
  readonly identifier: string;
  readonly elements: readonly CtrElementJson[];
  readonly ctr_type: "Borders" | "Buckets" | "BinarizedTargetMeanValue" | "FloatTargetMeanValue" | "Counter" | "FeatureFreq";
  readonly prior_numerator: number;
  readonly prior_denomerator: number;
  readonly shift: number;
  readonly scale: number;
  readonly target_border_idx: number;
  readonly borders: Numbers;
}

export interface CtrTableJson {
  readonly hash_map: Numbers;
  readonly hash_stride: number;
  readonly counter_denominator: number;
}

export interface SplitJson {
  readonly split_type: "FloatFeature" | "OneHotFeature" | "OnlineCtr";
  readonly float_feature_index?: number | undefined;
  readonly cat_feature_index?: number | undefined;
  readonly border?: number | undefined;
  readonly value?: number | undefined;
  readonly split_index?: number | undefined;
}

/** The parts of a CatBoost model file that make predictions. */
export interface CatboostFile {
  readonly modelInfo: Readonly<Record<string, unknown>>;
  readonly floatFeatures: readonly FloatFeatureJson[];
  readonly categoricalFeatures: readonly CategoricalFeatureJson[];
  readonly ctrs: readonly CtrJson[];
  readonly ctrData: Readonly<Record<string, unknown>>;
  /** Names of categories by their hash, where the file has them. */
  readonly categoryNames: readonly { readonly hash: number; readonly value: string }[];
  /** Symmetric trees; null for a model of others. */
  readonly symmetricTrees: readonly unknown[] | null;
  readonly otherTrees: readonly unknown[] | null;
  readonly scale: number;
  /** None, one, or one an output. */
  readonly bias: readonly number[];
}

const text = v.string("a text");
const number = v.pipe(v.number("a number"), v.finite("a finite number"));
const index = v.pipe(number, v.integer("a whole number"), v.minValue(0, "a number from 0"), v.maxValue(2 ** 31 - 1, "a smaller number"));
const anyObject = v.record(v.string(), v.unknown(), "an object");
const named = { feature_index: index, flat_feature_index: index, feature_id: v.optional(text, ""), feature_name: v.optional(text) };
const list = <T extends v.GenericSchema>(item: T): v.OptionalSchema<v.NullableSchema<v.ArraySchema<T, string>, undefined>, undefined> =>
  v.optional(v.nullable(v.array(item, "an array")));

/** Checks the envelope of a model file. @throws InputError at the first field that is missing or of another kind */
export function readCatboostFile(call: string, json: unknown): CatboostFile {
  const features = v.object(
    {
      float_features: list(
        v.object(
          {
            ...named,
            borders: v.optional(v.nullable(anyArray)),
            nan_value_treatment: v.optional(v.picklist(["AsIs", "AsFalse", "AsTrue"], '"AsIs", "AsFalse" or "AsTrue"'), "AsIs"),
          },
          "an object",
        ),
      ),
      categorical_features: list(v.object({ ...named, values: v.optional(v.nullable(anyArray)) }, "an object")),
      ctrs: list(ctrSchema()),
      cat_features_hash: list(v.object({ hash: number, value: text }, "an object")),
      text_features: v.optional(v.nullable(v.pipe(anyArray, v.maxLength(0, "no text features, which vitrine does not read")))),
    },
    "an object",
  );
  const shape = v.object(
    {
      model_info: v.optional(anyObject, {}),
      features_info: features,
      ctr_data: v.optional(v.nullable(anyObject)),
      oblivious_trees: v.optional(v.nullable(anyArray)),
      trees: v.optional(v.nullable(anyArray)),
      scale_and_bias: v.optional(v.tuple([number, v.union([number, v.array(number), v.null()], "a number or an array of numbers")])),
    },
    "an object",
  );
  const file = parseShape(call, shape, json);
  const [scale, bias] = file.scale_and_bias ?? [1, null];
  return {
    modelInfo: file.model_info,
    floatFeatures: file.features_info.float_features ?? [],
    categoricalFeatures: file.features_info.categorical_features ?? [],
    ctrs: file.features_info.ctrs ?? [],
    ctrData: file.ctr_data ?? {},
    categoryNames: file.features_info.cat_features_hash ?? [],
    symmetricTrees: file.oblivious_trees ?? null,
    otherTrees: file.trees ?? null,
    scale,
    bias: bias === null ? [] : Array.isArray(bias) ? bias : [bias],
  };
}

function ctrSchema(): v.GenericSchema<unknown, CtrJson> {
  const element = v.object(
    {
      combination_element: v.picklist(["cat_feature_value", "float_feature", "cat_feature_exact_value"], "a kind of element"),
      cat_feature_index: v.optional(index),
      float_feature_index: v.optional(index),
      border: v.optional(number),
      value: v.optional(number),
    },
    "an object",
  );
  const types = ["Borders", "Buckets", "BinarizedTargetMeanValue", "FloatTargetMeanValue", "Counter", "FeatureFreq"] as const;
  return v.object(
    {
      identifier: text,
      elements: v.array(element, "an array"),
      ctr_type: v.picklist(types, `one of ${types.join(", ")}`),
      prior_numerator: number,
      prior_denomerator: number,
      shift: number,
      scale: number,
      target_border_idx: index,
      borders: anyArray,
    },
    "an object",
  );
}

/** One table of counts. */
export function readCtrTableJson(call: string, json: unknown, where: string): CtrTableJson {
  const stride = v.pipe(index, v.minValue(2, "a number from 2"));
  const shape = v.object({ hash_map: anyArray, hash_stride: stride, counter_denominator: v.optional(number, 0) }, "an object");
  return parseShape(call, shape, json, where);
}

const splitSchema: v.GenericSchema<unknown, SplitJson> = v.object(
  {
    split_type: v.picklist(["FloatFeature", "OneHotFeature", "OnlineCtr"], '"FloatFeature", "OneHotFeature" or "OnlineCtr"'),
    float_feature_index: v.optional(index),
    cat_feature_index: v.optional(index),
    border: v.optional(number),
    value: v.optional(number),
    split_index: v.optional(index),
  },
  "an object",
);

export function readSplitJson(call: string, json: unknown, where: string): SplitJson {
  return parseShape(call, splitSchema, json, where);
}

/** A symmetric tree. */
export interface SymmetricTreeJson {
  readonly splits: readonly unknown[];
  readonly leaf_values: Numbers;
  readonly leaf_weights?: Numbers | null | undefined;
}

export function readSymmetricTreeJson(call: string, json: unknown, where: string): SymmetricTreeJson {
  const shape = v.object(
    { splits: v.nullish(anyArray), leaf_values: anyArray, leaf_weights: v.optional(v.nullable(anyArray)) },
    "an object",
  );
  const tree = parseShape(call, shape, json, where);
  return { ...tree, splits: tree.splits ?? [] };
}
