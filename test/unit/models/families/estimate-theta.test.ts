import { describe, expect, it } from "vitest";
import { estimateTheta, negativeBinomial } from "../../../../src/models/index.ts";
import { tallyCounts, thetaScore } from "../../../../src/models/families/theta-score.ts";
import { createRandom } from "../../../../src/numeric/index.ts";

/** Counts of variance mean + mean² / theta: geometric ones for theta 1, sums of them for more. */
function makeRows(theta: number, numRows: number, scale = 1): { response: Float64Array; mean: Float64Array; weights: Float64Array } {
  const random = createRandom(7);
  const mean = Float64Array.from({ length: numRows }, (_, i) => scale * (0.5 + (i % 7)));
  const geometric = (mu: number): number => Math.floor(Math.log(1 - random.next()) / Math.log(mu / (1 + mu)));
  const response = mean.map((mu) => Array.from({ length: theta }, () => geometric(mu / theta)).reduce((sum, one) => sum + one, 0));
  return { response, mean, weights: new Float64Array(numRows).fill(1) };
}

function logLikelihoodOf(theta: number, rows: ReturnType<typeof makeRows>): number {
  const family = negativeBinomial({ theta });
  const deviance = rows.response.reduce((sum, y, i) => sum + rows.weights[i] * family.unitDeviance(y, rows.mean[i]), 0);
  return family.logLikelihood({ ...rows, deviance, dispersion: 1 }) as number;
}

describe("estimateTheta", () => {
  it.each([1, 4])("finds the peak of the likelihood near the theta that made the counts: %s", (truth) => {
    const rows = makeRows(truth, 2000);
    const { theta, standardError } = estimateTheta(rows);
    expect(Math.abs(theta - truth)).toBeLessThan(4 * (standardError as number));
    const best = logLikelihoodOf(theta, rows);
    for (const factor of [0.99, 1.01]) expect(logLikelihoodOf(theta * factor, rows)).toBeLessThan(best);
    // The observed information is the curvature there: a step of one standard error costs one half, but for the third derivative.
    expect(best - logLikelihoodOf(theta + 0.1 * (standardError as number), rows)).toBeCloseTo(0.005, 3);
  });

  it("does not depend on the start, nor on whether counts are tallied", () => {
    const rows = makeRows(2, 300, 400);
    expect(Math.max(...rows.response)).toBeGreaterThan(2000);
    const { theta } = estimateTheta(rows);
    for (const start of [1e-6, 0.1, 50, 1e7]) expect(Math.abs(estimateTheta(rows, start).theta / theta - 1)).toBeLessThan(1e-10);
  });

  it("counts a weight of 2 as a row said twice, and a weight of 0 as none", () => {
    const rows = makeRows(1, 40);
    const weights = rows.weights.map((_, i) => i % 3);
    const kept = Array.from(rows.response.keys()).flatMap((i) => Array.from({ length: i % 3 }, () => i));
    const written = {
      response: Float64Array.from(kept, (i) => rows.response[i]),
      mean: Float64Array.from(kept, (i) => rows.mean[i]),
      weights: new Float64Array(kept.length).fill(1),
    };
    expect(Math.abs(estimateTheta({ ...rows, weights }).theta / estimateTheta(written).theta - 1)).toBeLessThan(1e-12);
  });

  it("says so where counts are not overdispersed", () => {
    const rows = {
      response: Float64Array.of(2, 3, 2, 3, 4, 3),
      mean: new Float64Array(6).fill(17 / 6),
      weights: new Float64Array(6).fill(1),
    };
    const { theta, standardError, converged, warnings } = estimateTheta(rows);
    expect({ theta, standardError, converged }).toEqual({ theta: 1e8, standardError: null, converged: true });
    expect(warnings.map(({ name }) => name)).toEqual(["underdispersed"]);
    expect(warnings[0].message).toMatch(/no finite estimate/);
  });
});

describe("thetaScore", () => {
  it("is the same by tally and by gamma functions", () => {
    const rows = makeRows(1, 200);
    const tally = tallyCounts(rows);
    expect(tally.others).toEqual([]);
    const none = { exceeding: new Float64Array(0), others: Array.from(rows.response.keys()) };
    for (const theta of [0.01, 1, 30]) {
      const [fast, slow] = [thetaScore(tally, rows, theta), thetaScore(none, rows, theta)];
      expect(Math.abs(fast.score - slow.score)).toBeLessThan(1e-11 * (1 + 200 / theta));
      expect(Math.abs(fast.information - slow.information)).toBeLessThan(1e-11 * (1 + 200 / theta ** 2));
    }
  });

  it("tallies whole counts alone", () => {
    const rows = { response: Float64Array.of(0, 2.5, 3, 5000), mean: Float64Array.of(1, 1, 1, 1), weights: Float64Array.of(1, 1, 2, 1) };
    expect(tallyCounts(rows)).toEqual({ exceeding: Float64Array.of(2, 2, 2), others: [1, 3] });
  });
});
