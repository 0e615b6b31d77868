import { damagedFile } from "../damaged-file.ts";
import { hashCategory } from "../derived/city-hash.ts";
import { categoryChecker, type DerivedColumns } from "../derived/derived-columns.ts";
import type { ModelFeature } from "../encoded-rows.ts";
import { readIntegers } from "../json-numbers.ts";
import { checkFeatureNames } from "../model-names.ts";
import type { CatboostFile } from "./file.ts";

/** Where the features of a file stand among the model's columns. */
export interface CatboostColumns {
  readonly names: readonly string[];
  readonly isCategorical: readonly boolean[];
  /** Columns by the file's index of numeric features. */
  readonly numeric: ReadonlyMap<number, number>;
  /** Columns by the file's index of categorical features. */
  readonly categorical: ReadonlyMap<number, number>;
  /** Whether a missing value is above every border; one a column. */
  readonly missingAbove: readonly boolean[];
  /** Hashes of the categories that one-hot tests name; null for numeric columns. */
  readonly named: readonly (Int32Array | null)[];
}

/** Orders the features as the columns of training stood. @throws InputError where an index or a name comes twice, or there are none */
export function readColumns(call: string, { floatFeatures, categoricalFeatures }: CatboostFile): CatboostColumns {
  const all = [
    ...floatFeatures.map((feature) => ({ ...feature, categorical: false, values: [] as readonly unknown[] })),
    ...categoricalFeatures.map((feature) => ({
      ...feature,
      categorical: true,
      values: feature.values ?? [],
      nan_value_treatment: "AsIs" as const,
    })),
  ].sort((a, b) => a.flat_feature_index - b.flat_feature_index);
  const repeated = all.find((feature, j) => j > 0 && feature.flat_feature_index === all[j - 1].flat_feature_index);
  if (repeated) throw damagedFile(call, "flat_feature_index", "distinct", `${repeated.flat_feature_index} twice`);
  const given = all.map((feature) => feature.feature_name || feature.feature_id);
  const unnamed = all.every((feature, j) => given[j] === "" || given[j] === String(feature.flat_feature_index));
  const names = all.map((feature, j) => (unnamed || given[j] === "" ? `x${feature.flat_feature_index}` : given[j]));
  checkFeatureNames(call, names, all.length);
  const byIndex = (categorical: boolean): Map<number, number> =>
    new Map(all.flatMap((feature, j) => (feature.categorical === categorical ? [[feature.feature_index, j] as const] : [])));
  const columns = { numeric: byIndex(false), categorical: byIndex(true) };
  if (columns.numeric.size + columns.categorical.size < all.length) throw damagedFile(call, "feature_index", "distinct", "one twice");
  return {
    names,
    ...columns,
    isCategorical: all.map((feature) => feature.categorical),
    missingAbove: all.map((feature) => feature.nan_value_treatment === "AsTrue"),
    named: all.map(({ categorical, values }, j) =>
      categorical
        ? Int32Array.from(readIntegers({ call, name: `values of ${names[j]}` }, values, values.length, -(2 ** 31), 2 ** 32 - 1))
        : null,
    ),
  };
}

/** The features with the names of their categories, where the file gives these by hash. */
export function describeFeatures(
  { names, isCategorical }: CatboostColumns,
  categoryNames: CatboostFile["categoryNames"],
  derived: DerivedColumns,
): ModelFeature[] {
  const texts = [...new Set(categoryNames.map(({ value }) => value))].sort();
  const hashes = texts.map(hashCategory);
  return names.map((name, j): ModelFeature => {
    if (!isCategorical[j]) return { name, kind: "numeric", levels: null };
    const knows = categoryChecker(derived, j);
    const levels = texts.filter((_, i) => knows(hashes[i]));
    return { name, kind: "categorical", levels: levels.length > 0 ? levels : null };
  });
}
