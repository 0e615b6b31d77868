import { describe, expect, test } from "vitest";
import { parseEquation, type LinearExpression } from "../../../../../src/models/glm/inference/linear-expression.ts";

const names = ["(Intercept)", "a", "ab", "Group1-1.5l", "I(x/2)", "x:y", "Age>35", "with space", "a b"];
const read = (text: string): LinearExpression => parseEquation(text, names);
const multiplesOf = (text: string): Record<string, number> =>
  Object.fromEntries([...read(text).multiples].map(([position, multiple]) => [names[position], multiple]));

describe("equations between coefficients", () => {
  test.each([
    ["a", { a: 1 }, 0],
    ["a = ab", { a: 1, ab: -1 }, 0],
    ["2*a + b = 1".replace("b", "ab"), { a: 2, ab: 1 }, -1],
    ["-a - -ab = 0", { a: -1, ab: 1 }, 0],
    ["(a + ab) / 2 - 3e-1 = (1 + 2) * 2", { a: 0.5, ab: 0.5 }, -6.3],
    ["a * 2 * 3 = .5", { a: 6 }, -0.5],
    ["Group1-1.5l - Group1-1.5l + a = 0", { "Group1-1.5l": 0, a: 1 }, 0],
    ["I(x/2) = 2 * (Intercept)", { "I(x/2)": 1, "(Intercept)": -2 }, 0],
    ["x:y = Age>35", { "x:y": 1, "Age>35": -1 }, 0],
    ["with space + `a b` = 0", { "with space": 1, "a b": 1 }, 0],
  ])("%s", (text, multiples, constant) => {
    expect(multiplesOf(text)).toEqual(multiples);
    expect(read(text).constant).toBeCloseTo(constant, 14);
  });

  test("a name is not found within a longer word", () => {
    expect(multiplesOf("ab")).toEqual({ ab: 1 });
    expect(() => read("abc")).toThrow(/made of/);
  });

  test.each([
    ["a * ab", "linear in the coefficients"],
    ["1 / a", "divided by numbers"],
    ["a / 0", "divided by numbers"],
    ["(a", "closed by )"],
    ["a = ", "a coefficient or a number here"],
    ["a ab", "one equation"],
    ["a = ab = 1", "one equation"],
    ["c = 1", "made of coefficients"],
    ["a ~ 1", "made of coefficients"],
  ])("refuses %s", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
