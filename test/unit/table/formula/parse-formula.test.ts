import { describe, expect, test } from "vitest";
import { InputError } from "../../../../src/errors.ts";
import { expressionText, formulaText, numberText, parseFormula } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";

// What deparse() prints in R 4.2.2.
test.each([
  ["a/b"],
  ["a^-b"],
  ["-a^2"],
  ["I(1e+05 * x)"],
  ["123456"],
  ["0.001"],
  ["1e-05"],
  ["1234567.5"],
  ["2L"],
  ['f("a\\"b")'],
  ["f(x, k = 2)"],
  ["a%%b"],
  ["(a + b) * c"],
  ["a:b %in% c"],
  ["`my x` + 1"],
  ["f(`my x` = 1)"],
  ["c(0.5, 1e+05)"],
  ["a - -b"],
  ["bs(x, df = 5, Boundary.knots = c(0, 10))"],
  ["`TRUE` + TRUE"],
])("%s is printed as R prints it", (text) => {
  expect(expressionText(parseFormula(`~ ${text}`).terms)).toBe(text);
});

test("spaces are R's whatever was written", () => {
  expect(formulaText("y~a*b+log( x+1 )-  bs(x,df=5)/c^ 2+'t'")).toBe('y ~ a * b + log(x + 1) - bs(x, df = 5)/c^2 + "t"');
  expect(formulaText(" ~ .o +\n\t`x`")).toBe("~ .o + x");
});

test.each([
  ["a + b * c", "a + b * c", "+"],
  ["a * b:c", "a * b:c", "*"],
  ["a:b^2", "a:b^2", ":"],
  ["-a:b", "-a:b", ":"],
  ["a %in% b * c", "a %in% b * c", "*"],
  ["a^b^c", "a^b^c", "^"],
])("%s binds as in R", (text, printed, operator) => {
  const { terms } = parseFormula(`~ ${text}`);
  expect(expressionText(terms)).toBe(printed);
  expect(terms).toMatchObject({ kind: "binary", operator });
});

test("a power binds from the right, and a sign less than it", () => {
  expect(parseFormula("~ a^b^c").terms).toMatchObject({ left: { name: "a" }, right: { operator: "^" } });
  expect(parseFormula("~ -a^b").terms).toMatchObject({ kind: "sign", operand: { operator: "^" } });
});

test.each([
  [100000, "1e+05"],
  [123456, "123456"],
  [0.1 + 0.2, "0.3"],
  [1 / 3, "0.333333333333333"],
  [1e15, "1e+15"],
  [1e5 + 1, "100001"],
  [-0.5, "-0.5"],
  [1e22, "1e+22"],
  [0, "0"],
  [123456.7, "123456.7"],
  [1e-300, "1e-300"],
])("%d is printed as %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});

describe("errors point at the place", () => {
  test.each([
    ["y ~ log(a", "    ^^^", "balanced parentheses"],
    ["y ~ a)", "     ^", "balanced parentheses"],
    ["y ~ a ~ b", "      ^", "one tilde"],
    ["y ~ a b", "      ^", "operators between them"],
    ["y ~ a +", "       ^", "at each side of an operator"],
    ["y ~ * a", "    ^", "at each side of an operator"],
    ["y a", "  ^", "a response, a tilde and terms"],
    ["y ~ a @ b", "      ^", "made of names, numbers and the operators"],
    ["y ~ `a", "    ^", "quotes are closed"],
    ["y ~ a == b", "      ^", "operators"],
    ["y ~ 1e999", "    ^^^^^", "finite numbers"],
  ])("%s", (text, caret, expected) => {
    const message = messageOf(() => parseFormula(text, "fitGlm"));
    expect(message).toContain(expected);
    expect(message).toMatch(/^fitGlm: formula must be /);
    const [shown, pointer] = message.split("\n").slice(-2);
    expect(shown).toBe(`  ${text}`);
    expect(pointer).toBe(`  ${caret}`);
  });

  test("a long formula is shown around the place", () => {
    const message = messageOf(() => parseFormula(`y ~ ${"a + ".repeat(100)}) + ${"b + ".repeat(100)}c`));
    const [shown, pointer] = message.split("\n").slice(-2);
    expect(shown.length).toBeLessThan(140);
    expect(shown[pointer.indexOf("^")]).toBe(")");
  });
});

test.each([[""], ["  \n "], [null], [5]])("%j is no formula", (text) => {
  expect(() => parseFormula(text as string)).toThrow(InputError);
});

test("deep nesting and long texts are refused, not run into", () => {
  for (const open of ["(", "-", "f(", "a^"]) {
    expect(messageOf(() => parseFormula(`y ~ ${open.repeat(5000)}a`))).toContain("within each other");
  }
  expect(messageOf(() => parseFormula(`y ~ ${"a".repeat(300_000)}`))).toContain("characters long");
});
