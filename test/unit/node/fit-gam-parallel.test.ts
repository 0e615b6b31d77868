import { describe, expect, test } from "vitest";
// From the built package: Node's threads load the compiled worker.
import { fitGam, type GamModel, negativeBinomial, Table } from "vitrine";
import { fitGamParallel } from "vitrine/node";

const numRows = 150_000;
const wave = (scale: number): Float64Array => Float64Array.from({ length: numRows }, (_, row) => Math.sin(row * scale + scale));
const x = wave(0.7);
const z = wave(1.3);
const table = Table.fromColumns({
  x,
  z,
  region: Array.from(x, (_, row) => ["a", "b", "c"][row % 3]),
  claims: Float64Array.from(x, (value, row) => Math.floor(Math.exp(0.3 + Math.cos(3 * value)) * (1 + z[(row * 7) % numRows]))),
});
const formula = 'claims ~ region + s(x, bs = "cr") + s(z, bs = "cr", k = 5)';

/** The search ends where the criterion cannot fall by more than 1e-9; sums in another order differ by some 1e-16 of each. */
const SEARCHED = 1e-6;

function expectNear(one: GamModel, other: GamModel): void {
  one.coefficients.forEach(({ estimate, standardError }, j) => {
    expect(Math.abs((estimate ?? 0) - (other.coefficients[j].estimate ?? 0))).toBeLessThan(SEARCHED);
    expect(Math.abs((standardError ?? 0) - (other.coefficients[j].standardError ?? 0))).toBeLessThan(SEARCHED);
  });
  expect(Math.abs(one.criterion / other.criterion - 1)).toBeLessThan(SEARCHED);
}

describe("fitGamParallel", () => {
  test("is fitGam, to the same bit for one thread and for two", async () => {
    const options = { family: "poisson", discretize: 100, keepData: false } as const;
    const one = await fitGamParallel(formula, table, { ...options, threads: 1 });
    const two = await fitGamParallel(formula, table, { ...options, threads: 2 });
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    expectNear(two, fitGam(formula, table, options));
  });

  test("estimates theta too, and keeps the rows", async () => {
    const short = 'claims ~ s(x, bs = "cr", k = 5)';
    const options = { family: negativeBinomial(), discretize: 50 };
    const model = await fitGamParallel(short, table, { ...options, threads: 2 });
    expectNear(model, fitGam(short, table, options));
    expect(model.residuals("pearson")).toHaveLength(numRows);
  });

  test("ends when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(fitGamParallel(formula, table, { signal })).rejects.toThrow("enough");
    const later = new AbortController();
    const fit = fitGamParallel(formula, table, { family: "poisson", discretize: 100, threads: 1, signal: later.signal });
    later.abort(new Error("enough"));
    await expect(fit).rejects.toThrow("enough");
  });

  test.each([
    [{ threads: 0 }, /threads must be a whole number/],
    [{ family: "poison" }, /Did you mean/],
    [{ treads: 2 }, /treads/],
    [null, /options/],
  ])("refuses %j", async (options, message) => {
    await expect(fitGamParallel(formula, table, options as unknown as object)).rejects.toThrow(message);
  });
});
