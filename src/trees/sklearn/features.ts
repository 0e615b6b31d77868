import type { ModelFeature } from "../encoded-rows.ts";
import { checkFeatureNames, defaultNames } from "../model-names.ts";
import type { SklearnHead } from "./file.ts";

/** The columns' names: x0, x1, … where the model was trained without. @throws InputError where names repeat or their number is wrong */
export function nameColumns(call: string, { featureNames, nFeatures }: SklearnHead): readonly string[] {
  const names = featureNames ?? defaultNames(call, nFeatures);
  checkFeatureNames(call, names, nFeatures);
  return names;
}

export function numericFeatures(call: string, head: SklearnHead): ModelFeature[] {
  return nameColumns(call, head).map((name) => ({ name, kind: "numeric", levels: null }));
}
