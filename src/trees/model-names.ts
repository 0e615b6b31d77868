import { listNames } from "../errors.ts";
import { damagedFile } from "./damaged-file.ts";

/** More columns than this without names would be numbers in a damaged file. */
const MOST_UNNAMED = 100_000;

/** x0, x1, …: the names of columns whose file gives none. @throws InputError beyond what a model can hold. */
export function defaultNames(call: string, numFeatures: number): string[] {
  if (numFeatures > MOST_UNNAMED) {
    throw damagedFile(call, "the number of features without names", `at most ${MOST_UNNAMED}`, String(numFeatures));
  }
  return Array.from({ length: numFeatures }, (_, j) => `x${j}`);
}

/** @throws InputError where there are not `numFeatures` names, all distinct. */
export function checkFeatureNames(call: string, names: readonly string[], numFeatures: number): void {
  if (names.length !== numFeatures || numFeatures === 0) {
    throw damagedFile(call, "feature_names", `${Math.max(1, numFeatures)} names`, String(names.length));
  }
  const seen = new Set<string>();
  const again = names.find((name) => seen.size === seen.add(name).size);
  if (again !== undefined) throw damagedFile(call, "feature_names", "distinct", `${listNames([again])} twice`);
}

/** `output`, or one name an output: `class 0`, `class 1`, … */
export function nameOutputs(numOutputs: number, kind: "class" | "target"): string[] {
  return numOutputs === 1 ? ["output"] : Array.from({ length: numOutputs }, (_, k) => `${kind} ${k}`);
}
