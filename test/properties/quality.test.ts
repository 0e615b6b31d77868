import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areaUnderRoc,
  assessQuality,
  calibration,
  confusionAt,
  kolmogorovSmirnov,
  liftTable,
  predictionBins,
  rocCurve,
  wilsonInterval,
} from "../../src/quality/index.ts";

/** Sums of at most sixty doubles: some hundred roundings of 1e-16. */
const ROUNDING = 1e-13;

/** Binary responses of both classes with probabilities in sixteenths, so that ties are common and arithmetic on them exact. */
const binarySample = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 16 })), { minLength: 2, maxLength: 60 })
  .filter((rows) => rows.some(([y]) => y === 0) && rows.some(([y]) => y === 1))
  .map((rows) => ({ y: Float64Array.from(rows, ([y]) => y), p: Float64Array.from(rows, ([, score]) => score / 16) }));

function addUp(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

function mean(values: Float64Array): number {
  return addUp(values) / values.length;
}

function expit(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Whether a pair is ranked rightly: 1, 0, or one half for a tie. */
function beats(a: number, b: number): number {
  return a === b ? 0.5 : Number(a > b);
}

/** The definition of DeLong et al. (1988), pair by pair. */
function areaByPairs(y: Float64Array, p: Float64Array): { value: number; variance: number } {
  const withEvent = p.filter((_, i) => y[i] === 1);
  const others = p.filter((_, i) => y[i] === 0);
  const ofEvents = withEvent.map((a) => mean(others.map((b) => beats(a, b))));
  const ofOthers = others.map((b) => mean(withEvent.map((a) => beats(a, b))));
  const value = mean(ofEvents);
  const spread = (values: Float64Array): number =>
    values.reduce((total, one) => total + (one - value) ** 2, 0) / (values.length - 1) / values.length;
  return { value, variance: spread(ofEvents) + spread(ofOthers) };
}

describe("area under the ROC curve", () => {
  it("equals the count over all pairs, and its variance DeLong's definition", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const { value, standardError } = areaUnderRoc(y, p);
        const oracle = areaByPairs(y, p);
        expect(Math.abs(value - oracle.value)).toBeLessThan(ROUNDING);
        if (standardError !== null) expect(Math.abs(standardError ** 2 - oracle.variance)).toBeLessThan(ROUNDING);
      }),
    );
  });

  it("does not change under an increasing transform", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const cubed = p.map((score) => score ** 3);
        expect(areaUnderRoc(y, cubed)).toEqual(areaUnderRoc(y, p));
        expect(kolmogorovSmirnov(y, cubed).value).toBe(kolmogorovSmirnov(y, p).value);
      }),
    );
  });

  it("turns to its complement when event and absence change places, with the same error", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const here = areaUnderRoc(y, p);
        const there = areaUnderRoc(
          y.map((outcome) => 1 - outcome),
          p,
        );
        expect(Math.abs(here.value + there.value - 1)).toBeLessThan(ROUNDING);
        expect(Math.abs((here.standardError ?? 0) ** 2 - (there.standardError ?? 0) ** 2)).toBeLessThan(ROUNDING);
      }),
    );
  });

  it("is the area under the points of the curve, by trapezia", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const points = rocCurve(y, p);
        let area = 0;
        for (let i = 1; i < points.length; i++) {
          const width = points[i].falsePositiveRate - points[i - 1].falsePositiveRate;
          area += (width * (points[i].truePositiveRate + points[i - 1].truePositiveRate)) / 2;
        }
        expect(Math.abs(area - areaUnderRoc(y, p).value)).toBeLessThan(ROUNDING);
      }),
    );
  });

  it("lies in its interval", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const { value, interval } = areaUnderRoc(y, p);
        if (interval === null) return;
        expect(interval.low).toBeGreaterThanOrEqual(0);
        expect(interval.low).toBeLessThan(value);
        expect(interval.high).toBeGreaterThan(value);
        expect(interval.high).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("Wilson's interval", () => {
  const shares = fc.integer({ min: 1, max: 1_000_000 }).chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));

  it("contains the share and stays within 0 and 1", () => {
    fc.assert(
      fc.property(shares, ([events, total]) => {
        const { low, high } = wilsonInterval(events, total);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(events / total);
        expect(high).toBeGreaterThanOrEqual(events / total);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is the mirror image for the complement", () => {
    fc.assert(
      fc.property(shares, ([events, total]) => {
        expect(Math.abs(wilsonInterval(events, total).low + wilsonInterval(total - events, total).high - 1)).toBeLessThan(ROUNDING);
      }),
    );
  });
});

describe("tables", () => {
  const numBins = fc.integer({ min: 1, max: 20 });

  it("lose no row and no event, and end at the whole", () => {
    fc.assert(
      fc.property(binarySample, numBins, ({ y, p }, count) => {
        const lift = liftTable(y, p, { groups: count });
        const { bins } = calibration(y, p, { bins: count });
        const numEvents = y.filter((outcome) => outcome === 1).length;
        for (const table of [lift, bins]) {
          expect(table.length).toBeLessThanOrEqual(count);
          expect(addUp(table.map((group) => group.numRows))).toBe(y.length);
          expect(addUp(table.map((group) => group.numEvents))).toBe(numEvents);
        }
        expect(lift.at(-1)).toMatchObject({ cumulativeShare: 1, cumulativeCaptured: 1, cumulativeLift: 1 });
        expect(addUp(predictionBins(y, p, { bins: count }).map((bin) => bin.numRows))).toBe(y.length);
      }),
    );
  });

  it("do not depend on the order of the rows", () => {
    fc.assert(
      fc.property(binarySample, numBins, ({ y, p }, count) => {
        const [y2, p2] = [y.toReversed(), p.toReversed()];
        expect(liftTable(y2, p2, { groups: count })).toEqual(liftTable(y, p, { groups: count }));
        expect(calibration(y2, p2, { bins: count })).toEqual(calibration(y, p, { bins: count }));
      }),
    );
  });

  it("agree with each other on the rows flagged at a threshold", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        for (const { threshold, truePositiveRate, falsePositiveRate } of rocCurve(y, p)) {
          if (threshold === null) continue;
          const { sensitivity, specificity, truePositives, falsePositives, trueNegatives, falseNegatives } = confusionAt(y, p, threshold);
          expect(sensitivity.value).toBe(truePositiveRate);
          expect(Math.abs(1 - specificity.value - falsePositiveRate)).toBeLessThan(ROUNDING);
          expect(truePositives + falsePositives + trueNegatives + falseNegatives).toBe(y.length);
        }
      }),
    );
  });
});

describe("recalibration", () => {
  it("solves its likelihood equations, or says by name why it cannot", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const inside = p.map((score) => 0.02 + 0.96 * score);
        const { intercept, slope, inTheLarge, warnings } = calibration(y, inside);
        const logits = inside.map((score) => Math.log(score / (1 - score)));
        const residual = (of: (logit: number) => number): number => addUp(logits.map((logit, i) => y[i] - of(logit)));
        // Newton stops at a step of 1e-9, and the last step still halves the distance many times over.
        expect(Math.abs(residual((logit) => expit((inTheLarge?.value ?? Number.NaN) + logit)))).toBeLessThan(1e-7);
        if (slope === null || intercept === null) {
          expect(warnings.map((warning) => warning.name)).toSatisfy((names: string[]) =>
            names.some((name) => name === "separation" || name === "constant-predictions"),
          );
          return;
        }
        const fitted = (logit: number): number => expit(intercept.value + slope.value * logit);
        expect(Math.abs(residual(fitted))).toBeLessThan(1e-7);
        expect(Math.abs(addUp(logits.map((logit, i) => logit * (y[i] - fitted(logit)))))).toBeLessThan(1e-7);
      }),
    );
  });
});

describe("a report", () => {
  it("holds finite numbers only, whatever the sample", () => {
    fc.assert(
      fc.property(binarySample, ({ y, p }) => {
        const report = assessQuality({ kind: "binary", response: y, predictions: p });
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      }),
    );
  });
});
