import { formatCount } from "../charts/index.ts";
import type { Facts } from "./facts.ts";

/** What a typical case has, and why the average of all differs where it does: one sentence, for models of one number. */
export function describeTypical(facts: Facts): string {
  const { words, units, explanation } = facts;
  const typical = `A typical ${words.case} (average score) has a ${words.prediction} of ${units.level(explanation.baseValues[0])}`;
  const average = describeAverage(facts);
  return `${typical}${average === null ? "" : `; ${average}`}.`;
}

/**
 * Why the average prediction is not the typical one; null where both read the same. Either the link bends between the two, or the rows that
 * stand for “typical” differ from those of the report: the prediction at the average score of the report's own rows tells which.
 */
export function describeAverage({ words, units, explanation, predictions, predictionAtMeanScore, model }: Facts): string | null {
  if (predictionAtMeanScore === null) return null;
  const [typical] = explanation.baseValues;
  const average = predictions.reduce((sum, value) => sum + value, 0) / predictions.length;
  if (units.level(typical) === units.level(average)) return null;
  const told = `the average ${words.prediction} of all ${words.cases} is ${units.level(average)}`;
  const bends = Math.abs(predictionAtMeanScore - typical) < Math.abs(predictionAtMeanScore - average);
  if (bends) return `because scores are ${model.link.scoresAre ?? "predictions"}, ${told}`;
  const { background } = explanation;
  const source = background === null ? "training rows" : formatCount(background.numRows, "background row", "background rows");
  return `that stands for the ${source}, and ${told}`;
}
