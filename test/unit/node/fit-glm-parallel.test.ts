import { describe, expect, test } from "vitest";
// From the built package: Node's threads load the compiled worker.
import { fitGlm, type GlmModel, negativeBinomial, Table } from "vitrine";
import { fitGlmParallel } from "vitrine/node";

const numRows = 150_000;
const wave = (scale: number): Float64Array => Float64Array.from({ length: numRows }, (_, row) => Math.sin(row * scale + scale));
const x = wave(0.7);
const z = wave(1.3);
const table = Table.fromColumns({
  x,
  z,
  region: Array.from(x, (_, row) => ["a", "b", "c"][row % 3]),
  claims: Float64Array.from(x, (value, row) =>
    Math.floor(Math.exp(0.3 + 0.4 * value + (row % 3 === 1 ? 0.2 : 0)) * (1 + z[(row * 7) % numRows])),
  ),
});

/** Sums in another order differ by some 1e-16 of each. */
const ROUNDING = 1e-11;

function expectNear(one: GlmModel, other: GlmModel): void {
  one.coefficients.forEach(({ estimate, standardError }, j) => {
    expect(Math.abs((estimate ?? 0) - (other.coefficients[j].estimate ?? 0))).toBeLessThan(ROUNDING);
    expect(Math.abs((standardError ?? 0) - (other.coefficients[j].standardError ?? 0))).toBeLessThan(ROUNDING);
  });
  expect(Math.abs(one.deviance / other.deviance - 1)).toBeLessThan(ROUNDING);
}

describe("fitGlmParallel", () => {
  test("is fitGlm, to the same bit for one thread and for two", async () => {
    const one = await fitGlmParallel("claims ~ x * region + z", table, { family: "poisson", threads: 1 });
    const two = await fitGlmParallel("claims ~ x * region + z", table, { family: "poisson", threads: 2 });
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    expectNear(two, fitGlm("claims ~ x * region + z", table, { family: "poisson" }));
    expect(two.residuals("pearson")).toHaveLength(numRows);
  });

  test("estimates theta too", async () => {
    const model = await fitGlmParallel("claims ~ x", table, { family: negativeBinomial(), threads: 2 });
    const straight = fitGlm("claims ~ x", table, { family: negativeBinomial() });
    expect(Math.abs((model.family.parameter ?? 0) / (straight.family.parameter ?? 1) - 1)).toBeLessThan(1e-8);
    expectNear(model, straight);
  });

  test("names aliased columns", async () => {
    const model = await fitGlmParallel("claims ~ x + I(3 * x)", table, { family: "poisson", threads: 2 });
    expect(model.coefficients[2].aliased).toBe(true);
  });

  test("ends when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(fitGlmParallel("claims ~ x", table, { signal })).rejects.toThrow("enough");
    const later = new AbortController();
    const fit = fitGlmParallel("claims ~ x + z", table, { family: "poisson", threads: 1, signal: later.signal });
    later.abort(new Error("enough"));
    await expect(fit).rejects.toThrow("enough");
  });

  test.each([
    [{ threads: 0 }, /threads must be a whole number/],
    [{ penalty: { strength: 1 } }, /penalty must be left out/],
    [{ family: "poison" }, /Did you mean/],
    [{ treads: 2 }, /treads/],
  ])("refuses %j", async (options, message) => {
    await expect(fitGlmParallel("claims ~ x", table, options as object)).rejects.toThrow(message);
  });
});
