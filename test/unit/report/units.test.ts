import { expect, test } from "vitest";
import { unitsFor } from "../../../src/report/units.ts";

const minus = "\u2212";
const space = "\u00a0";

test("probabilities read in per cent, contributions in points", () => {
  const units = unitsFor("binary", undefined);
  expect(units.label).toBe("points of probability");
  expect(units.level(0.284)).toBe(`28${space}%`);
  expect(units.size(-0.0743)).toBe(`7.4${space}points`);
  expect(units.size(0.01)).toBe(`1.0${space}points`);
  expect(units.signed([0.173, -0.042])).toEqual(["+17", `${minus}4`]);
  expect(units.withUnit("+1")).toBe(`+1${space}point`);
});

test("the gap is that of the figures as they are printed", () => {
  const { gap } = unitsFor("binary", undefined);
  expect(gap(0.644, 0.236)).toBe(`40${space}points above`);
  expect(gap(0.635, 0.254)).toBe(`39${space}points above`);
  expect(gap(0.027, 0.25)).toBe(`22${space}points below`);
  expect(gap(0.2501, 0.2499)).toBeNull();
});

test("numbers carry the unit of the response", () => {
  const units = unitsFor("regression", "€");
  expect(units.level(1234)).toBe(`€${space}1230`);
  expect(units.size(-43.21)).toBe(`€${space}43`);
  expect(units.gap(1500, 1234)).toBe(`€${space}266 above`);
  expect(unitsFor("count", undefined).level(0.5)).toBe("0.5");
});

test("a sign stands before a currency, and no effect has no unit", () => {
  const units = unitsFor("regression", "$");
  expect(units.signed([-1754, 20, 0]).map(units.withUnit)).toEqual([`${minus}$${space}1750`, `+$${space}20`, "no effect"]);
  expect(units.level(-1754)).toBe(`${minus}$${space}1750`);
});

test("contributions take the decimals of what they stand beside", () => {
  expect(unitsFor("binary", undefined).signed([0.1549, -0.042], 1)).toEqual(["+15.5", `${minus}4.2`]);
  expect(unitsFor("regression", "€").signed([15.49], 1)).toEqual(["+15.5"]);
});

test("classes are explained in points of score", () => {
  const units = unitsFor("multiclass", undefined);
  expect(units.label).toBe("points of score");
  expect(units.size(1.234)).toBe("1.2 points");
});
