import { InputError, describeReceived, listNames, refuseUnknownOptions } from "../../errors.ts";
import { Table, nearestNames } from "../../table/index.ts";
import type { Matrix, TableLike } from "../../table/index.ts";
import { TreeEnsemble, sourcesOf } from "../../trees/index.ts";
import type { EncodedRows, ModelFeature, PredictionScale } from "../../trees/index.ts";
import { readWeights } from "../background-weights.ts";

/** What the pictures of a model of trees take. */
export interface TreeEffectOptions {
  /** The rows whose other columns the model sees: a table, or a matrix in the model's column order. */
  readonly data: TableLike | Matrix;
  /** One weight a row. @defaultValue all alike */
  readonly weights?: ArrayLike<number>;
  /** The raw scale, on which trees add up, or the response. @defaultValue "raw" */
  readonly output?: PredictionScale;
}

/** What of the call is common to all effects, checked. */
export interface EffectSetting {
  readonly call: string;
  readonly ensemble: TreeEnsemble;
  readonly feature: ModelFeature;
  /** The column of the feature in `rows`. */
  readonly column: number;
  readonly rows: EncodedRows;
  readonly weights: Float64Array;
  readonly output: PredictionScale;
  readonly label: string;
  readonly unit: string;
}

/** What the values of an effect are, and of what. */
export interface EffectOfFeature {
  readonly feature: string;
  /** What people call the feature. */
  readonly label: string;
  /** The unit of a numeric feature's values; empty where none is known. */
  readonly unit: string;
  readonly kind: "numeric" | "categorical";
  readonly output: PredictionScale;
  readonly outputNames: readonly string[];
  /** The unit of the effect in words, for example `log-odds`; empty where it is the response's own. */
  readonly units: string;
}

/** Checks what every effect is asked with. @param own - names of the options that this one takes besides */
export function readSetting(
  call: string,
  ensemble: TreeEnsemble,
  feature: string,
  options: TreeEffectOptions,
  own: readonly string[],
): EffectSetting {
  if (!(ensemble instanceof TreeEnsemble)) {
    throw inputError(call, "ensemble", "a TreeEnsemble", ensemble, "Read one with importLightgbm or importXgboost.");
  }
  refuseUnknownOptions(call, options, ["data", "weights", "output", ...own]);
  const { data, output = "raw" } = options;
  if (output !== "raw" && output !== "response") throw inputError(call, "output", '"raw" or "response"', output, 'Leave it out for "raw".');
  const column = findFeature(call, ensemble, feature);
  if (data === undefined) throw inputError(call, "data", "a table or a matrix", data, "Give the training rows, or rows like them.");
  const rows = ensemble.encode(data, call);
  const described = data instanceof Table ? data.column(feature).description : {};
  const { label = feature, unit = "" } = described;
  const weights = readWeights(call, rows.numRows, options.weights, "weights");
  return { call, ensemble, feature: ensemble.features[column], column, rows, weights, output, label, unit };
}

/** What a result tells of its making. */
export function describeSetting({ ensemble, feature, output, label, unit }: EffectSetting): EffectOfFeature {
  const { outputNames, link } = ensemble;
  const units = output === "raw" ? link.units : "";
  return { feature: feature.name, label, unit, kind: feature.kind, output, outputNames, units };
}

function findFeature(call: string, { featureNames, derivedColumns }: TreeEnsemble, feature: string): number {
  const column = featureNames.indexOf(feature);
  if (column < 0) {
    const near = nearestNames(typeof feature === "string" ? feature : "", featureNames);
    const mend = near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "See ensemble.featureNames.";
    throw inputError(call, "feature", `one of ${listNames(featureNames)}`, feature, mend);
  }
  if (!derivedColumns?.columns.some((_, derived) => sourcesOf(derivedColumns, derived).includes(column))) return column;
  const mend = "Predict with the column replaced by each of its values, and average.";
  const expected = "a feature that no statistics of categories are made from";
  throw new InputError({ call, argument: "feature", expected, received: JSON.stringify(feature), mend });
}

/** An {@link InputError} of one argument. */
export function inputError(call: string, argument: string, expected: string, received: unknown, mend: string): InputError {
  return new InputError({ call, argument, expected, received: describeReceived(received), mend });
}
