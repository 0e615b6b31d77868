import { InputError, refuseUnknownOptions } from "../../../errors.ts";
import type { GlmFit } from "../glm-fit.ts";
import { adjustPValues } from "./adjust-p-values.ts";
import { checkLevel, checkWord } from "./checks.ts";
import { referenceDistribution } from "./reference-distribution.ts";
import type { FormEstimates } from "./wald.ts";

/** Options of `MarginalMeans.contrasts`. */
export interface ContrastOptions {
  /** How p-values allow for being many. Intervals are Bonferroni's under both corrections. @defaultValue "holm" */
  readonly adjust?: "none" | "bonferroni" | "holm";
  /**
   * `link`: differences of linear predictors; `ratio`: their exponentials, ratios of means for the log link and of odds for the logit;
   * `response`: differences of responses. @defaultValue "link", or for means on the response scale "ratio" where the link has one, else
   * "response"
   */
  readonly scale?: "link" | "ratio" | "response";
  /** @defaultValue that of the means */
  readonly level?: number;
}

/** One mean against another. */
export interface Contrast {
  readonly first: Readonly<Record<string, string | number>>;
  readonly second: Readonly<Record<string, string | number>>;
  /** First less second, or first over second. */
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** z or t of no difference. */
  readonly statistic: number;
  /** Adjusted. */
  readonly pValue: number;
}

export interface Contrasts {
  readonly scale: "link" | "ratio" | "response";
  readonly adjust: "none" | "bonferroni" | "holm";
  readonly level: number;
  readonly degreesOfFreedom: number;
  readonly rows: readonly Contrast[];
}

type Labels = Readonly<Record<string, string | number>>;

/** Every two means compared, in their order. @see Holm (1979), Scandinavian Journal of Statistics 6, 65–70 */
export function pairwiseContrasts(
  fit: GlmFit,
  means: FormEstimates,
  labels: readonly Labels[],
  options: Omit<ContrastOptions, "scale"> & { readonly level: number; readonly scale: "link" | "ratio" | "response" },
): Contrasts {
  const call = "MarginalMeans.contrasts";
  refuseUnknownOptions(call, options, ["adjust", "scale", "level"]);
  const { adjust = "holm", level, scale } = options;
  checkLevel(call, level);
  checkWord(call, "adjust", adjust, ["none", "bonferroni", "holm"]);
  checkScale(call, fit, scale);
  const pairs = labels.flatMap((_, i) => labels.slice(i + 1).map((__, k) => [i, i + 1 + k] as const));
  const distribution = referenceDistribution(fit);
  const tail = (1 - level) / 2 / (adjust === "none" ? 1 : Math.max(1, pairs.length));
  const quantile = distribution.quantile(tail);
  const found = pairs.map(([i, j]) => compare(fit, means, { i, j, scale, quantile }));
  const pValues = adjustPValues(
    found.map(({ statistic }) => distribution.twoSided(statistic)),
    adjust,
  );
  const rows = found.map((row, k) => ({ first: labels[pairs[k][0]], second: labels[pairs[k][1]], ...row, pValue: pValues[k] }));
  return { scale, adjust, level, degreesOfFreedom: distribution.degreesOfFreedom, rows };
}

/** Whether exponentials of differences on this link's scale are ratios of something. */
export function hasRatios({ family }: GlmFit): boolean {
  return family.link.name === "log" || family.link.name === "logit";
}

function checkScale(call: string, fit: GlmFit, scale: unknown): void {
  checkWord(call, "scale", scale, ["link", "ratio", "response"]);
  if (scale !== "ratio" || hasRatios(fit)) return;
  throw new InputError({
    call,
    argument: "scale",
    expected: '"link" or "response" unless the link is log or logit',
    received: `"ratio" and the link "${fit.family.link.name}"`,
    mend: 'Compare differences of responses: scale: "response".',
  });
}

function compare(
  { family }: GlmFit,
  { values, covariance }: FormEstimates,
  { i, j, scale, quantile }: { i: number; j: number; scale: "link" | "ratio" | "response"; quantile: number },
): Omit<Contrast, "first" | "second" | "pValue"> {
  const size = values.length;
  const inResponse = scale === "response";
  const [a, b] = inResponse ? [family.link.slope(values[i]), family.link.slope(values[j])] : [1, 1];
  const of = inResponse ? (eta: number): number => family.link.inverse(eta) : (eta: number): number => eta;
  const difference = of(values[i]) - of(values[j]);
  const variance = a * a * covariance[i * size + i] - 2 * a * b * covariance[i * size + j] + b * b * covariance[j * size + j];
  const error = Math.sqrt(Math.max(0, variance));
  const [low, high] = [difference - quantile * error, difference + quantile * error];
  const statistic = difference / error;
  if (scale !== "ratio") return { estimate: difference, standardError: error, low, high, statistic };
  const ratio = Math.exp(difference);
  return { estimate: ratio, standardError: ratio * error, low: Math.exp(low), high: Math.exp(high), statistic };
}
