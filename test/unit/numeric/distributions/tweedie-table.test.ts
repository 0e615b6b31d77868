import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { saturateByRate } from "../../../../src/numeric/distributions/tweedie-by-rate.ts";
import { TweedieTable, tweedie, tweedieSaturation, tweedieSlopes } from "../../../../src/numeric/index.ts";

function seriesAt(t: number, power: number): Float64Array {
  const out = new Float64Array(6);
  saturateByRate(t, power, out);
  return out;
}

function differenceOf(f: (step: number) => number, h: number): number {
  return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h);
}

describe("saturateByRate", () => {
  const place = { t: fc.double({ min: -8, max: 6, noNaN: true }), power: fc.double({ min: 1.15, max: 1.95, noNaN: true }) };

  it("is the log density of a variable at its mean, times the variable", () => {
    fc.assert(
      fc.property(place.t, place.power, fc.double({ min: 0.01, max: 100, noNaN: true }), (t, power, y) => {
        const dispersion = y ** (2 - power) / ((2 - power) * Math.exp(t));
        const [value, first, second] = seriesAt(t, power);
        const size = 1 + Math.abs(value);
        expect(Math.abs(value - Math.log(y) - tweedie.logDensity(y, y, dispersion, power))).toBeLessThan(1e-11 * size);
        const row = tweedieSaturation(y, dispersion, power);
        // The logarithm of the dispersion is minus t.
        expect(Math.abs(row.first + first)).toBeLessThan(1e-9 * size);
        expect(Math.abs(row.second - second)).toBeLessThan(1e-8 * size);
      }),
    );
  });

  it("writes derivatives", () => {
    fc.assert(
      fc.property(place.t, place.power, (t, power) => {
        const [, byT, byTT, byPower, byBoth, byPowerTwice] = seriesAt(t, power);
        // The summand's shape changes by 1 / (power − 1)² with the power: so small are the steps.
        const h = 1e-3 * (power - 1);
        const along = (k: number): number => differenceOf((step) => seriesAt(t + step, power)[k], h);
        const across = (k: number): number => differenceOf((step) => seriesAt(t, power + step * (2 - power))[k], h) / (2 - power);
        // Fifth derivatives grow with the number of summands, e^t, and powers of 1 / (power − 1) and 1 / (2 − power).
        const tolerance = 1e-7 * (1 + Math.exp(t)) * (1 + Math.abs(byPower) + Math.abs(byPowerTwice));
        expect(Math.abs(along(0) - byT)).toBeLessThan(tolerance);
        expect(Math.abs(along(1) - byTT)).toBeLessThan(tolerance);
        expect(Math.abs(across(0) - byPower)).toBeLessThan(tolerance);
        expect(Math.abs(along(3) - byBoth)).toBeLessThan(tolerance);
        expect(Math.abs(across(3) - byPowerTwice)).toBeLessThan(tolerance);
      }),
    );
  });
});

describe("TweedieTable", () => {
  it.each([1.02, 1.1, 1.3, 1.5, 1.7, 1.9, 1.98])("gives at power %f what the series gives", (power) => {
    const table = new TweedieTable(power);
    const out = new Float64Array(6);
    fc.assert(
      fc.property(fc.double({ min: -10, max: 8, noNaN: true }), (t) => {
        table.read(t, out);
        const series = seriesAt(t, power);
        const size = series.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
        // 18 Chebyshev nodes leave some 1e-12 of the function; its second derivatives are differences of sums over e^t summands, of which each
        // has the size of the squared slope of the summand's shape, (power − 1)^−4: the series' own rounding.
        const rounding = (2e-15 * Math.exp(t)) / (power - 1) ** 4;
        series.forEach((value, k) => expect(Math.abs(out[k] - value)).toBeLessThan(1e-9 * size + rounding));
        expect(Math.abs(out[0] - series[0])).toBeLessThan(1e-11 * size);
      }),
    );
  });

  it("writes as many numbers as are asked for", () => {
    const table = new TweedieTable(1.4);
    const [few, all] = [new Float64Array(3), new Float64Array(6)];
    table.read(0.7, few);
    table.read(0.7, all);
    expect(Array.from(few)).toEqual(Array.from(all.subarray(0, 3)));
    expect(table.fewestRows).toBeGreaterThan(100);
  });

  it("serves slopes by the power as the series does", () => {
    const table = new TweedieTable(1.6);
    for (const y of [0, 0.3, 2, 40]) {
      const [byTable, bySeries] = [new Float64Array(3), new Float64Array(3)];
      tweedieSlopes(y, 1.7, 0.8, 1.6, byTable, table);
      tweedieSlopes(y, 1.7, 0.8, 1.6, bySeries);
      bySeries.forEach((value, k) => expect(Math.abs(byTable[k] - value)).toBeLessThan(1e-9 * (1 + Math.abs(value))));
    }
  });
});
