import type { Warning } from "../errors.ts";
import type { Calibration } from "./calibration.ts";
import type { LiftGroup } from "./lift-table.ts";
import type { Metric } from "./metric.ts";
import type { ClassQuality } from "./multiclass.ts";
import type { PredictionBin } from "./prediction-bins.ts";
import type { RocPoint } from "./roc-curve.ts";

/** What every report on a model's quality holds. */
interface QualityBase {
  readonly numRows: number;
  /** The most telling figure first. */
  readonly metrics: readonly Metric[];
  /** What was bounded or could not be estimated. */
  readonly warnings: readonly Warning[];
}

/** Quality of predicted probabilities of an event. */
export interface BinaryQuality extends QualityBase {
  readonly kind: "binary";
  /** Rows with the event. */
  readonly numEvents: number;
  /** Share of rows with the event. */
  readonly baseRate: number;
  readonly calibration: Calibration;
  /** Tenths of the rows, from the highest predictions down. */
  readonly lift: readonly LiftGroup[];
  readonly roc: readonly RocPoint[];
}

/** Quality of predicted numbers. */
export interface RegressionQuality extends QualityBase {
  readonly kind: "regression";
  /** Tenths of the rows, in ascending order of the predictions. */
  readonly bins: readonly PredictionBin[];
}

/** Quality of predicted probabilities of several classes. */
export interface MulticlassQuality extends QualityBase {
  readonly kind: "multiclass";
  readonly classes: readonly ClassQuality[];
  /** Rows by true class (first index) and predicted class (second index). */
  readonly confusion: readonly (readonly number[])[];
}

/** Quality of predicted mean counts. */
export interface CountQuality extends QualityBase {
  readonly kind: "count";
  /** Tenths of the rows, in ascending order of the predictions. */
  readonly bins: readonly PredictionBin[];
}

/** How good a model is, by the kind of its response. */
export type QualityReport = BinaryQuality | RegressionQuality | MulticlassQuality | CountQuality;
