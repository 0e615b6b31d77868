import { InputError, describeReceived, refuseUnknownOptions } from "../errors.ts";
import { areaOfGroups, giniFromArea } from "./area-under-roc.ts";
import { checkBootstrap, type BootstrapOptions } from "./bootstrap.ts";
import { calibrationOfGroups } from "./calibration.ts";
import { checkBinary, checkCount, checkMulticlass, checkRegression } from "./checks.ts";
import { liftOfGroups } from "./lift-table.ts";
import type { Interval } from "./interval.ts";
import { estimateMean } from "./mean-loss.ts";
import { makeMetric } from "./metric.ts";
import { measureClasses } from "./multiclass.ts";
import { meanPoissonDeviance } from "./poisson-deviance.ts";
import { predictionBins } from "./prediction-bins.ts";
import { brierScore, logLoss } from "./probability-losses.ts";
import type { BinaryQuality, CountQuality, MulticlassQuality, QualityReport, RegressionQuality } from "./quality-report.ts";
import { regressionErrors } from "./regression-errors.ts";
import { curveOfGroups, largestGap, thinCurve } from "./roc-curve.ts";
import { groupByScore } from "./score-groups.ts";

/** A response, what a model predicted for it, and what kind of response it is. */
export interface QualityInput {
  /**
   * `binary`: 0 or 1, with probabilities of 1. `regression`: numbers. `multiclass`: class codes, with a probability for
   * each class. `count`: counts of 0 or more, with positive means.
   */
  readonly kind: QualityReport["kind"];
  /** One number a row. */
  readonly response: Float64Array;
  /** On the response scale; numRows × numOutputs, row-major. */
  readonly predictions: Float64Array;
  /**
   * How many numbers the model predicts for a row: the number of classes for `multiclass`, else 1.
   * @defaultValue 1
   */
  readonly numOutputs?: number;
  /**
   * Seeds the resampling behind the intervals of `regression`; the other kinds draw no random numbers.
   * @defaultValue 1
   */
  readonly seed?: number;
  /**
   * How many resamples those intervals take; time grows with resamples × rows (some seconds for 1000 × 100,000).
   * @defaultValue 1000
   */
  readonly resamples?: number;
}

const CALL = "assessQuality";
const NUM_BINS = 10;

/**
 * How good are a model's predictions? Metrics with 95% intervals and baselines, and the tables behind the charts.
 *
 * @throws InputError when the kind is unknown, arrays are of other lengths, values are missing or not of the kind, or the
 * response does not vary. Errors count rows from 0.
 * @example
 * ```ts
 * const response = Float64Array.of(0, 0, 1, 1);
 * const predictions = Float64Array.of(0.1, 0.4, 0.35, 0.8);
 * const { metrics } = assessQuality({ kind: "binary", response, predictions });
 * metrics[0].value; // 0.75: the area under the ROC curve
 * ```
 */
export function assessQuality(input: QualityInput): QualityReport {
  refuseUnknownOptions(CALL, input, ["kind", "response", "predictions", "numOutputs", "seed", "resamples"]);
  const { kind, response, predictions, numOutputs = 1, seed = 1, resamples = 1000 } = input;
  checkKind(kind);
  checkBootstrap(CALL, { seed, resamples });
  if (kind === "multiclass") return assessMulticlass(response, predictions, numOutputs);
  checkSingleOutput(kind, numOutputs);
  if (kind === "binary") return assessBinary(response, predictions);
  if (kind === "count") return assessCount(response, predictions);
  return assessRegression(response, predictions, { seed, resamples });
}

function assessBinary(response: Float64Array, predictions: Float64Array): BinaryQuality {
  checkBinary(CALL, response, predictions);
  const groups = groupByScore(response, predictions);
  const area = areaOfGroups(groups);
  const curve = curveOfGroups(groups);
  const log = logLoss(response, predictions);
  const brier = brierScore(response, predictions);
  const calibration = calibrationOfGroups(groups, NUM_BINS);
  const metrics = [
    makeMetric("areaUnderRoc", area, 0.5),
    makeMetric("gini", giniFromArea(area), 0),
    makeMetric("kolmogorovSmirnov", { value: largestGap(curve).value, interval: null }, 0),
    makeMetric("logLoss", log, log.baseline),
    makeMetric("logLossSkill", log.skill, 0),
    makeMetric("brierScore", brier, brier.baseline),
    makeMetric("brierSkill", brier.skill, 0),
    makeMetric("expectedCalibrationError", { value: calibration.expectedCalibrationError, interval: null }, 0),
  ];
  return {
    kind: "binary",
    numRows: groups.numRows,
    numEvents: groups.numEvents,
    baseRate: groups.numEvents / groups.numRows,
    metrics,
    calibration,
    lift: liftOfGroups(groups, NUM_BINS),
    roc: thinCurve(curve),
    warnings: [...log.warnings, ...calibration.warnings],
  };
}

function assessRegression(response: Float64Array, predictions: Float64Array, options: BootstrapOptions): RegressionQuality {
  checkRegression(CALL, response, predictions);
  const errors = regressionErrors(response, predictions, options);
  const metrics = [
    makeMetric("rSquared", errors.rSquared, 0),
    makeMetric("meanAbsoluteError", errors.meanAbsoluteError, errors.baseline.meanAbsoluteError),
    makeMetric("rootMeanSquaredError", errors.rootMeanSquaredError, errors.baseline.rootMeanSquaredError),
    makeMetric("meanError", errors.meanError, null),
  ];
  const bins = predictionBins(response, predictions, { bins: NUM_BINS });
  return { kind: "regression", numRows: response.length, metrics, bins, warnings: [] };
}

function assessMulticlass(response: Float64Array, predictions: Float64Array, numOutputs: number): MulticlassQuality {
  checkMulticlass(CALL, response, predictions, numOutputs);
  const {
    accuracy,
    baselineAccuracy,
    logLoss: log,
    macroAreaUnderRoc,
    classes,
    confusion,
  } = measureClasses(response, predictions, numOutputs);
  const metrics = [
    makeMetric("accuracy", accuracy, baselineAccuracy),
    makeMetric("macroAreaUnderRoc", { value: macroAreaUnderRoc, interval: null }, 0.5),
    makeMetric("logLoss", log, log.baseline),
    makeMetric("logLossSkill", log.skill, 0),
  ];
  const absent = classes.filter((one) => one.numRows === 0).map((one) => String(one.index));
  const message = "The response has no row of some classes; they are left out of the mean over classes.";
  const warnings = absent.length === 0 ? log.warnings : [...log.warnings, { name: "absent-classes", message, subjects: absent }];
  return { kind: "multiclass", numRows: response.length, metrics, classes, confusion, warnings };
}

function assessCount(response: Float64Array, predictions: Float64Array): CountQuality {
  checkCount(CALL, response, predictions);
  const deviance = meanPoissonDeviance(response, predictions);
  const metrics = [
    makeMetric("devianceExplained", deviance.skill, 0),
    makeMetric("meanPoissonDeviance", deviance, deviance.baseline),
    makeMetric("meanError", estimateMean(predictions.map((mean, i) => mean - response[i])), null),
  ];
  const bins = predictionBins(response, predictions, { bins: NUM_BINS }).map((bin) => ({ ...bin, interval: aboveZero(bin.interval) }));
  return { kind: "count", numRows: response.length, metrics, bins, warnings: [] };
}

/** A mean count is never below 0, where the normal interval of one may reach. */
function aboveZero(interval: Interval | null): Interval | null {
  return interval && { ...interval, low: Math.max(0, interval.low) };
}

function checkKind(kind: unknown): void {
  const kinds: unknown[] = ["binary", "regression", "multiclass", "count"];
  if (kinds.includes(kind)) return;
  throw new InputError({
    call: CALL,
    argument: "kind",
    expected: '"binary", "regression", "multiclass" or "count"',
    received: describeReceived(kind),
    mend: "Name the kind of the response.",
  });
}

function checkSingleOutput(kind: string, numOutputs: number): void {
  if (numOutputs === 1) return;
  throw new InputError({
    call: CALL,
    argument: "numOutputs",
    expected: `1 for kind "${kind}"`,
    received: describeReceived(numOutputs),
    mend: "Choose one output, or kind multiclass.",
  });
}
