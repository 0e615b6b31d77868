import { describe, expect, it } from "vitest";
import { calibration, wilsonInterval } from "../../../src/quality/index.ts";
import { recalibrate } from "../../../src/quality/recalibration.ts";
import { groupByScore } from "../../../src/quality/score-groups.ts";
import { expectClose, messageOf } from "./expect-close.ts";

/** A handful of roundings of 1e-16. */
const ROUNDING = 1e-15;

describe("calibration", () => {
  const y = Float64Array.of(0, 1, 0, 1, 1, 1);
  const p = Float64Array.of(0.1, 0.2, 0.6, 0.6, 0.6, 0.9);

  it("compares mean prediction and observed rate in bins that keep ties together", () => {
    const { bins, expectedCalibrationError, meanPredicted, observedRate } = calibration(y, p, { bins: 3 });
    expect(bins.map(({ numRows, numEvents }) => [numRows, numEvents])).toEqual([
      [2, 1],
      [3, 2],
      [1, 1],
    ]);
    expectClose(bins[0].meanPredicted, 0.15, ROUNDING);
    expect(bins[1].interval).toEqual(wilsonInterval(2, 3));
    expectClose(expectedCalibrationError, (2 * 0.35 + 3 * (2 / 3 - 0.6) + 0.1) / 6, ROUNDING);
    expectClose(meanPredicted, 0.5, ROUNDING);
    expect(observedRate).toBe(4 / 6);
  });

  it("makes ten bins unless told otherwise", () => {
    const scores = Float64Array.from({ length: 40 }, (_, i) => (i + 1) / 42);
    const outcomes = scores.map((_, i) => (i % 3 === 0 ? 1 : 0));
    expect(calibration(outcomes, scores).bins.map((bin) => bin.numRows)).toEqual(Array.from({ length: 10 }, () => 4));
  });

  it("refuses bins that are not a whole number", () => {
    expect(messageOf(() => calibration(y, p, { bins: 0 }))).toBe(
      "InputError: calibration: bins must be a whole number of at least 1; got 0. Leave it out for 10 bins.",
    );
  });

  it("takes no recalibration for right when predictions equal the rates of their rows", () => {
    const outcomes = Float64Array.of(0, 0, 0, 1, 0, 1, 1, 1);
    const scores = Float64Array.of(0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75);
    const { inTheLarge, intercept, slope } = calibration(outcomes, scores);
    // The last Newton step is below 1e-9 and its error the square of that.
    expectClose(inTheLarge?.value, 0, 1e-14);
    expectClose(intercept?.value, 0, 1e-14);
    expectClose(slope?.value, 1, 1e-14);
    expect(slope?.interval?.method).toBe("Wald");
  });

  it("warns of separation and gives no slope", () => {
    const { inTheLarge, intercept, slope, warnings } = calibration(Float64Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.3, 0.3, 0.8));
    expect([intercept, slope]).toEqual([null, null]);
    expect(inTheLarge?.standardError).toBeGreaterThan(0);
    expect(warnings).toEqual([
      {
        name: "separation",
        message: "One threshold divides all rows with the event from those without it, so the calibration slope has no finite estimate.",
      },
    ]);
  });

  it("warns of separation the wrong way round, with a value in common", () => {
    const { slope, warnings } = calibration(Float64Array.of(1, 1, 0, 0), Float64Array.of(0.1, 0.3, 0.3, 0.8));
    expect(slope).toBeNull();
    expect(warnings[0].name).toBe("separation");
  });

  it("warns when all predictions are equal", () => {
    const { inTheLarge, slope, warnings } = calibration(Float64Array.of(1, 0, 0, 0), Float64Array.of(0.5, 0.5, 0.5, 0.5));
    expect(slope).toBeNull();
    expectClose(inTheLarge?.value, Math.log(1 / 3), 1e-14);
    expect(warnings).toEqual([
      { name: "constant-predictions", message: "Every row has the same prediction, so the calibration slope cannot be estimated." },
    ]);
  });

  it("moves predictions of 0 and 1, and says so", () => {
    const { inTheLarge, slope, warnings } = calibration(Float64Array.of(1, 0, 0, 1, 1, 0), Float64Array.of(0, 0, 0.4, 0.6, 1, 1));
    expect(Number.isFinite(slope?.value)).toBe(true);
    expect(Number.isFinite(inTheLarge?.value)).toBe(true);
    expect(warnings).toEqual([
      {
        name: "certain-predictions",
        message: "Predictions of exactly 0 or 1 (4 rows) were moved by 2^-52 to give finite log-odds for the recalibration.",
      },
    ]);
  });

  it("says so when the recalibration does not settle", () => {
    const { inTheLarge, intercept, slope, warnings } = recalibrate(groupByScore(y, p), 1);
    expect([inTheLarge, intercept, slope]).toEqual([null, null, null]);
    expect(warnings).toEqual([{ name: "recalibration-failed", message: "The recalibration did not settle in 1 steps." }]);
  });
});
