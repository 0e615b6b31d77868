import { describe, expect, test } from "vitest";
import { fitGlm, fitGlmChunks } from "../../../../src/models/index.ts";
import type { GlmModel } from "../../../../src/models/index.ts";
import { categorical, Table } from "../../../../src/table/index.ts";

/** Nobody lives in "a" and "f"; the one row of "e" misses its x. */
const levels = ["a", "b", "c", "d", "e", "f"];
const table = Table.fromColumns({
  y: [1, 2, 3, 4, 5, 7, 3, 2, 6],
  x: [1, 2, 3, 4, 5, 6, 7, 9, NaN],
  g: categorical(["b", "c", "b", "c", "d", "d", "b", "c", "e"], levels),
});

const names = (model: GlmModel): string[] => model.coefficients.map(({ name }) => name);

describe("levels that no complete row has", () => {
  const model = fitGlm("y ~ g + x", table, { family: "poisson" });

  test("get no column, as in R's glm, and the first that rows have is the reference", () => {
    expect(names(model)).toEqual(["(Intercept)", "gc", "gd", "x"]);
    expect(model.warnings.map(({ name }) => name)).toEqual(["missingRows"]);
    // R 4.2.2: glm(y ~ g + x, poisson, d), as it prints them.
    expect(model.coefficients.map(({ estimate }) => Number(estimate?.toFixed(5)))).toEqual([0.70853, 0.08292, 0.88126, 0.03669]);
  });

  test("are refused by predictions, not taken for the reference", () => {
    expect(() => model.predict([{ x: 1, g: "a" }])).toThrow('column "g" must be among the levels "b", "c", "d"; got "a" at row 0');
    expect(() => model.predict([{ x: 1, g: "e" }])).toThrow('got "e"');
    expect(model.predict([{ x: 1, g: "a" }], { unseenLevels: "reference" })).toEqual(model.predict([{ x: 1, g: "b" }]));
  });

  test("do not matter in a row that misses something else", () => {
    const predictions = model.predict(table, { missing: "nan" });
    expect(Array.from(predictions, Number.isNaN).lastIndexOf(true)).toBe(8);
    expect(Array.from(predictions.subarray(0, 8)).every(Number.isFinite)).toBe(true);
  });

  test("do not stand among means and relativities, and the means of others are known", () => {
    const means = model.marginalMeans("g");
    expect(means.rows.map(({ at }) => at.g)).toEqual(["b", "c", "d"]);
    expect(means.warnings).toEqual([]);
    expect(model.relativities().rows.map(({ level, isReference }) => [level, isReference])).toEqual([
      ["b", true],
      ["c", false],
      ["d", false],
      [null, false],
    ]);
  });

  test("leave contrasts of the others as they are", () => {
    const contrasted = fitGlm("y ~ g + x", table, { family: "poisson", contrasts: { g: "sum" } });
    expect(names(contrasted)).toEqual(["(Intercept)", "g1", "g2", "x"]);
    expect(contrasted.deviance).toBeCloseTo(model.deviance, 10);
  });

  test("go from levels that the formula or the chunks spell out", async () => {
    expect(names(fitGlm('y ~ factor(g, levels = c("d", "a", "b", "c", "e")) + x', table))).toHaveLength(4);
    const complete = table.rows(0, 8);
    const chunked = await fitGlmChunks("y ~ g + x", () => [complete.rows(0, 3), complete.rows(3, 8)], {
      family: "poisson",
      levels: { g: levels },
    });
    expect(names(chunked)).toEqual(names(model));
    expect(() => chunked.predict([{ x: 1, g: "a" }])).toThrow('got "a"');
  });

  test("a factor of which one level is left is refused by name", () => {
    const one = table.filter(({ g }) => g === "b");
    expect(() => fitGlm("y ~ g", one)).toThrow('factor g must be of at least two levels; got "b" alone');
  });
});

describe("a response", () => {
  const answers = Table.fromColumns({
    x: [1, 2, 3, 4, 5, 6],
    answer: categorical(["no", "yes", "no", "yes", "yes", "no"], ["no", "yes", "perhaps"]),
    sure: categorical(["no", "no", "no", "no", "no", "no"], ["no", "yes"]),
  });

  test("of three levels of which rows have two is one of two", async () => {
    const model = fitGlm("answer ~ x", answers, { family: "binomial" });
    const plain = fitGlm("y ~ x", { x: [1, 2, 3, 4, 5, 6], y: [0, 1, 0, 1, 1, 0] }, { family: "binomial" });
    expect(model.coefficients).toEqual(plain.coefficients);
    const chunked = await fitGlmChunks("answer ~ x", () => [answers.rows(0, 2), answers.rows(2, 6)], { family: "binomial" });
    expect(chunked.coefficients.map(({ estimate }) => estimate!.toFixed(9))).toEqual(
      plain.coefficients.map(({ estimate }) => estimate!.toFixed(9)),
    );
  });

  test("of two levels of which rows have one keeps both: what is no event stays none", () => {
    expect(fitGlm("sure ~ 1", answers, { family: "binomial" }).predict({ x: [1] })[0]).toBeLessThan(1e-6);
  });
});

test("an exposure is refused by predictions of another link than log, as by the fit", () => {
  const model = fitGlm("y ~ x", { x: [1, 2, 3, 4], y: [1, 3, 2, 5] });
  expect(() => model.predict({ x: [1] }, { exposure: [2] })).toThrow("exposure must be left out unless the link is log");
});
