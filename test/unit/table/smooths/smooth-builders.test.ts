import { describe, expect, test } from "vitest";
import { formulaText, learnDesign, linear, re, s, t2, Table, te, ti } from "../../../../src/table/index.ts";
import type { SmoothTerm } from "../../../../src/table/index.ts";

function spell(term: SmoothTerm): string {
  return formulaText({ response: "y", terms: [term] });
}

describe("a builder spells what mgcv would be told", () => {
  test.each<[SmoothTerm, string]>([
    [s("x"), "s(x)"],
    [s("lon", "lat", { k: 40 }), "s(lon, lat, k = 40)"],
    [s("x", { basis: "cr", k: 12, by: "region", group: "a" }), 's(x, bs = "cr", k = 12, by = region, id = "a")'],
    [s("my column", { smoothing: 0.25, penalized: true }), "s(`my column`, sp = 0.25, fx = FALSE)"],
    [s("log(x)", { order: [3, 2, 1], basis: "bs" }), 's(log(x), bs = "bs", m = c(3, 2, 1))'],
    [s("x", { knots: [0, 0.1, 1e-7], point: [0.5] }), "s(x, knots = c(0, 0.1, 1e-7), pc = 0.5)"],
    [s("x", { shape: "increasing-concave" }), 's(x, shape = "increasing-concave")'],
    [
      te("a", "b", { basis: ["cr", "ps"], k: [4, null], smoothing: [1, null] }),
      'te(a, b, bs = c("cr", "ps"), k = c(4, NA), sp = c(1, NA))',
    ],
    [te("a", "b", "c", { dimensions: [2, 1], spread: false }), "te(a, b, c, d = c(2, 1), np = FALSE)"],
    [te("a", "b", { order: [[2, 2], [1]], knots: { a: [0, 1] } }), "te(a, b, m = list(c(2, 2), 1), knots = list(a = c(0, 1)))"],
    [ti("a", "b", { centred: [true, false], penalized: [false, true] }), "ti(a, b, fx = c(TRUE, FALSE), mc = c(TRUE, FALSE))"],
    [t2("a", "b", { full: true }), "t2(a, b, full = TRUE)"],
    [re("garage"), 's(garage, bs = "re")'],
    [re("garage", "age", { smoothing: 2 }), 's(garage, age, bs = "re", sp = 2)'],
  ])("%#", (term, text) => {
    expect(spell(term)).toBe(`y ~ ${text}`);
  });

  test("and makes the same design as the text", () => {
    const numbers = Array.from({ length: 40 }, (_, row) => Math.sin(row * row));
    const table = Table.fromColumns({
      y: numbers,
      x: numbers.map((value) => value ** 3),
      "my column": numbers.map(Math.abs),
      z: numbers.map(Math.cos),
    });
    const options = { smooths: "learn" } as const;
    const knots = [0, 0.12345678901234568, 0.9, 1.1];
    const terms = [linear("z"), s("my column", { basis: "cr", k: 4, knots }), te("x", "z", { k: [3, 4], basis: ["cr", "ps"] })];
    const built = learnDesign("fitGam", { response: "y", terms }, table, options);
    const written = learnDesign("fitGam", 'y ~ z + s(`my column`, bs = "cr", k = 4) + te(x, z, k = c(3, 4), bs = c("cr", "ps"))', table, {
      ...options,
      knots: { "my column": knots },
    });
    expect(built.design).toEqual(written.design);
    expect(built.smooths).toEqual(written.smooths);
  });
});
