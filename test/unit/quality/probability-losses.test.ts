import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numeric/index.ts";
import { bootstrap } from "../../../src/quality/bootstrap.ts";
import { brierScore, logLoss } from "../../../src/quality/index.ts";
import { expectClose } from "./expect-close.ts";

/** A handful of roundings of 1e-16. */
const ROUNDING = 1e-15;
const y = Float64Array.of(0, 1, 1, 0);
const p = Float64Array.of(0.2, 0.5, 0.9, 0.4);

describe("logLoss", () => {
  it("is the mean of minus the log of the probability of what happened", () => {
    const { value, baseline, warnings } = logLoss(y, p);
    expectClose(value, -(Math.log(0.8) + Math.log(0.5) + Math.log(0.9) + Math.log(0.6)) / 4, ROUNDING);
    expectClose(baseline, Math.log(2), ROUNDING);
    expect(warnings).toEqual([]);
  });

  it("bounds the loss of a row that the model ruled out, and says so", () => {
    const { value, warnings } = logLoss(y, Float64Array.of(0, 0, 1, 0));
    expectClose(value, (52 * Math.log(2)) / 4, ROUNDING);
    expect(warnings).toEqual([
      {
        name: "certain-and-wrong",
        message: "The model ruled out what happened in 1 row; log loss counts 36.0 for each instead of infinity.",
      },
    ]);
  });

  it("bounds both sides alike", () => {
    const { value, warnings } = logLoss(Float64Array.of(0, 1), Float64Array.of(1, 0));
    expectClose(value, 52 * Math.log(2), ROUNDING);
    expect(warnings[0].message).toContain("2 rows");
  });

  it("costs nothing to be certain and right", () => {
    const { value, skill } = logLoss(Float64Array.of(0, 1), Float64Array.of(0, 1));
    expect(value).toBe(0);
    expect(skill).toEqual({ value: 1, standardError: 0, interval: null });
  });

  it("cuts the interval at zero", () => {
    const { interval } = logLoss(Float64Array.of(0, 1, 1), Float64Array.of(0.01, 0.99, 0.3));
    expect(interval?.low).toBe(0);
  });
});

describe("brierScore", () => {
  it("is the mean squared distance, against the base rate", () => {
    const { value, baseline, skill } = brierScore(y, p);
    expectClose(value, (0.04 + 0.25 + 0.01 + 0.16) / 4, ROUNDING);
    expectClose(baseline, 0.25, ROUNDING);
    expectClose(skill.value, 1 - 0.46, ROUNDING);
  });
});

describe("standard errors", () => {
  it("agree with the bootstrap, baseline re-estimated in each resample", () => {
    const random = createRandom(2);
    const n = 500;
    const scores = Float64Array.from({ length: n }, () => 0.05 + 0.9 * random.next());
    const outcomes = scores.map((score) => (random.next() < score ? 1 : 0));
    const resampled = bootstrap(
      n,
      (rows) => {
        const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]);
        const log = logLoss(pick(outcomes), pick(scores));
        const brier = brierScore(pick(outcomes), pick(scores));
        return { logLoss: log.value, logLossSkill: log.skill.value, brier: brier.value, brierSkill: brier.skill.value };
      },
      { resamples: 2000 },
    );
    const log = logLoss(outcomes, scores);
    const brier = brierScore(outcomes, scores);
    // The error of a standard error from 2000 resamples is 1.6%; four of these, and a little for second-order terms.
    for (const [found, other] of [
      [log, resampled.logLoss],
      [log.skill, resampled.logLossSkill],
      [brier, resampled.brier],
      [brier.skill, resampled.brierSkill],
    ]) {
      expect(Math.abs((found.standardError ?? Number.NaN) / (other.standardError ?? Number.NaN) - 1)).toBeLessThan(0.07);
    }
  });
});
