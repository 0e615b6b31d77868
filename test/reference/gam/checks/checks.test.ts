import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { fitGam } from "../../../../src/models/index.ts";
import { toColumns, type JsonColumns } from "../../glm-cases.ts";

interface Checks {
  readonly concurvity: readonly {
    readonly name: string;
    readonly formula: string;
    readonly labels: readonly string[];
    readonly worst: readonly number[];
    readonly observed: readonly number[];
    readonly estimate: readonly number[];
    readonly observedPairs: readonly (readonly number[])[];
  }[];
  readonly bases: {
    readonly data: Record<string, number[]>;
    readonly fits: readonly {
      readonly formula: string;
      readonly largest: number | readonly number[];
      readonly kIndex: number | readonly number[];
      readonly pValue: number | readonly number[];
    }[];
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(resolve(import.meta.dirname, file), "utf8"));
const { concurvity, bases } = read("checks.json") as Checks;
/** Fitted curves agree to 1e-6, and so do shares of them. */
const SHARE = 1e-5;
/** Residuals agree to 1e-5 of their size. */
const INDEX = 1e-4;
/** p-values of 4000 shuffles each: three times √(2 × 0.25 / 4000). */
const SHUFFLED = 0.034;

describe.each(concurvity)("concurvity of $name", ({ name, formula, labels, observedPairs, ...expected }) => {
  it("is mgcv's of each smooth, against all others and against each", () => {
    const { data } = read(`../${name}.json`) as { readonly data: JsonColumns };
    const own = fitGam(formula, toColumns(data)).concurvity();
    labels.forEach((label, k) => {
      const found = own.find((one) => one.label === label)!;
      for (const measure of ["worst", "observed", "estimate"] as const) {
        expect(Math.abs(found[measure] - expected[measure][k]), `${label} ${measure}`).toBeLessThan(SHARE);
      }
      labels.forEach((other, l) => {
        if (l === k) return;
        const pair = found.pairs.find((one) => one.label === other)!;
        expect(Math.abs(pair.observed - observedPairs[l][k]), `${label} by ${other}`).toBeLessThan(SHARE);
      });
    });
  });
});

describe.each(bases.fits)("checks of bases of $formula", ({ formula, ...expected }) => {
  it("are mgcv's", () => {
    const listed = (values: number | readonly number[]): readonly number[] => (typeof values === "number" ? [values] : values);
    const checks = fitGam(formula, bases.data).checkBases({ shuffles: 4000 });
    expect(checks.map(({ largestDegreesOfFreedom }) => largestDegreesOfFreedom)).toEqual(listed(expected.largest));
    checks.forEach(({ kIndex, pValue }, k) => {
      expect(Math.abs(kIndex - listed(expected.kIndex)[k])).toBeLessThan(INDEX);
      expect(Math.abs(pValue - listed(expected.pValue)[k])).toBeLessThan(SHUFFLED);
    });
  });
});
