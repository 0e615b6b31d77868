import { expect, test } from "vitest";
import { nearestNames } from "../../../src/table/index.ts";

const names = ["age", "Amount", "account", "region", "wage"];

test.each([
  ["AGE", ["age", "wage"]],
  ["amuont", ["Amount"]],
  ["regions", ["region"]],
  ["premium", []],
  ["", []],
])("%j is near %j", (wanted, near) => {
  expect(nearestNames(wanted, names)).toEqual(near);
});

test("names at most three", () => {
  expect(nearestNames("x1", ["x2", "x3", "x4", "x5"])).toEqual(["x2", "x3", "x4"]);
});
