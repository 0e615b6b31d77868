import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  areaUnderRoc,
  brierScore,
  calibration,
  confusionAt,
  kolmogorovSmirnov,
  logLoss,
  meanPoissonDeviance,
  measureClasses,
  regressionErrors,
  rocCurve,
  wilsonInterval,
} from "../../../src/quality/index.ts";
import { expectClose } from "../../unit/quality/expect-close.ts";

// Written by make-quality.py beside this file, which names the versions that it ran with.
const reference = JSON.parse(readFileSync(new URL("quality.json", import.meta.url), "utf8"));
/** Both sides are sums of about a hundred doubles: a few hundred roundings of 1e-16. */
const ROUNDING = 1e-13;
/** Both sides iterate until far below this; statsmodels stops on the change of its parameters or deviance. */
const ITERATED = 1e-8;

describe("binary responses", () => {
  const { binary } = reference;
  const y = Float64Array.from(binary.response);
  const p = Float64Array.from(binary.predictions);

  it("agrees with scikit-learn and the definition on the area and its DeLong error", () => {
    const area = areaUnderRoc(y, p);
    expectClose(area.value, binary.rocAucScore, ROUNDING);
    expectClose(area.value, binary.delong.area, ROUNDING);
    expectClose(area.standardError, binary.delong.standardError, ROUNDING);
  });

  it("agrees with scikit-learn on log loss and Brier score, of the model and of the base rate", () => {
    const log = logLoss(y, p);
    const brier = brierScore(y, p);
    expectClose(log.value, binary.logLoss, ROUNDING);
    expectClose(log.baseline, binary.logLossOfBaseRate, ROUNDING);
    expectClose(log.skill.value, 1 - binary.logLoss / binary.logLossOfBaseRate, ROUNDING);
    expectClose(brier.value, binary.brierScore, ROUNDING);
    expectClose(brier.baseline, binary.brierScoreOfBaseRate, ROUNDING);
    expectClose(brier.skill.value, 1 - binary.brierScore / binary.brierScoreOfBaseRate, ROUNDING);
  });

  it("agrees with SciPy on the Kolmogorov-Smirnov statistic", () => {
    expectClose(kolmogorovSmirnov(y, p).value, binary.kolmogorovSmirnov, ROUNDING);
  });

  it("agrees with scikit-learn on every point of the ROC curve", () => {
    const points = rocCurve(y, p).slice(1);
    expect(points.map((point) => point.threshold)).toEqual(binary.roc.thresholds);
    points.forEach((point, i) => {
      expectClose(point.falsePositiveRate, binary.roc.fpr[i], ROUNDING);
      expectClose(point.truePositiveRate, binary.roc.tpr[i], ROUNDING);
    });
  });

  it("agrees with statsmodels on the recalibration and its errors", () => {
    const { inTheLarge, intercept, slope, warnings } = calibration(y, p);
    const wanted = binary.recalibration;
    expect(warnings).toEqual([]);
    expectClose(intercept?.value, wanted.intercept, ITERATED);
    expectClose(intercept?.standardError, wanted.interceptError, ITERATED);
    expectClose(slope?.value, wanted.slope, ITERATED);
    expectClose(slope?.standardError, wanted.slopeError, ITERATED);
    expectClose(inTheLarge?.value, wanted.inTheLarge, ITERATED);
    expectClose(inTheLarge?.standardError, wanted.inTheLargeError, ITERATED);
  });

  it("agrees with scikit-learn on hits and misses at one half", () => {
    const { trueNegatives, falsePositives, falseNegatives, truePositives } = confusionAt(y, p, 0.5);
    const found = { tn: trueNegatives, fp: falsePositives, fn: falseNegatives, tp: truePositives };
    expect(found).toEqual(binary.confusionAtHalf);
  });
});

describe("shares", () => {
  it.each<[number, number, number, number]>(reference.wilson)(
    "agrees with statsmodels on Wilson's interval of %i in %i",
    (events, total, low, high) => {
      const interval = wilsonInterval(events, total);
      expectClose(interval.low, low, ROUNDING);
      expectClose(interval.high, high, ROUNDING);
    },
  );
});

describe("numbers", () => {
  it("agrees with scikit-learn", () => {
    const { regression } = reference;
    const errors = regressionErrors(Float64Array.from(regression.response), Float64Array.from(regression.predictions));
    expectClose(errors.rootMeanSquaredError.value, regression.rmse, ROUNDING);
    expectClose(errors.meanAbsoluteError.value, regression.mae, ROUNDING);
    expectClose(errors.rSquared.value, regression.r2, ROUNDING);
    expectClose(errors.meanError.value, regression.meanError, ROUNDING);
    expectClose(errors.baseline.rootMeanSquaredError, regression.rmseOfMean, ROUNDING);
    expectClose(errors.baseline.meanAbsoluteError, regression.maeOfMean, ROUNDING);
  });
});

describe("classes", () => {
  it("agrees with scikit-learn", () => {
    const { multiclass } = reference;
    const found = measureClasses(Float64Array.from(multiclass.response), Float64Array.from(multiclass.predictions), multiclass.numOutputs);
    expectClose(found.accuracy.value, multiclass.accuracy, ROUNDING);
    expectClose(found.logLoss.value, multiclass.logLoss, ROUNDING);
    expectClose(found.macroAreaUnderRoc, multiclass.macroArea, ROUNDING);
    expect(found.confusion).toEqual(multiclass.confusion);
    found.classes.forEach(({ recall, precision }, index) => {
      expectClose(recall?.value, multiclass.recall[index], ROUNDING);
      expectClose(precision?.value, multiclass.precision[index], ROUNDING);
    });
  });
});

describe("counts", () => {
  it("agrees with scikit-learn", () => {
    const { count } = reference;
    const found = meanPoissonDeviance(Float64Array.from(count.response), Float64Array.from(count.predictions));
    expectClose(found.value, count.meanPoissonDeviance, ROUNDING);
    expectClose(found.skill.value, count.devianceExplained, ROUNDING);
  });
});
