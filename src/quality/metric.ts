import type { Interval } from "./interval.ts";

/** One figure about a model, with what a reader needs to judge it. */
export interface Metric {
  /** A stable name for programs, for example `areaUnderRoc`. */
  readonly name: MetricName;
  /** What people call it. */
  readonly label: string;
  readonly value: number;
  /** Null where the data does not give one. */
  readonly interval: Interval | null;
  /** Whether more is better. For `meanError`, which can miss on both sides, the distance from `ideal` is what counts. */
  readonly higherIsBetter: boolean;
  /** The value of a perfect model. */
  readonly ideal: number;
  /** The value of a model that predicts the same for every row (the mean or the base rates of these rows); null where that says nothing. */
  readonly baseline: number | null;
  /** One plain sentence. */
  readonly explanation: string;
}

export type MetricName =
  | "areaUnderRoc"
  | "gini"
  | "kolmogorovSmirnov"
  | "logLoss"
  | "logLossSkill"
  | "brierScore"
  | "brierSkill"
  | "expectedCalibrationError"
  | "accuracy"
  | "macroAreaUnderRoc"
  | "rootMeanSquaredError"
  | "meanAbsoluteError"
  | "rSquared"
  | "meanError"
  | "meanPoissonDeviance"
  | "devianceExplained";

type MetricMeaning = Pick<Metric, "label" | "higherIsBetter" | "ideal" | "explanation">;

/** What each metric means, in the words of someone who has to decide. */
const MEANINGS: Readonly<Record<MetricName, MetricMeaning>> = {
  areaUnderRoc: {
    label: "Ranking quality (area under the ROC curve)",
    higherIsBetter: true,
    ideal: 1,
    explanation:
      "How often a random case with the event gets a higher prediction than a random case without it; 0.5 is a coin toss, 1 is perfect.",
  },
  gini: {
    label: "Ranking quality (Gini coefficient)",
    higherIsBetter: true,
    ideal: 1,
    explanation: "How well the model ranks cases with the event above the others; 0 is a coin toss, 1 is perfect.",
  },
  kolmogorovSmirnov: {
    label: "Best separation (Kolmogorov–Smirnov)",
    higherIsBetter: true,
    ideal: 1,
    explanation: "At the best cut-off, the share of cases with the event that are flagged less the share of other cases that are flagged.",
  },
  logLoss: {
    label: "Log loss",
    higherIsBetter: false,
    ideal: 0,
    explanation: "The average penalty for the predicted probabilities; confident misses cost most, and 0 is perfect.",
  },
  logLossSkill: {
    label: "Improvement in log loss",
    higherIsBetter: true,
    ideal: 1,
    explanation: "The share of the log loss that the model saves against giving every case the overall rate; 0 is no better, 1 is perfect.",
  },
  brierScore: {
    label: "Brier score",
    higherIsBetter: false,
    ideal: 0,
    explanation: "The average squared distance between the predicted probability and what happened; 0 is perfect.",
  },
  brierSkill: {
    label: "Improvement in Brier score",
    higherIsBetter: true,
    ideal: 1,
    explanation:
      "The share of the Brier score that the model saves against giving every case the overall rate; 0 is no better, 1 is perfect.",
  },
  expectedCalibrationError: {
    label: "Typical gap between predicted and observed rate",
    higherIsBetter: false,
    ideal: 0,
    explanation: "How far predicted and observed rates lie apart on average, among cases with similar predictions; 0 is perfect.",
  },
  accuracy: {
    label: "Accuracy",
    higherIsBetter: true,
    ideal: 1,
    explanation: "The share of cases whose most probable class, according to the model, is the right one.",
  },
  macroAreaUnderRoc: {
    label: "Ranking quality, mean over classes (area under the ROC curve)",
    higherIsBetter: true,
    ideal: 1,
    explanation: "How well the model tells each class from the others, averaged over the classes; 0.5 is a coin toss, 1 is perfect.",
  },
  rootMeanSquaredError: {
    label: "Typical error (root mean square)",
    higherIsBetter: false,
    ideal: 0,
    explanation: "The typical distance between prediction and outcome, in the outcome's unit, with large misses counting more.",
  },
  meanAbsoluteError: {
    label: "Average error (mean absolute)",
    higherIsBetter: false,
    ideal: 0,
    explanation: "The average distance between prediction and outcome, in the outcome's unit.",
  },
  rSquared: {
    label: "Share of variation explained (R²)",
    higherIsBetter: true,
    ideal: 1,
    explanation:
      "The share of the differences between outcomes that the model accounts for; 0 is no better than always predicting the mean, 1 is perfect.",
  },
  meanError: {
    label: "Systematic error (bias)",
    higherIsBetter: false,
    ideal: 0,
    explanation: "How much too high (above 0) or too low (below 0) the predictions are on average, in the outcome's unit.",
  },
  meanPoissonDeviance: {
    label: "Mean Poisson deviance",
    higherIsBetter: false,
    ideal: 0,
    explanation: "The average penalty for the predicted counts, measured against the spread that chance alone gives them; 0 is perfect.",
  },
  devianceExplained: {
    label: "Share of deviance explained",
    higherIsBetter: true,
    ideal: 1,
    explanation: "The share of the deviance that the model saves against always predicting the mean count; 0 is no better, 1 is perfect.",
  },
};

/** A metric from its value, with the words that belong to it. */
export function makeMetric(
  name: MetricName,
  { value, interval }: { readonly value: number; readonly interval: Interval | null },
  baseline: number | null,
): Metric {
  return { name, value, interval, baseline, ...MEANINGS[name] };
}
