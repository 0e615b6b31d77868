import { expect, test } from "vitest";
import { chooseStep, describeStep } from "../../../../src/report/terms/value-step.ts";

const space = "\u00a0";
const spread = (low: number, high: number, wholes = false): Float64Array =>
  Float64Array.from({ length: 101 }, (_, k) => low + ((high - low) * k) / 100).map((value) => (wholes ? Math.round(value) : value));

test("the step is one unit where some dozens of them make up the range", () => {
  expect(chooseStep(spread(19, 75))).toBe(1);
  expect(chooseStep(spread(0, 8))).toBe(1);
});

test("else it is a power of ten that fits twice into the middle nine tenths", () => {
  expect(chooseStep(spread(250, 18_000))).toBe(1000);
  expect(chooseStep(spread(46, 230))).toBe(10);
  expect(chooseStep(spread(0, 1.5))).toBe(0.1);
  expect(chooseStep(spread(0, 0.004))).toBe(0.001);
});

test("whole numbers are told in wholes, and one outlier decides nothing", () => {
  expect(chooseStep(spread(0, 1, true))).toBe(1);
  const outlier = spread(20, 60);
  outlier[100] = 1e6;
  expect(chooseStep(outlier)).toBe(1);
});

test("values that hardly differ, one value and none have a step all the same", () => {
  expect(chooseStep(new Float64Array(50).fill(7))).toBe(1);
  expect(chooseStep(new Float64Array())).toBe(1);
  expect(chooseStep(Float64Array.from({ length: 100 }, (_, row) => (row === 99 ? 0.5 : 0)))).toBe(0.1);
  expect(chooseStep(Float64Array.of(NaN, 1, 51, NaN))).toBe(1);
});

test("one of a unit is named in the singular, more and currencies with their number", () => {
  expect(describeStep(1, "years")).toBe("each further year");
  expect(describeStep(1, "years of age")).toBe("each further year of age");
  expect(describeStep(1, "inches")).toBe("each further inch");
  expect(describeStep(1, "mm")).toBe("each further mm");
  expect(describeStep(1, "gas")).toBe("each further gas");
  expect(describeStep(10, "years")).toBe(`each further 10${space}years`);
  expect(describeStep(1000, "€")).toBe(`each further €${space}1000`);
  expect(describeStep(1, "€")).toBe(`each further €${space}1`);
  expect(describeStep(0.1, undefined)).toBe("each step of 0.1");
  expect(describeStep(1, undefined)).toBe("each one more");
});
