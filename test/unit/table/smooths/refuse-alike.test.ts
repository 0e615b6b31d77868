import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../src/numeric/index.ts";
import { learnDesign, Table } from "../../../../src/table/index.ts";

const random = createRandom(3);
const km = Float64Array.from({ length: 50 }, () => 100 * random.next());
const table = Table.fromColumns({
  y: km,
  km,
  miles: km.map((value) => -value / 1.609344 + 7),
  near: km.map((value) => value + 1e-6 * random.next()),
});
const learn = (formula: string): unknown => learnDesign("fitGam", formula, table, { smooths: "learn" });

describe("refuseAlike", () => {
  it("refuses a covariate in another unit, with a caret under the later smooth", () => {
    expect(() => learn("log(y + 1) ~ s(km) + s(miles)")).toThrow(
      "fitGam: formula must be made of smooths whose covariates differ by more than their unit; got miles, which is a multiple of km plus a " +
        "constant, in s(miles) beside s(km) at character 22. Keep s(miles) or s(km): they cannot be told apart.",
    );
    expect(() => learn("log(y + 1) ~ s(km) + s(I(2 * km))")).toThrow("I(2 * km), which is a multiple of km");
  });

  it("lets covariates stand that differ, if by little, and curves by numbers", () => {
    expect(() => learn("log(y + 1) ~ s(km) + s(near)")).not.toThrow();
    expect(() => learn("log(y + 1) ~ s(km) + s(miles, by = near)")).not.toThrow();
    expect(() => learn("log(y + 1) ~ s(km) + s(log(km + 1))")).not.toThrow();
  });
});
