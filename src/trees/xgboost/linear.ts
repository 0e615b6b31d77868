import { readNumbers } from "../json-numbers.ts";
import { damagedFile } from "../damaged-file.ts";
import type { LinearTerms } from "../linear-terms.ts";
import type { BaseScores } from "./base-scores.ts";
import type { XgboostFile } from "./file.ts";

/** A linear booster: what each column counts, and what every row starts from. */
export interface LinearBooster {
  readonly terms: LinearTerms;
  /** One an output. */
  readonly biases: Float64Array;
}

/** Reads a linear booster; null where the model is of trees. @throws InputError where weights are too few, too many or not finite. */
export function readLinearBooster(call: string, { linearWeights, numFeature, numOutputs }: XgboostFile): LinearBooster | null {
  if (linearWeights === null) return null;
  const weights = readNumbers({ call, name: "weights" }, linearWeights, (numFeature + 1) * numOutputs).map(Math.fround);
  const bad = weights.findIndex((weight) => !Number.isFinite(weight));
  if (bad >= 0) throw damagedFile(call, `weights[${bad}]`, "a finite number", String(weights[bad]));
  const end = numFeature * numOutputs;
  return { terms: { weights: weights.slice(0, end) }, biases: weights.slice(end) };
}

/** What sums start from: a linear booster gives the first base score to every output, even where there is one for each. */
export function addBiases({ double, single }: BaseScores, biases: Float64Array): BaseScores {
  return { double: double.map((_, k) => double[0] + biases[k]), single: single.map((_, k) => single[0] + biases[k]) };
}
