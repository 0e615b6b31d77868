import { formatPercent } from "../charts/index.ts";
import type { MulticlassQuality } from "../quality/index.ts";
import { findMetric, writeEstimate, writeOfHundred, writePercentRange } from "./estimates.ts";
import type { Facts } from "./facts.ts";
import type { Findings } from "./findings.ts";
import { savingTile } from "./saving.ts";
import { countCases } from "./words.ts";

/** What the quality of predicted classes comes to. */
export function findClasses({ words }: Facts, quality: MulticlassQuality): Findings {
  const accuracy = findMetric(quality, "accuracy");
  const area = findMetric(quality, "macroAreaUnderRoc");
  const saving = findMetric(quality, "logLossSkill");
  const range = (metric: typeof accuracy): string => (metric.interval ? `${writePercentRange(metric.interval)}; ` : "");
  const baseline = accuracy.baseline ?? 0;
  return {
    headline: `The model names the right class in ${writeOfHundred(accuracy.value, accuracy.interval, words.cases)}.`,
    explanation: `Always naming the most frequent class would be right in ${(100 * baseline).toFixed(0)} of 100.`,
    evidence: `Measured on ${countCases(words, quality.numRows)} whose class is known: ${area.value.toFixed(2)} out of 1 for telling each class from the others, where 0.5 is a coin toss.`,
    tiles: [
      {
        label: "Names the right class (accuracy)",
        value: formatPercent(accuracy.value),
        note: `${range(accuracy)}the most frequent class alone: ${formatPercent(baseline)}`,
      },
      {
        label: "Tells each class from the others (mean area under the ROC curve)",
        value: writeEstimate(area.value, null),
        note: "0.5 is a coin toss, 1 is perfect",
      },
      savingTile(saving, "the same percentages for all"),
    ],
  };
}
