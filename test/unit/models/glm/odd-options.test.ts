import { describe, expect, test } from "vitest";
import { InputError } from "../../../../src/errors.ts";
import { factor, fitGlm, fitGlmChunks, fitGlmPath, poisson, polynomial, termEffect } from "../../../../src/models/index.ts";

const data = { y: [1, 0, 3, 2, 4, 2, 5, 3], x: [1, 2, 3, 4, 5, 6, 7, 8], g: ["a", "b", "a", "b", "a", "b", "a", "b"] };
const model = fitGlm("y ~ x + g", data, { family: "poisson" });
/** What may come from a form or from JSON in place of an object. */
const odd = (value: unknown): never => value as never;

describe("options that are no objects are refused by name", () => {
  const calls: Record<string, (value: never) => unknown> = {
    fitGlm: (value) => fitGlm("y ~ x", data, value),
    fitGlmPath: (value) => fitGlmPath("y ~ x", data, value),
    predict: (value) => model.predict(data, value),
    predictWithErrors: (value) => model.predictWithErrors(data, value),
    testTerms: (value) => model.testTerms(value),
    testHypothesis: (value) => model.testHypothesis("x = 0", value),
    marginalMeans: (value) => model.marginalMeans("g", value),
    confidenceIntervals: (value) => model.confidenceIntervals(value),
    relativities: (value) => model.relativities(value),
    robustCovariance: (value) => model.robustCovariance(value),
    anomalies: (value) => model.anomalies(data, value),
    termEffect: (value) => termEffect(model, "x", value),
    poisson: (value) => poisson(value),
    factor: (value) => factor("g", value),
    polynomial: (value) => polynomial("x", 2, value),
  };
  test.each(Object.keys(calls))("%s", (name) => {
    for (const value of [null, 5]) {
      expect(() => calls[name](odd(value))).toThrow(InputError);
      expect(() => calls[name](odd(value))).toThrow("options must be an object");
    }
  });

  test("fitGlmChunks", async () => {
    await expect(fitGlmChunks("y ~ x", () => [data], odd(null))).rejects.toThrow("options must be an object; got null");
  });
});

describe("parts of options that say something of names are objects", () => {
  const fit = (options: object): unknown => fitGlm("y ~ x + g", data, options);
  const path = (options: object): unknown => fitGlmPath("y ~ x + g", data, options);
  test.each([null, 0, "", "x", [1]])("not %j", (value) => {
    expect(() => fit({ contrasts: value })).toThrow("contrasts must be an object");
    expect(() => fit({ penalty: value })).toThrow(InputError);
    expect(() => fit({ constraints: value })).toThrow("constraints must be an object");
    expect(() => fit({ penalty: { strength: 1, factors: value } })).toThrow("factors must be an object");
    expect(() => fit({ constraints: { bounds: value } })).toThrow("bounds must be an object");
    expect(() => fit({ constraints: { monotone: value } })).toThrow("monotone must be an object");
    expect(() => path({ contrasts: value })).toThrow("contrasts must be an object");
    expect(() => path({ factors: value })).toThrow("factors must be an object");
    expect(() => path({ bounds: value })).toThrow("bounds must be an object");
    expect(() => model.marginalMeans("g", { at: odd(value) })).toThrow("at must be an object");
  });

  test("tolerance is a number", () => {
    expect(() => fit({ tolerance: "0.5" })).toThrow("tolerance must be a number between 0 and 1");
    expect(() => fit({ tolerance: Symbol("small") })).toThrow(InputError);
  });

  test("values of marginal means are levels and numbers", () => {
    const bare: unknown = Object.create(null);
    for (const value of [bare, Symbol("a"), null]) {
      expect(() => model.marginalMeans("g", { at: { x: odd(value) } })).toThrow("at.x must be finite numbers");
      expect(() => model.marginalMeans("x", { at: { x: 1, g: odd(value) } })).toThrow("at.g must be levels among");
    }
    expect(() => termEffect(model, odd(bare))).toThrow(InputError);
  });
});

test("chunks that cannot be gone through are refused", async () => {
  for (const value of [null, 5, "ab", {}, () => [data]]) {
    await expect(fitGlmChunks("y ~ x", () => odd(value))).rejects.toThrow("chunks must be a function that gives an iterable of tables");
  }
});
