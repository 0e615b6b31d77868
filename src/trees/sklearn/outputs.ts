import { listNames } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import { nameOutputs } from "../model-names.ts";
import type { Label } from "./file.ts";

type Labels = readonly (readonly Label[])[];

/**
 * Names of a forest's outputs: the classes of a classifier, target after target, or the targets of a regressor.
 *
 * @throws InputError where the classes are not distinct.
 */
export function nameForestOutputs(call: string, estimator: string, classes: Labels | undefined, width: number): readonly string[] {
  if (!estimator.endsWith("Classifier")) return nameOutputs(width, "target");
  if (classes === undefined) return nameOutputs(width, "class");
  const names = classes.flatMap((labels, k) =>
    labels.map((label) => (classes.length === 1 ? String(label) : `target ${k}: ${String(label)}`)),
  );
  return checkNames(call, names, width);
}

/** Names of a boosted model's outputs: classes, or `output` where there is one, the last class of two or the target. */
export function nameBoostedOutputs(call: string, classes: Labels | undefined, numOutputs: number): readonly string[] {
  if (numOutputs === 1 || classes === undefined) return nameOutputs(numOutputs, "class");
  return checkNames(call, (classes[0] ?? []).map(String), numOutputs);
}

function checkNames(call: string, names: readonly string[], numOutputs: number): readonly string[] {
  if (names.length !== numOutputs) throw damagedFile(call, "classes", `${numOutputs} labels`, String(names.length));
  const again = names.find((name, k) => names.indexOf(name) < k);
  if (again !== undefined) throw damagedFile(call, "classes", "distinct", `${listNames([again])} twice`);
  return names;
}
