import { describe, expect, it } from "vitest";
import { categorical, learnDesign, Table } from "../../../../src/table/index.ts";
import { fitGlm, type ConstraintOptions } from "../../../../src/models/index.ts";
import { readConstraints } from "../../../../src/models/glm/constraints.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const numRows = 240;
const random = createRandom(9);
const x = Float64Array.from({ length: numRows }, () => 10 * random.next());
const z = Float64Array.from({ length: numRows }, () => random.next() - 0.5);
const grades = ["low", "fair", "good", "best"];
const grade = Array.from({ length: numRows }, () => Math.floor(4 * random.next()));
/** Level effects 0, 0.6, 0.3, 0.9: fair and good are the wrong way round. A curve that rises, falls a little and rises. */
const y = x.map((value, i) => [0, 0.6, 0.3, 0.9][grade[i]] + 0.2 * value + Math.sin(value) - 0.4 * z[i] + 0.3 * (random.next() - 0.5));
const data = Table.fromColumns({
  x,
  z,
  y,
  count: y.map((value) => Math.floor(Math.exp(value / 2) + random.next())),
  grade: categorical(
    grade.map((code) => grades[code]),
    grades,
  ),
});

function read(formula: string, options: ConstraintOptions, contrasts: Record<string, "sum"> = {}): ReturnType<typeof readConstraints> {
  const { design, recipe } = learnDesign("test", formula, data, { contrasts });
  return readConstraints("fitGlm", options, design, recipe);
}

function estimatesOf(formula: string, constraints: ConstraintOptions, family: "gaussian" | "poisson" = "gaussian"): Map<string, number> {
  const model = fitGlm(formula, data, { family, constraints });
  expect(model.converged).toBe(true);
  expect(model.coefficients.every(({ standardError }) => standardError === null)).toBe(true);
  return new Map(model.coefficients.map(({ name, estimate }) => [name, estimate ?? Number.NaN]));
}

describe("readConstraints", () => {
  it("writes bounds as rows, and open ends not at all", () => {
    const { matrix, bounds } = read("y ~ x + z", { bounds: { x: [-1, 2], z: [Number.NEGATIVE_INFINITY, 0.5], "(Intercept)": [3, 3] } });
    expect(Array.from(matrix)).toEqual([0, 1, 0, 0, -1, 0, 0, 0, -1, 1, 0, 0, -1, 0, 0]);
    expect(Array.from(bounds)).toEqual([-1, -2, -0.5, 3, -3]);
  });

  it("orders a number by its sign, and a factor by its levels from the reference on", () => {
    expect(Array.from(read("y ~ x", { monotone: { x: "decreasing" } }).matrix)).toEqual([0, -1]);
    const { matrix, bounds } = read("y ~ grade", { monotone: { grade: "increasing" } });
    expect(Array.from(matrix)).toEqual([0, 1, 0, 0, 0, -1, 1, 0, 0, 0, -1, 1]);
    expect(Array.from(bounds)).toEqual([0, 0, 0]);
    expect(Array.from(read("y ~ 0 + grade", { monotone: { grade: "increasing" } }).matrix)).toEqual([
      -1, 1, 0, 0, 0, -1, 1, 0, 0, 0, -1, 1,
    ]);
  });

  it("orders the coefficients of a B-spline, from 0 where the first function is left out", () => {
    const { matrix } = read("y ~ bs(x, df = 4)", { monotone: { "bs(x, df = 4)": "increasing" } });
    expect(Array.from(matrix)).toEqual([0, 1, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, -1, 1]);
  });

  it.each<[string, string, object, RegExp]>([
    ["unknown options", "y ~ x", { bound: {} }, /options must be made of "bounds", "monotone"; got "bound"/],
    [
      "an unknown coefficient",
      "y ~ grade",
      { bounds: { gradefine: [0, 1] } },
      /constraints\.bounds must be made of names of coefficients; got "gradefine"/,
    ],
    ["an unknown term", "y ~ x + z", { monotone: { zz: "increasing" } }, /labels of terms; got "zz"\. Did you mean/],
    ["bounds upside down", "y ~ x", { bounds: { x: [1, 0] } }, /constraints\.bounds\["x"\] must be \[low, high\].*got \[1, 0\]/],
    ["bounds at infinity", "y ~ x", { bounds: { x: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] } }, /got \[Infinity, Infinity\]/],
    ["one bound", "y ~ x", { bounds: { x: 1 } }, /two numbers, the first not above the second; got 1/],
    ["another direction", "y ~ x", { monotone: { x: "up" } }, /must be "increasing" or "decreasing"; got "up"/],
    ["an interaction", "y ~ x * z", { monotone: { "x:z": "increasing" } }, /got an interaction\. Leave the interaction out/],
    ["a part of an interaction", "y ~ x * z", { monotone: { x: "increasing" } }, /got a term that is also part of "x:z"/],
    ["a natural spline", "y ~ ns(x, df = 3)", { monotone: { "ns(x, df = 3)": "increasing" } }, /got a natural spline\. Use a number/],
    ["a polynomial", "y ~ poly(x, 2)", { monotone: { "poly(x, 2)": "increasing" } }, /got a polynomial/],
  ])("refuses %s", (_, formula, options, expected) => {
    expect(messageOf(() => read(formula, options as ConstraintOptions))).toMatch(expected);
  });

  it("refuses other contrasts, whose coefficients are no level effects", () => {
    expect(messageOf(() => read("y ~ grade", { monotone: { grade: "increasing" } }, { grade: "sum" }))).toMatch(
      /got a factor with sum contrasts/,
    );
  });
});

describe("fitGlm with constraints", () => {
  it("pools the levels that are the wrong way round", () => {
    const estimates = estimatesOf("y ~ grade", { monotone: { grade: "increasing" } });
    const pooled = Float64Array.from(grade, (code) => Number(code === 1 || code === 2));
    const plain = fitGlm("y ~ middle + best", { y, middle: pooled, best: Float64Array.from(grade, (code) => Number(code === 3)) });
    expect(estimates.get("gradefair")).toBeCloseTo(plain.coefficients[1].estimate ?? Number.NaN, 8);
    expect(estimates.get("gradegood")).toBeCloseTo(plain.coefficients[1].estimate ?? Number.NaN, 8);
    expect(estimates.get("gradebest")).toBeCloseTo(plain.coefficients[2].estimate ?? Number.NaN, 8);
  });

  it("changes nothing where no constraint binds", () => {
    const free = fitGlm("y ~ x + z", data);
    const estimates = estimatesOf("y ~ x + z", { bounds: { x: [0, 5] }, monotone: { z: "decreasing" } });
    for (const { name, estimate } of free.coefficients) expect(estimates.get(name)).toBeCloseTo(estimate ?? Number.NaN, 8);
  });

  it.each(["gaussian", "poisson"] as const)("holds a bound, the others at their best given it (%s)", (family) => {
    const response = family === "gaussian" ? "y" : "count";
    const estimates = estimatesOf(`${response} ~ x + z + grade`, { bounds: { z: [0.25, 1] } }, family);
    expect(estimates.get("z")).toBeCloseTo(0.25, 10);
    const free = fitGlm(`${response} ~ x + grade`, data, { family, offset: z.map((value) => 0.25 * value) });
    for (const { name, estimate } of free.coefficients) expect(estimates.get(name)).toBeCloseTo(estimate ?? Number.NaN, 6);
  });

  it("makes a spline rise where the data do not", () => {
    const formula = "y ~ bs(x, df = 8)";
    const grid = { x: Float64Array.from({ length: 200 }, (_, i) => 0.05 + (9.9 * i) / 199) };
    const rises = (values: Float64Array): boolean => values.every((value, i) => i === 0 || value >= values[i - 1] - 1e-9);
    expect(rises(fitGlm(formula, data).predict(grid))).toBe(false);
    expect(rises(fitGlm(formula, data, { constraints: { monotone: { "bs(x, df = 8)": "increasing" } } }).predict(grid))).toBe(true);
  });

  it("says that no coefficients satisfy contradictory constraints", () => {
    expect(() => fitGlm("y ~ x", data, { constraints: { bounds: { x: [1, 2] }, monotone: { x: "decreasing" } } })).toThrow(
      /No coefficients satisfy all constraints/,
    );
  });
});

it("bounds that leave one value hold a coefficient there, whatever its rounding", () => {
  const eight = { y: [1, 2, 3, 4, 5, 6, 7, 9], x: [1, 2, 3, 5, 4, 6, 8, 7] };
  for (const value of [0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.1, -0.1, 1e-3]) {
    for (const family of ["gaussian", "poisson"] as const) {
      const model = fitGlm("y ~ x", eight, { family, constraints: { bounds: { x: [value, value] } } });
      expect(model.coefficients[1].estimate).toBeCloseTo(value, 14);
      // The mean of the response is met by the intercept that is left.
      const sum = model.predict(eight).reduce((all, mean) => all + mean, 0);
      expect(sum).toBeCloseTo(37, 8);
    }
  }
});
