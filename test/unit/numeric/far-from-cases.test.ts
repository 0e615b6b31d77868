import { expect, test } from "vitest";
import { farFromCases } from "../../../src/numeric/index.ts";

const x = [0, 1, 2, 3, 4];
const y = [0, 10, 20];

test("places farther from every case than a share of the plane are marked, each axis stretched to 1", () => {
  // Around the case at the left edge: 0.3 of a width of 4, and of a height of 20.
  expect(farFromCases(x, y, { x: [0], y: [10] }, 0.3)).toEqual(
    [
      [true, true, true, true, true],
      [false, false, true, true, true],
      [true, true, true, true, true],
    ].flat(),
  );
  const near = farFromCases(x, y, { x: [0], y: [10] }, 0.56).map((isFar) => !isFar);
  expect(near).toEqual(
    [
      [true, true, false, false, false],
      [true, true, true, false, false],
      [true, true, false, false, false],
    ].flat(),
  );
});

test("it agrees with distances reckoned one by one", () => {
  const wide = Array.from({ length: 17 }, (_, i) => Math.sqrt(i));
  const tall = Array.from({ length: 13 }, (_, j) => -3 + j ** 2 / 10);
  const cases = { x: [0.4, 2, 3.9, 9], y: [-3, 4, 11, 0] };
  const [width, height] = [wide[16] - wide[0], tall[12] - tall[0]];
  const expected = tall.flatMap((b) =>
    wide.map((a) => cases.x.every((atX, k) => Math.hypot((a - atX) / width, (b - cases.y[k]) / height) > 0.17)),
  );
  expect(farFromCases(wide, tall, cases, 0.17)).toEqual(expected);
  expect(new Set(expected).size).toBe(2);
});

test("without a case everything is far; missing values are no case", () => {
  expect(farFromCases(x, y, { x: [], y: [] }).every(Boolean)).toBe(true);
  expect(farFromCases(x, y, { x: [NaN, 1], y: [0, NaN] }).every(Boolean)).toBe(true);
});
