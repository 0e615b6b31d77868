import type { Warning } from "../errors.ts";
import { InputError, listNames } from "../errors.ts";
import type { Table } from "../table/index.ts";
import { addsUp, type AttributionIndex } from "./attribution-indexes.ts";
import { contributionTable } from "./contribution-table.ts";
import { sumGroups, keepTop } from "./explanation-groups.ts";
import { explanationFromJson, explanationToJson, type ExplanationJson } from "./explanation-json.ts";
import { explainRow, rankFeatures, reasonsFor } from "./explanation-readings.ts";
import type { FeatureImportance, Reason, ReasonOptions, RowExplanation } from "./explanation-readings.ts";

/** The rows that stand for "feature absent". */
export interface BackgroundSummary {
  readonly numRows: number;
  /** Sum of the weights; equals `numRows` for unweighted rows. */
  readonly totalWeight: number;
}

/** How sampled values were come by: what it takes to get them again, and to judge them. */
export interface SamplingSummary {
  readonly estimator: string;
  /** What stood for absent features: `marginal`, or how they were imputed. */
  readonly absentFeatures: string;
  /** The most coalitions of a row. */
  readonly budget: number;
  /** Coalitions that a row was given in the mean. */
  readonly coalitions: number;
  /** Products of three features that the regressions took in, in the mean over rows. */
  readonly terms: number;
  /** Synthetic rows that the coalitions asked for, and rows sent to the model: equal ones are sent once. */
  readonly rowsAsked: number;
  readonly rowsSent: number;
  readonly seed: number;
  /** Share of synthetic rows farther from the data than 95 % of the data themselves; null where it is not known. */
  readonly farRows: number | null;
  /** Largest difference of two answers to the same row, as a share of the spread of the answers. */
  readonly noise: number;
}

/** One player of the Shapley game: a column, or a group of columns. */
export interface ExplainedFeature {
  readonly name: string;
  /** What people call it. */
  readonly label: string;
  /** The columns of `data` that it stands for; one unless it is a group. */
  readonly columns: readonly string[];
}

/** What an explainer found: the fields of {@link Explanation}. */
export type ExplanationParts = Pick<
  Explanation,
  | "values"
  | "baseValues"
  | "predictions"
  | "standardErrors"
  | "backgroundErrors"
  | "certifiedErrors"
  | "data"
  | "features"
  | "outputNames"
  | "scale"
  | "units"
  | "method"
  | "background"
  | "sampling"
  | "warnings"
> & {
  /** @defaultValue "shapley" */
  readonly index?: AttributionIndex;
};

/**
 * Additive contributions to a model's predictions: for each row and output, `prediction = base value + sum of values`. (Banzhaf values alone do
 * not add up: see `isAdditive`.)
 * Every explainer returns this one shape, and every chart and report reads nothing else.
 */
export class Explanation {
  /** Contributions; numRows × numFeatures × numOutputs, row-major: `values[(row * numFeatures + feature) * numOutputs + output]`. */
  readonly values: Float64Array;
  /** What is predicted when no feature is known; numRows × numOutputs, row-major. */
  readonly baseValues: Float64Array;
  /** What the model predicts, on `scale`; numRows × numOutputs, row-major. */
  readonly predictions: Float64Array;
  /** Standard errors laid out like `values`, of estimates by sampling coalitions; absent where the method is exact. */
  readonly standardErrors?: Float64Array;
  /**
   * Standard errors laid out like `values`, of the averages over the background when its rows are a sample of more: apart from
   * `standardErrors`, and no smaller for more coalitions. Absent where they are not known.
   */
  readonly backgroundErrors?: Float64Array;
  /**
   * For each row and output, laid out like `predictions`: no more than this is what rounding adds to the prediction, the base value and all values
   * together, in absolute terms. Proven, not estimated, where the explainer can: Tree SHAP on the raw scale. See docs/maths/tree-shap.md.
   */
  readonly certifiedErrors?: Float64Array;
  /** The explained rows, in the columns that the features name. */
  readonly data: Table;
  readonly features: readonly ExplainedFeature[];
  readonly outputNames: readonly string[];
  /** The scale of values and predictions: `raw` (the model's margin) or `response`. */
  readonly scale: string;
  /** The unit of that scale in words, for axes: `log-odds`, `log of the mean`, or the response's own. */
  readonly units: string;
  /** How the values were computed, for example `tree-path-dependent`. */
  readonly method: string;
  /** Which values of the game they are. */
  readonly index: AttributionIndex;
  readonly background: BackgroundSummary | null;
  /** Where values are sampled. */
  readonly sampling?: SamplingSummary;
  readonly warnings: readonly Warning[];

  constructor(parts: ExplanationParts) {
    this.values = parts.values;
    this.baseValues = parts.baseValues;
    this.predictions = parts.predictions;
    if (parts.standardErrors) this.standardErrors = parts.standardErrors;
    if (parts.backgroundErrors) this.backgroundErrors = parts.backgroundErrors;
    if (parts.certifiedErrors) this.certifiedErrors = parts.certifiedErrors;
    this.data = parts.data;
    this.features = parts.features;
    this.outputNames = parts.outputNames;
    this.scale = parts.scale;
    this.units = parts.units;
    this.method = parts.method;
    this.index = parts.index ?? "shapley";
    this.background = parts.background;
    if (parts.sampling) this.sampling = parts.sampling;
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

  /** Whether values sum to prediction minus base value: all but Banzhaf values do. */
  get isAdditive(): boolean {
    return addsUp(this.index);
  }

  /**
   * `prediction - base value - sum of values`, numRows × numOutputs: zero but for rounding when the values are right; of Banzhaf values, what they
   * leave over.
   */
  get additivityResiduals(): Float64Array {
    const { numFeatures: p, numOutputs: k } = this;
    return this.predictions.map((prediction, cell) => {
      const row = Math.floor(cell / k);
      let sum = this.baseValues[cell];
      for (let j = 0; j < p; j++) sum += this.values[(row * p + j) * k + (cell % k)];
      return prediction - sum;
    });
  }

  /** The contribution of one feature to one prediction. */
  value(row: number, feature: number, output = 0): number {
    return this.values[(row * this.numFeatures + feature) * this.numOutputs + output];
  }

  /** One row's explanation as data, strongest contribution first. */
  row(index: number, output: string | number = 0): RowExplanation {
    return explainRow(this, index, this.outputIndex("Explanation.row", output));
  }

  /** The same explanation for one output alone. */
  output(name: string | number): Explanation {
    const chosen = this.outputIndex("Explanation.output", name);
    const k = this.numOutputs;
    const pick = (all: Float64Array): Float64Array => {
      const one = new Float64Array(all.length / k);
      for (let i = 0; i < one.length; i++) one[i] = all[i * k + chosen];
      return one;
    };
    return new Explanation({
      ...this.parts(),
      values: pick(this.values),
      baseValues: pick(this.baseValues),
      predictions: pick(this.predictions),
      ...(this.standardErrors ? { standardErrors: pick(this.standardErrors) } : {}),
      ...(this.backgroundErrors ? { backgroundErrors: pick(this.backgroundErrors) } : {}),
      ...(this.certifiedErrors ? { certifiedErrors: pick(this.certifiedErrors) } : {}),
      outputNames: [this.outputNames[chosen]],
    });
  }

  /** Mean absolute contribution of each feature, largest first. */
  importance(output: string | number = 0): FeatureImportance[] {
    return rankFeatures(this, this.outputIndex("Explanation.importance", output));
  }

  /** The `k` most important features (over all outputs) and one feature that sums the others, so that additivity holds. */
  top(k: number): Explanation {
    return new Explanation(keepTop(this, k));
  }

  /** Sums features into named groups: `{ housing: ["rent", "own"] }`. Features that no group names stay alone. */
  group(groups: Readonly<Record<string, readonly string[]>>): Explanation {
    return new Explanation(sumGroups(this, groups));
  }

  /** The features that pushed one prediction most, strongest first. */
  reasons(row: number, options: ReasonOptions = {}): Reason[] {
    return reasonsFor(this, row, options, this.outputIndex("Explanation.reasons", options.output ?? 0));
  }

  /**
   * One flat table, a row for each row: `prediction`, `base_value`, then `contribution_NAME` for each feature, and where values are estimates
   * `standard_error_NAME`. With several outputs each name ends in `_OUTPUT`.
   */
  toTable(): Table {
    return contributionTable(this);
  }

  /** Plain JSON with every field; `Explanation.fromJSON` restores it to the bit. */
  toJSON(): ExplanationJson {
    return explanationToJson(this);
  }

  static fromJSON(json: unknown): Explanation {
    return new Explanation(explanationFromJson(json));
  }

  /** The fields alone, to make a changed copy of. */
  parts(): ExplanationParts {
    return { ...this };
  }

  private outputIndex(call: string, output: string | number): number {
    const index = typeof output === "number" ? output : this.outputNames.indexOf(output);
    if (Number.isInteger(index) && index >= 0 && index < this.numOutputs) return index;
    throw new InputError({
      call,
      argument: "output",
      expected: `one of ${listNames(this.outputNames)}, or its position`,
      received: JSON.stringify(output),
      mend: "See explanation.outputNames.",
    });
  }
}
