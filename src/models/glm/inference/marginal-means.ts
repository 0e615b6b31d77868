import { describeReceived, InputError, refuseUnknownOptions, type Warning } from "../../../errors.ts";
import { checkRecord } from "../check-record.ts";
import type { GlmFit } from "../glm-fit.ts";
import { knownCovariance } from "../covariance.ts";
import { zeroAliased } from "../zero-aliased.ts";
import { findEstimable } from "./aliases.ts";
import { checkLevel, checkWord } from "./checks.ts";
import { gridPlace, nameValue } from "./grid.ts";
import { hasRatios, pairwiseContrasts } from "./pairwise-contrasts.ts";
import type { Contrasts, ContrastOptions } from "./pairwise-contrasts.ts";
import { averageForms, referenceGrid } from "./reference-grid.ts";
import type { GridValues, GridWeights, ReferenceGrid } from "./reference-grid.ts";
import { referenceDistribution } from "./reference-distribution.ts";
import { estimateForms } from "./wald.ts";
import type { FormEstimates, LinearForms } from "./wald.ts";

/** Options of `GlmModel.marginalMeans`. */
export interface MarginalMeansOptions {
  /**
   * Values of columns by name, one or several: numbers of a covariate, levels of a factor. Several values of a column that is not asked about
   * are averaged over. @defaultValue numbers at their mean over the training rows, factors at all levels
   */
  readonly at?: GridValues;
  /** Whether the levels averaged over count alike, or in proportion to the training rows (their weights) that have them. @defaultValue "equal" */
  readonly weights?: GridWeights;
  /** The linear predictor, or the response. Averages are taken on the scale of the link, then transformed. @defaultValue "response" */
  readonly scale?: "link" | "response";
  /** @defaultValue 0.95 */
  readonly level?: number;
}

/** The prediction for some levels, averaged over the other factors. */
export interface MarginalMean {
  /** Value of each column asked about. */
  readonly at: Readonly<Record<string, string | number>>;
  /** NaN where the data leave it open, see `warnings`. */
  readonly estimate: number;
  readonly standardError: number;
  /** Of the t quantiles; Infinity for normal ones. */
  readonly degreesOfFreedom: number;
  readonly low: number;
  readonly high: number;
}

/** Estimated marginal means. */
export interface MarginalMeans {
  /** The columns asked about. */
  readonly terms: readonly string[];
  readonly scale: "link" | "response";
  readonly weights: GridWeights;
  readonly level: number;
  /** One a combination of their values; the last column varies fastest. */
  readonly rows: readonly MarginalMean[];
  readonly warnings: readonly Warning[];
  /** Every two of them compared. */
  contrasts(options?: ContrastOptions): Contrasts;
}

/** @see Searle, Speed and Milliken (1980), doi:10.1080/00031305.1980.10483031; Lenth, R package emmeans */
export function marginalMeans(fit: GlmFit, terms: string | readonly string[], options: MarginalMeansOptions = {}): MarginalMeans {
  const call = "GlmModel.marginalMeans";
  refuseUnknownOptions(call, options, ["at", "weights", "scale", "level"]);
  const { at = {}, weights = "equal", scale = "response", level = 0.95 } = options;
  checkWord(call, "weights", weights, ["equal", "proportional"]);
  checkWord(call, "scale", scale, ["link", "response"]);
  checkLevel(call, level);
  const names = readTerms(call, terms);
  const covariance = knownCovariance(call, fit);
  checkRecord(call, "at", at, "values by column");
  const grid = referenceGrid(call, fit, names, at);
  const forms = averageForms(call, fit, grid, weights);
  const { found, warnings, labels } = estimateMeans(call, fit, { grid, forms, covariance });
  const quantile = referenceDistribution(fit).quantile((1 - level) / 2);
  const contrastScale = scale === "link" ? "link" : hasRatios(fit) ? "ratio" : "response";
  return {
    terms: names,
    scale,
    weights,
    level,
    rows: labels.map((values, k) => meanOnScale(fit, found, { at: values, k, quantile, scale })),
    warnings,
    contrasts: (chosen = {}) => pairwiseContrasts(fit, found, labels, { level, scale: contrastScale, ...chosen }),
  };
}

interface MeansRequest {
  readonly grid: ReferenceGrid;
  readonly forms: LinearForms;
  readonly covariance: Float64Array;
}

type Labels = Readonly<Record<string, string | number>>;

function estimateMeans(
  call: string,
  fit: GlmFit,
  { grid, forms, covariance }: MeansRequest,
): { found: FormEstimates; warnings: Warning[]; labels: Labels[] } {
  const labels = Array.from(forms.constants, (_, k): Labels =>
    Object.fromEntries(grid.targets.map(({ input, values }, t) => [input.name, nameValue(input, values[gridPlace(grid.targets, t, k)])])),
  );
  const estimable = findEstimable(call, fit, forms);
  const p = fit.estimates.length;
  const matrix = forms.matrix.map((entry, cell) => (fit.aliased[cell % p] ? 0 : entry));
  const known = estimateForms({ matrix, constants: forms.constants }, zeroAliased(fit.estimates), covariance);
  const values = known.values.map((value, k) => (estimable[k] ? value : NaN));
  const subjects = labels.filter((_, k) => !estimable[k]).map((label) => Object.values(label).join(" "));
  const message = `The data do not tell ${subjects.join(", ")}: combinations that no row has would be needed.`;
  const warnings = subjects.length > 0 ? [{ name: "notEstimable", message, subjects }] : [];
  return { found: { values, covariance: known.covariance }, warnings, labels };
}

function meanOnScale(
  fit: GlmFit,
  { values, covariance }: FormEstimates,
  { at, k, quantile, scale }: { at: Labels; k: number; quantile: number; scale: "link" | "response" },
): MarginalMean {
  const { link } = fit.family;
  const { degreesOfFreedom } = referenceDistribution(fit);
  const eta = values[k];
  const error = Number.isNaN(eta) ? NaN : Math.sqrt(covariance[k * values.length + k]);
  const reach = quantile * error;
  if (scale === "link") return { at, estimate: eta, standardError: error, degreesOfFreedom, low: eta - reach, high: eta + reach };
  const ends = [link.inverse(eta - reach), link.inverse(eta + reach)];
  const standardError = error * Math.abs(link.slope(eta));
  return { at, estimate: link.inverse(eta), standardError, degreesOfFreedom, low: Math.min(...ends), high: Math.max(...ends) };
}

function readTerms(call: string, terms: string | readonly string[]): string[] {
  const names = typeof terms === "string" ? [terms] : Array.isArray(terms) ? [...(terms as readonly string[])] : [];
  if (names.length > 0 && new Set(names).size === names.length) return names;
  const mend = 'Write for example "region" or ["region", "age"].';
  throw new InputError({
    call,
    argument: "terms",
    expected: "one or more different columns by name",
    received: describeReceived(terms),
    mend,
  });
}
