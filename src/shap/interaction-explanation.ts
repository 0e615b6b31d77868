import type { Warning } from "../errors.ts";
import type { Table } from "../table/index.ts";
import type { AttributionIndex } from "./attribution-indexes.ts";
import { Explanation, type BackgroundSummary, type ExplainedFeature } from "./explanation.ts";

/** What an explainer of interactions found: the fields of {@link InteractionExplanation}. */
export type InteractionParts = Omit<
  InteractionExplanation,
  "numRows" | "numFeatures" | "numOutputs" | "featureNames" | "value" | "totals" | "index"
> & {
  /** @defaultValue "shapley" */
  readonly index?: AttributionIndex;
};

/**
 * Contributions of pairs of features to predictions. In SHAP's convention a pair's interaction is shared equally between (i, j) and (j, i), what a
 * feature does alone stands on the diagonal, and a feature's row sums to its own value (`index` says which: Shapley or Banzhaf).
 *
 * @see Lundberg, Erion and Lee (2018), arXiv:1802.03888, section 4
 */
export class InteractionExplanation {
  /** numRows × numFeatures × numFeatures × numOutputs, row-major; symmetric in the features. */
  readonly values: Float64Array;
  /** Laid out like `values`, where the values are sampled estimates. */
  readonly standardErrors?: Float64Array;
  /** numRows × numOutputs, row-major. */
  readonly baseValues: Float64Array;
  /** numRows × numOutputs, row-major; base value and sum of Shapley values. */
  readonly predictions: Float64Array;
  readonly data: Table;
  readonly features: readonly ExplainedFeature[];
  readonly outputNames: readonly string[];
  readonly scale: string;
  readonly units: string;
  readonly method: string;
  readonly index: AttributionIndex;
  readonly background: BackgroundSummary | null;
  readonly warnings: readonly Warning[];

  constructor(parts: InteractionParts) {
    this.values = parts.values;
    if (parts.standardErrors) this.standardErrors = parts.standardErrors;
    this.baseValues = parts.baseValues;
    this.predictions = parts.predictions;
    this.data = parts.data;
    this.features = parts.features;
    this.outputNames = parts.outputNames;
    this.scale = parts.scale;
    this.units = parts.units;
    this.method = parts.method;
    this.index = parts.index ?? "shapley";
    this.background = parts.background;
    this.warnings = parts.warnings;
  }

  get numRows(): number {
    return this.data.numRows;
  }

  get numFeatures(): number {
    return this.features.length;
  }

  get numOutputs(): number {
    return this.outputNames.length;
  }

  get featureNames(): string[] {
    return this.features.map((feature) => feature.name);
  }

  /** The share of one feature in its interaction with another, or with itself what it does alone. */
  value(row: number, feature: number, other: number, output = 0): number {
    return this.values[((row * this.numFeatures + feature) * this.numFeatures + other) * this.numOutputs + output];
  }

  /** The features' own values: each the sum of its row. */
  totals(): Explanation {
    const { numRows, numFeatures: p, numOutputs: k } = this;
    const values = new Float64Array(numRows * p * k);
    for (let cell = 0; cell < values.length; cell++) {
      const start = Math.floor(cell / k) * p * k + (cell % k);
      for (let other = 0; other < p; other++) values[cell] += this.values[start + other * k];
    }
    const { baseValues, predictions, data, features, outputNames, scale, units, method, index, background, warnings } = this;
    const found = { values, baseValues, predictions, data, features, outputNames };
    return new Explanation({ ...found, scale, units, method, index, background, warnings });
  }
}
