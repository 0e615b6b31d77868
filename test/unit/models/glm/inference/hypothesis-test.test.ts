import { describe, expect, test } from "vitest";
import { fitGlm } from "../../../../../src/models/index.ts";
import { claims, fitClaims } from "../../../../support/claims.ts";
import { messageOf } from "../../../../support/message-of.ts";

const model = fitClaims();

describe("linear hypotheses", () => {
  test("one coefficient: the square of its z, and t by F", () => {
    const { statistic, pValue } = model.coefficients[1];
    const found = model.testHypothesis("regionsouth");
    expect(found.statistic).toBeCloseTo((statistic as number) ** 2, 12);
    expect(found.pValue).toBeCloseTo(pValue as number, 12);
    expect(found.test).toBe("chiSquared");
    expect(found.residualDegreesOfFreedom).toBe(Infinity);
    const estimated = fitClaims(undefined, { dispersion: "pearson" });
    const byF = estimated.testHypothesis("regionsouth");
    expect(byF.test).toBe("F");
    expect(byF.pValue).toBeCloseTo(estimated.coefficients[1].pValue as number, 12);
  });

  test("a matrix says the same as texts", () => {
    const texts = model.testHypothesis(["regionsouth = regionwest", "2*age = 0.1"]);
    const matrix = model.testHypothesis({
      matrix: [
        [0, 1, -1, 0, 0],
        [0, 0, 0, 0, 2],
      ],
      rhs: [0, 0.1],
    });
    expect(matrix.statistic).toBe(texts.statistic);
    expect(matrix.hypotheses).toEqual(["regionsouth + -1*regionwest = 0", "2*age = 0.1"]);
    expect(texts.estimates[1]).toBeCloseTo(2 * (model.coefficients[4].estimate as number) - 0.1, 12);
    expect(texts.standardErrors[1]).toBeCloseTo(2 * (model.coefficients[4].standardError as number), 12);
  });

  test("what is wrong is shown with a caret, near names are offered", () => {
    const message = messageOf(() => model.testHypothesis("age = regionwset"));
    expect(message).toContain(
      'GlmModel.testHypothesis: hypothesis must be made of coefficients, numbers and the signs + - * / ( ) =; got "regionwset"',
    );
    expect(message).toContain("Did you mean regionwest?");
    expect(message).toMatch(/\n {2}age = regionwset\n {8}\^$/);
  });

  test("equations that follow from each other, aliased coefficients, none at all, wrong shapes", () => {
    expect(messageOf(() => model.testHypothesis(["age = 0", "2*age = 0"]))).toContain("2 equations that amount to 1");
    expect(messageOf(() => model.testHypothesis("1 = 1"))).toContain("about at least one coefficient");
    expect(messageOf(() => model.testHypothesis([]))).toContain("an empty array");
    expect(messageOf(() => model.testHypothesis({ matrix: [[1, 2]] }))).toContain("rows of 5 numbers");
    expect(messageOf(() => model.testHypothesis({ matrix: [[0, 0, 0, 0, 1]], rhs: [1, 2] }))).toContain("{ rhs } of 1 numbers");
    expect(messageOf(() => model.testHypothesis("age", { test: "t" as "F" }))).toContain('"chiSquared" or "F"');
    const aliased = fitGlm("claims ~ age + I(2 * age)", claims);
    expect(messageOf(() => aliased.testHypothesis("I(2 * age) = 0"))).toContain("which is aliased");
  });

  test("works without the training data, but not on penalised estimates", () => {
    expect(fitClaims(undefined, { keepData: false }).testHypothesis("age").statistic).toBe(model.testHypothesis("age").statistic);
    const bounded = fitClaims(undefined, { constraints: { bounds: { age: [0, 1] } } });
    expect(messageOf(() => bounded.testHypothesis("age"))).toContain("standard errors");
  });
});
