import { formatPercent } from "../charts/index.ts";
import type { CountQuality, Metric, RegressionQuality } from "../quality/index.ts";
import { findMetric, writeEstimate, writePercentRange, writeRange, writeValue } from "./estimates.ts";
import type { Facts } from "./facts.ts";
import type { Findings, Tile } from "./findings.ts";
import { describeOneRate } from "./one-rate.ts";
import { countCases } from "./words.ts";

/** What the quality of predicted numbers, or of predicted mean counts, comes to. */
export function findNumbers(facts: Facts, quality: RegressionQuality | CountQuality): Findings {
  const share = findMetric(quality, quality.kind === "count" ? "devianceExplained" : "rSquared");
  const range = share.interval ? ` (${writePercentRange(share.interval)})` : "";
  const isShown = share.interval ? share.interval.low > 0 : share.value > 0;
  const error = quality.kind === "count" ? null : findMetric(quality, "meanAbsoluteError");
  const miss = error ? `, and misses by ${writeEstimate(error.value, error.interval, unitOf(facts))} on average` : "";
  return {
    headline: isShown
      ? `The model accounts for ${formatPercent(share.value, 0)}${range} of the differences between ${facts.words.cases}${miss}.`
      : `It is not shown that the model predicts better than the plain average: ${writeShare(facts, quality.kind, share.value)}${share.value < 0 ? "" : range}.`,
    explanation: `Always predicting the average accounts for 0 %${error?.baseline ? ` and misses by ${writeEstimate(error.baseline, null, unitOf(facts))}` : ""}.${describeOneRate(facts, share.value)}`,
    evidence: `Measured on ${countCases(facts.words, quality.numRows)} whose outcome is known: ${describeBias(facts, quality)}.`,
    tiles: [
      {
        label: share.label,
        value: formatPercent(share.value, 0),
        note: `${share.interval ? `${writePercentRange(share.interval)}; ` : ""}0 % is the plain average, 100 % is perfect`,
      },
      ...quality.metrics
        .filter(({ name }) => name !== share.name && name !== "meanPoissonDeviance")
        .map((metric) => errorTile(facts, metric)),
    ],
  };
}

/** Whether predictions are too high or too low on the whole. */
function describeBias(facts: Facts, quality: RegressionQuality | CountQuality): string {
  const { value, interval } = findMetric(quality, "meanError");
  const size = writeEstimate(value, interval, unitOf(facts));
  if (!interval || (interval.low <= 0 && interval.high >= 0)) return `predictions are off by ${size} on average, which may be chance`;
  if (value > 0) return `predictions are too high: by ${size} on average`;
  const flipped = { ...interval, low: -interval.high, high: -interval.low };
  return `predictions are too low: by ${writeEstimate(-value, flipped, unitOf(facts))} on average`;
}

/** The share of the differences that the model accounts for, in words that hold below zero too. */
function writeShare({ words }: Facts, kind: "regression" | "count", share: number): string {
  const percent = formatPercent(Math.abs(share), 0);
  if (share < 0) return `its ${kind === "count" ? "deviance is" : "squared errors are"} ${percent} larger`;
  return `it accounts for ${percent} of the differences between ${words.cases}`;
}

function errorTile(facts: Facts, { label, value, interval, baseline }: Metric): Tile {
  const unit = unitOf(facts);
  const range = interval ? [writeRange(interval, unit)] : [];
  const plain = baseline === null ? ["0 is right"] : [`the plain average: ${writeEstimate(baseline, null, unit)}`];
  return { label, value: writeValue(value, interval, unit), note: [...range, ...plain].join("; ") };
}

/** The unit of the outcome, where the response names one. */
export function unitOf({ response }: Facts): string | undefined {
  return response?.column.kind === "numeric" ? response.column.description.unit : undefined;
}
