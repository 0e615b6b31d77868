import { describe, expect, test } from "vitest";
import { fitGlm, GlmModel } from "../../../../../src/models/index.ts";
import { claims, fitClaims } from "../../../../support/claims.ts";
import { messageOf } from "../../../../support/message-of.ts";

const model = fitClaims();
const types = ["HC0", "HC1", "HC2", "HC3"] as const;

function expectSame(found: Float64Array, expected: Float64Array): void {
  for (const [cell, value] of expected.entries()) expect(Math.abs(found[cell] - value)).toBeLessThan(1e-10 * Math.abs(value) + 1e-14);
}

describe("robust covariances", () => {
  test.each(types)("a row of frequency 2 counts as two rows: %s", (type) => {
    const data = { y: [1, 4, 2, 6, 3, 8, 1], x: [1, 2, 3, 4, 5, 6, 7] };
    const counts = [2, 1, 1, 3, 1, 2, 1];
    const repeat = (values: number[]): number[] => values.flatMap((value, row) => Array.from({ length: counts[row] }, () => value));
    const once = fitGlm("y ~ x", data, { family: "poisson", frequencies: counts });
    const long = fitGlm("y ~ x", { y: repeat(data.y), x: repeat(data.x) }, { family: "poisson" });
    expectSame(once.robustCovariance({ type }), long.robustCovariance({ type }));
  });

  test("every row its own cluster is HC0; labels may be a column, texts or numbers", () => {
    expectSame(
      model.robustCovariance({ type: "HC0", clusters: (claims.age as number[]).map((_, row) => row) }),
      model.robustCovariance({ type: "HC0" }),
    );
    const byColumn = model.robustCovariance({ clusters: "household" });
    expectSame(model.robustCovariance({ clusters: claims.household as number[] }), byColumn);
    expectSame(model.robustCovariance({ type: "HC1", clusters: (claims.household as number[]).map((each) => `h${each}`) }), byColumn);
  });

  test("labels are those of the data, also where rows were dropped", () => {
    const age = (claims.age as number[]).map((each, row) => (row === 3 ? NaN : each));
    const options = { family: "poisson" as const };
    const dropped = fitGlm("claims ~ age", { ...claims, age }, options);
    const shorter = fitGlm("claims ~ age", { claims: (claims.claims as number[]).toSpliced(3, 1), age: age.toSpliced(3, 1) }, options);
    const labels = claims.household as number[];
    expectSame(dropped.robustCovariance({ clusters: labels }), shorter.robustCovariance({ clusters: labels.toSpliced(3, 1) }));
    expectSame(dropped.robustCovariance({ clusters: "household" }), dropped.robustCovariance({ clusters: labels }));
  });

  test("is not a number where a coefficient is aliased", () => {
    const aliased = fitGlm("claims ~ age + I(2 * age)", claims);
    expect([...aliased.robustCovariance()].map(Number.isNaN)).toEqual([false, false, true, false, false, true, true, true, true]);
  });

  test("the model with it uses it everywhere, and keeps it in JSON", () => {
    const covariance = model.robustCovariance({ clusters: "household" });
    const robust = model.withCovariance(covariance);
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(robust)));
    for (const each of [robust, restored]) {
      expect(each.covariance).toEqual(covariance);
      expect(each.coefficients[1].standardError).toBe(Math.sqrt(covariance[6]));
      expect(each.predictWithErrors(claims, { scale: "link" }).standardErrors[0]).not.toBe(
        model.predictWithErrors(claims, { scale: "link" }).standardErrors[0],
      );
    }
    expect(robust.leverage()).toEqual(model.leverage());
    expect(model.covariance).not.toEqual(covariance);
    expect(GlmModel.fromJSON(JSON.parse(JSON.stringify(model))).covariance).toEqual(model.covariance);
  });

  test("refuses wrong labels, types and matrices", () => {
    expect(messageOf(() => model.robustCovariance({ clusters: "street" }))).toContain('got "street"');
    expect(messageOf(() => model.robustCovariance({ clusters: [1, 2] }))).toContain("one label for each row of the data; got 2 labels");
    expect(messageOf(() => model.robustCovariance({ clusters: (claims.age as number[]).map(() => 1) }))).toContain("at least two clusters");
    expect(messageOf(() => model.robustCovariance({ clusters: (claims.age as number[]).map(() => NaN) }))).toContain(
      "a missing one at training row 0",
    );
    expect(messageOf(() => model.robustCovariance({ clusters: 7 as never }))).toContain("got 7");
    expect(messageOf(() => model.robustCovariance({ type: "HC3", clusters: "household" }))).toContain('"HC0" or "HC1"');
    expect(messageOf(() => fitClaims(undefined, { keepData: false }).robustCovariance())).toContain("training data");
    expect(messageOf(() => model.withCovariance(new Float64Array(4)))).toContain("5 × 5 numbers");
    expect(messageOf(() => model.withCovariance(model.covariance.map((entry, cell) => (cell === 1 ? entry + 1 : entry))))).toContain(
      "symmetric",
    );
  });

  test("HC2 and HC3 say so where a row alone determines a coefficient", () => {
    const data = { y: [1, 2, 3, 4, 9], x: [1, 2, 3, 4, 5], alone: [0, 0, 0, 0, 1] };
    const single = fitGlm("y ~ x + alone", data);
    expect(messageOf(() => single.robustCovariance())).toContain('"HC0" or "HC1" where a row determines its own prediction (leverage 1)');
    expect(single.robustCovariance({ type: "HC1" }).every(Number.isFinite)).toBe(true);
  });
});
