import { describe, expect, test } from "vitest";
import { expandFormula } from "../../../../src/table/formula/expand-formula.ts";
import type { ExpandedFormula } from "../../../../src/table/formula/expand-formula.ts";
import { parseFormula } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const columns = ["y", "a", "b", "c", "d"];

function expand(text: string): ExpandedFormula {
  return expandFormula({ call: "test", text }, parseFormula(text, "test"), columns);
}

function labels(text: string): string[] {
  return expand(text).terms.map(({ label }) => label);
}

// Variables stand in the order in which they came first: `b:a` where neither came before. What attr(terms(formula), "term.labels") says in R 4.2.2.
test.each([
  ["y ~ a + b %in% a", ["a", "a:b"]],
  ["y ~ a/b", ["a", "a:b"]],
  ["y ~ (a + b)/c", ["a", "b", "a:b:c"]],
  ["y ~ a/(b + c)", ["a", "a:b", "a:c"]],
  ["y ~ (a+b+c)^2", ["a", "b", "c", "a:b", "a:c", "b:c"]],
  ["y ~ b:a + a + c", ["a", "c", "b:a"]],
  ["y ~ a*b*c - a:b:c", ["a", "b", "c", "a:b", "a:c", "b:c"]],
  ["y ~ a %in% b", ["a:b"]],
  ["log(y) ~ .", ["a", "b", "c", "d"]],
  ["log(y) ~ .^2 - a:b - c - d", ["a", "b", "a:c", "a:d", "b:c", "b:d", "c:d"]],
  ["y ~ a^2 + I(a^2) + log(a+1)*b", ["a", "I(a^2)", "log(a + 1)", "b", "log(a + 1):b"]],
  ["y ~ offset(a) + b", ["b"]],
  ["y ~ a - (b - 1) + b", ["a", "b"]],
  ["y ~ -a + b", ["b"]],
  ["y ~ a + a + b:a + a:b", ["a", "a:b"]],
  ["y ~ ((a))", ["a"]],
  ["y ~ a:b:c + d", ["d", "a:b:c"]],
  ["y ~ a**2 * b", ["a", "b", "a:b"]],
])("%s has R's terms", (text, expected) => {
  expect(labels(text)).toEqual(expected);
});

test.each([
  ["y ~ a", true],
  ["y ~ 0 + a", false],
  ["y ~ a - 1", false],
  ["y ~ -1 + a", false],
  ["y ~ -1 + a + 1", true],
  ["y ~ a - (b - 1)", true],
  ["y ~ a - (b - 0)", false],
  ["y ~ a - 0", true],
  ["y ~ 1", true],
])("%s: an intercept is %s", (text, expected) => {
  expect(expand(text).hasIntercept).toBe(expected);
});

test("smooth terms and offsets are kept apart", () => {
  const { smooths, offsets, terms } = expand('y ~ s(a, k = 12, bs = "cr") + te(b, c, k = c(5, 5)) + offset(log(d)) + a');
  expect(smooths.map(({ name }) => name)).toEqual(["s", "te"]);
  expect(offsets).toHaveLength(1);
  expect(terms.map(({ label }) => label)).toEqual(["a"]);
});

describe("what is no term is refused", () => {
  test.each([
    ["y ~ 2", "made of terms, 0 or 1"],
    ["y ~ a + y", "made of terms other than the response"],
    ['y ~ "a"', "a term, not a text"],
    ["y ~ a^b", "made of terms to the power of a whole number from 1"],
    ["y ~ a^0", "made of terms to the power of a whole number from 1"],
    ["y ~ s(a):b", "terms on both sides of :"],
    ["y ~ b:(c + s(a))", "terms on both sides of :"],
    ["y ~ a:1", "terms on both sides of :"],
    ["y ~ offset(a, b)", "one expression within offset( )"],
    ["y ~ a %% b", "made of the operators + - * : / ^ %in%"],
  ])("%s", (text, expected) => {
    expect(messageOf(() => expand(text))).toContain(expected);
  });

  test("powers and products that explode", () => {
    const many = Array.from({ length: 400 }, (_, i) => `x${i}`).join(" + ");
    expect(messageOf(() => expand(`y ~ (${many})^2`))).toContain("at most 50000 terms");
    expect(messageOf(() => expand(`y ~ (${many}):(${many})`))).toContain("at most 50000 terms");
  });
});

test("a sum of ten thousand terms does not overflow the stack", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `x${i}`).join(" + ");
  expect(expand(`y ~ ${many}`).terms).toHaveLength(10_000);
});
