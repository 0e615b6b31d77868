import { describe, expect, test } from "vitest";
import { anomalies, fitGlm } from "../../../../../src/models/index.ts";
import { createRandom } from "../../../../../src/numeric/index.ts";
import { Table } from "../../../../../src/table/index.ts";

const random = createRandom(5);
const rows = Array.from({ length: 200 }, () => {
  const age = 20 + random.integer(50);
  const region = ["north", "south"][random.integer(2)];
  return { age, region, claims: Math.floor(Math.exp((age - 20) / 40 + (region === "south" ? 0.5 : 0)) * 2 * random.next()) };
});
// One row that nothing explains.
rows[17] = { age: 30, region: "north", claims: 19 };
const table = Table.fromRecords(rows).describe({ age: { label: "Age of the driver", unit: "years" } });
const model = fitGlm("claims ~ age + region", table, { family: "poisson" });

describe("anomalies", () => {
  test("the row that was planted comes first, with its drivers in the user's words", () => {
    const [first, second] = anomalies(model);
    expect(first).toMatchObject({ row: 17, response: 19, direction: "higher", outside: [] });
    expect(first.quantileResidual).toBeGreaterThan(5);
    expect(first.probability).toBeLessThan(1e-6);
    expect(first.words).toContain("Row 17: 19 came out where");
    expect(first.words).toContain("Age of the driver: 30 years");
    expect(Math.abs(second.quantileResidual)).toBeLessThan(Math.abs(first.quantileResidual));
  });

  test("the same is found in the rows as new data, at their positions, with missing rows passed over", () => {
    const data = Table.fromRecords([{ age: null, region: "north", claims: 1 }, ...rows]).describe({ age: { unit: "years" } });
    const [first] = anomalies(model, data, { most: 1 });
    expect(first.row).toBe(18);
    expect(first.quantileResidual).toBeCloseTo(anomalies(model, data, { most: 1 })[0].quantileResidual, 12);
  });

  test("a value outside the training range is said", () => {
    const [first] = anomalies(model, [{ age: 95, region: "south", claims: 0 }]);
    expect(first.outside).toEqual(["age"]);
    expect(first.words).toContain("Outside the training range: age 95.");
    expect(first.direction).toBe("lower");
  });

  test("without data and without kept data it says what to pass", () => {
    const bare = fitGlm("claims ~ age", table, { family: "poisson", keepData: false });
    expect(() => anomalies(bare)).toThrow(/anomalies: data must be given/);
    expect(anomalies(bare, table, { most: 1 })[0].row).toBe(17);
  });

  test("a quasi family has no distribution to be far out in", () => {
    expect(() => anomalies(fitGlm("claims ~ age", table, { family: "quasipoisson" }))).toThrow(/quasi family/);
  });

  test.each([
    ["most", { most: 0 }],
    ["mostDrivers", { mostDrivers: 1.5 }],
    ["seed", { seed: 0.5 }],
    ["options", { lots: 3 }],
  ])("%s is checked", (_, options) => {
    expect(() => anomalies(model, undefined, options as object)).toThrow(/^anomalies: /);
  });
});
