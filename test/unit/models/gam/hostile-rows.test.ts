import { expect, test } from "vitest";
import { fitGam } from "../../../../src/index.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const random = createRandom(12);
const x = Float64Array.from({ length: 120 }, () => random.next());
const z = Float64Array.from({ length: 120 }, () => random.next());
const y = x.map((value, row) => Math.sin(6 * value) + z[row] + random.next() / 4);
const above = x.map((value) => (value > 0.5 ? 1 : 0));
const data = { x, z, y, above };

function warned(
  name: string,
  ...fit: Parameters<typeof fitGam>
): { readonly subjects?: readonly string[]; readonly message: string } | null {
  return fitGam(...fit).warnings.find((warning) => warning.name === name) ?? null;
}

test("terms that tell the outcomes apart are named, those that do not are not", () => {
  expect(warned("separation", "above ~ s(x)", data, { family: "binomial" })?.subjects).toEqual(["s(x)"]);
  const beside = warned("separation", "above ~ s(z, k = 5) + x", data, { family: "binomial" });
  expect(beside?.subjects).toEqual(["x"]);
  expect(beside?.message).toMatch(/^The outcomes of at least 120 rows can be told without error from "x":.* select: true/);
  const mixed = { ...data, above: above.map((value, row) => (row % 10 === 0 ? 1 - value : value)) };
  expect(warned("separation", "above ~ s(x) + s(z, k = 5)", mixed, { family: "binomial" })).toBeNull();
});

test("a search that ends early says why it did not settle", () => {
  const early = warned("notConverged", "y ~ s(x) + s(z)", data, { maxIterations: 1 });
  expect(early?.subjects?.every((label) => label === "s(x)" || label === "s(z)")).toBe(true);
  expect(early?.subjects).toContain("s(x)");
  expect(early?.message).toMatch(/The criterion still has a slope along the smoothing of "s\(x\)"/);
  expect(warned("notConverged", "y ~ s(x) + s(z)", data, { maxIterations: 1 })?.message).toMatch(
    /within 1 iteration: .*Raise maxIterations/,
  );
  const same = { ...data, twice: x.map((value) => 2 * value + 1) };
  const exact = warned("notConverged", "twice ~ s(x)", same)?.message;
  expect(exact).toMatch(/^The terms fit the response exactly/);
  expect(exact).not.toMatch(/maxIterations/);
  const stray = warned("notConverged", "y ~ s(x)", { ...data, x: x.map((value, row) => (row === 0 ? 1e7 : value)) })?.message;
  expect(stray).toMatch(/no step lowers the criterion/);
});

test("numbers too large or too small to compute with are refused, or said to be so", () => {
  const scaled = (by: number): Record<string, Float64Array> => ({ ...data, x: x.map((value) => value * by) });
  for (const by of [1e200, 1e-200])
    expect(messageOf(() => fitGam("y ~ s(x)", scaled(by)))).toMatch(/covariates that differ by .*another unit/);
  expect(fitGam("y ~ s(x)", scaled(1e25)).effectiveDegreesOfFreedom).toBeCloseTo(fitGam("y ~ s(x)", data).effectiveDegreesOfFreedom, 4);
  const huge = y.map((value) => value * 1e150);
  expect(messageOf(() => fitGam("y ~ s(x)", { ...data, y: huge }))).toMatch(
    /^fitGam: response must be numbers below 1e\+60; got .*another unit/,
  );
  expect(messageOf(() => fitGam("y ~ s(x)", data, { weights: x.map(() => 1e300) }))).toMatch(/^fitGam: weights must be numbers below/);
});

test("more draws than memory holds are refused", () => {
  expect(messageOf(() => fitGam("y ~ s(x)", data).posteriorDraws(1e12))).toMatch(
    /count must be a whole number from 1 to 26843545; got 1000000000000/,
  );
});

test("one value far from the others leaves a straight line", () => {
  const stray = { ...data, x: x.map((value, row) => (row === 0 ? 1e9 : value)) };
  const model = fitGam("y ~ s(x)", stray);
  expect(model.effectiveDegreesOfFreedom).toBeCloseTo(2, 6);
  expect(model.warnings.map(({ name }) => name)).toEqual(["smoothingAtInfinity"]);
});
