import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numeric/index.ts";
import {
  areaUnderRoc,
  assessQuality,
  calibration,
  kolmogorovSmirnov,
  liftTable,
  logLoss,
  predictionBins,
  regressionErrors,
  rocCurve,
} from "../../../src/quality/index.ts";

const random = createRandom(9);
const n = 300;
const probabilities = Float64Array.from({ length: n }, () => 0.02 + 0.96 * random.next());
const events = probabilities.map((p) => (random.next() < p ? 1 : 0));

describe("assessQuality", () => {
  it("never lets the interval of a mean count reach below 0", () => {
    const counts = Float64Array.from({ length: 100 }, (_, row) => (row % 10 === 0 ? 1 : 0));
    const means = counts.map((_, row) => 0.05 + row / 1000);
    const report = assessQuality({ kind: "count", response: counts, predictions: means });
    if (report.kind !== "count") throw new Error("wrong kind");
    // One event in ten rows: mean 0.1, standard error 0.1, so that the normal interval would begin at -0.096.
    expect(report.bins.map(({ interval }) => interval?.low)).toEqual(report.bins.map(() => 0));
    expect(report.bins[0].interval?.high).toBeGreaterThan(0.29);
  });

  it("gathers the metrics and tables of a binary response", () => {
    const report = assessQuality({ kind: "binary", response: events, predictions: probabilities });
    if (report.kind !== "binary") throw new Error("wrong kind");
    expect(report.metrics.map((metric) => metric.name)).toEqual([
      "areaUnderRoc",
      "gini",
      "kolmogorovSmirnov",
      "logLoss",
      "logLossSkill",
      "brierScore",
      "brierSkill",
      "expectedCalibrationError",
    ]);
    const { value, interval } = areaUnderRoc(events, probabilities);
    expect(report.metrics[0]).toMatchObject({ value, interval, baseline: 0.5, higherIsBetter: true, ideal: 1 });
    expect(report.metrics[2].value).toBe(kolmogorovSmirnov(events, probabilities).value);
    expect(report.metrics[3]).toMatchObject({ baseline: logLoss(events, probabilities).baseline, higherIsBetter: false, ideal: 0 });
    expect(report.calibration).toEqual(calibration(events, probabilities));
    expect(report.lift).toEqual(liftTable(events, probabilities));
    expect(report.roc).toEqual(rocCurve(events, probabilities));
    expect(report.baseRate).toBe(report.numEvents / report.numRows);
  });

  it("passes on what had to be bounded", () => {
    const report = assessQuality({ kind: "binary", response: Float64Array.of(0, 1, 0, 1), predictions: Float64Array.of(1, 0.5, 0.4, 0.6) });
    expect(report.warnings.map((warning) => warning.name)).toEqual(["certain-and-wrong", "certain-predictions"]);
  });

  it("gathers the metrics and bins of a regression, with its seed", () => {
    const response = probabilities.map((p) => 10 * p + random.next());
    const predictions = probabilities.map((p) => 10 * p);
    const report = assessQuality({ kind: "regression", response, predictions, seed: 3, resamples: 200 });
    if (report.kind !== "regression") throw new Error("wrong kind");
    expect(report.metrics.map((metric) => metric.name)).toEqual(["rSquared", "meanAbsoluteError", "rootMeanSquaredError", "meanError"]);
    const errors = regressionErrors(response, predictions, { seed: 3, resamples: 200 });
    expect(report.metrics[0]).toMatchObject({ value: errors.rSquared.value, interval: errors.rSquared.interval, baseline: 0 });
    expect(report.metrics[2].baseline).toBe(errors.baseline.rootMeanSquaredError);
    expect(report.metrics[3]).toMatchObject({ value: errors.meanError.value, baseline: null, ideal: 0 });
    expect(report.bins).toEqual(predictionBins(response, predictions));
  });

  it("gathers the metrics of several classes and warns of those without rows", () => {
    const predictions = Float64Array.of(0.7, 0.2, 0.1, 0.3, 0.6, 0.1, 0.4, 0.4, 0.2, 0.1, 0.8, 0.1);
    const report = assessQuality({ kind: "multiclass", response: Float64Array.of(0, 0, 1, 1), predictions, numOutputs: 3 });
    if (report.kind !== "multiclass") throw new Error("wrong kind");
    expect(report.metrics.map(({ name, value }) => [name, value]).slice(0, 2)).toEqual([
      ["accuracy", 0.5],
      ["macroAreaUnderRoc", 0.75],
    ]);
    expect(report.classes.length).toBe(3);
    expect(report.warnings).toEqual([
      {
        name: "absent-classes",
        message: "The response has no row of some classes; they are left out of the mean over classes.",
        subjects: ["2"],
      },
    ]);
  });

  it("gathers the metrics and bins of counts", () => {
    const response = Float64Array.of(0, 1, 2, 4);
    const predictions = Float64Array.of(0.5, 1, 2, 3);
    const report = assessQuality({ kind: "count", response, predictions });
    if (report.kind !== "count") throw new Error("wrong kind");
    expect(report.metrics.map((metric) => metric.name)).toEqual(["devianceExplained", "meanPoissonDeviance", "meanError"]);
    expect(report.metrics[2].value).toBe(-0.125);
    expect(report.bins).toEqual(predictionBins(response, predictions));
  });

  it("survives JSON: no NaN and no infinity anywhere", () => {
    const report = assessQuality({ kind: "binary", response: events, predictions: probabilities });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
