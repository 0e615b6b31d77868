import { describe, expect, test } from "vitest";
import { outputLink } from "../../../src/trees/output-link.ts";

/** Two float64 routes to one number: a few units in the last place. */
const TOLERANCE = 4 * Number.EPSILON;

function expectClose(found: Float64Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(TOLERANCE * Math.abs(value));
}

describe("links", () => {
  test.each([
    ["identity", [-2, 0, 3], [-2, 0, 3]],
    ["logistic", [-2, 0, 800, -800], [1 / (1 + Math.exp(2)), 0.5, 1, 0]],
    ["exp", [-2, 0, 3], [Math.exp(-2), 1, Math.exp(3)]],
    ["hinge", [-2, 0, 3], [0, 0, 1]],
    ["square", [-2, 0, 3], [-4, 0, 9]],
    ["log1pExp", [-2, 0, 3, 800, -40], [Math.log1p(Math.exp(-2)), Math.log(2), Math.log1p(Math.exp(3)), 800, Math.exp(-40)]],
    ["halving", [0, 1, -2, 0.5], [1, 0.5, 4, Math.SQRT1_2]],
  ] as const)("%s", (name, raw, expected) => expectClose(outputLink(name).apply(Float64Array.from(raw), 1), expected));

  test("softmax works row by row and does not overflow", () => {
    const raw = Float64Array.of(0, Math.log(3), 1000, 1000);
    expectClose(outputLink("softmax").apply(raw, 2), [0.25, 0.75, 0.5, 0.5]);
    expect([...raw]).toEqual([0, Math.log(3), 1000, 1000]);
  });

  test("sort puts the outputs of each row in order", () => {
    expect([...outputLink("sort").apply(Float64Array.of(3, -1, 2, 0, 5, -Infinity), 3)]).toEqual([-1, 2, 3, -Infinity, 0, 5]);
  });

  test("cumulativeSoftplus climbs from output to output", () => {
    const step = Math.fround(1e-6);
    const first = [5, 5 + step + Math.log(2), 5 + 2 * step + Math.log(2) + Math.log1p(Math.exp(-3))];
    const second = [-1, 799 + step, 799 + 2 * step];
    expectClose(outputLink("cumulativeSoftplus").apply(Float64Array.of(5, 0, -3, -1, 800, -800), 3), [...first, ...second]);
  });

  test("a slope steepens, a divisor averages", () => {
    expectClose(outputLink("logistic", { slope: 2 }).apply(Float64Array.of(1), 1), [1 / (1 + Math.exp(-2))]);
    expectClose(outputLink("exp", { divisor: 4 }).apply(Float64Array.of(8), 1), [Math.exp(2)]);
  });
});

test("units say what the raw scale is in", () => {
  expect(outputLink("identity").units).toBe("");
  expect(outputLink("identity", { divisor: 3 }).units).toBe("summed over 3 iterations");
  expect(outputLink("logistic", { slope: 2, divisor: 3 }).units).toBe("log-odds / 2 summed over 3 iterations");
  expect(outputLink("exp", { units: "log of the time" }).units).toBe("log of the time");
});
