import { expect, test } from "vitest";
import { palettes, termChart } from "../../../src/charts/index.ts";
import type { TermEffect, TermPoint } from "../../../src/charts/index.ts";
import { ageEffect, areaEffect } from "./glm-examples.ts";
import { inputError } from "./input-error.ts";
import { layerOf, readHeading, readLayer } from "./read-spec.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");

interface LineLayer {
  readonly mark: { readonly type: string; readonly stroke?: string; readonly strokeDash?: readonly number[] };
  readonly data: { readonly values: readonly { readonly x: number; readonly estimate?: number }[] };
}

/** The parts of the curve: from and to which value, and whether dashed. */
function partsOf(effect: TermEffect): [number, number, boolean][] {
  const { layer } = termChart(effect) as unknown as { layer: readonly LineLayer[] };
  return layer
    .filter(({ mark, data }) => mark.type === "line" && data.values.some(({ estimate }) => estimate !== undefined))
    .map(({ mark, data: { values } }) => [values[0].x, values[values.length - 1].x, mark.strokeDash !== undefined]);
}

test("a curve with everything says what everything is", () => {
  expect(plain(readHeading(termChart(areaEffect, { maxDots: 100 })).note)).toMatch(
    /^Height: difference \(log of the price\) compared with the average case; band: 95 % interval; wider band: the same of the whole curve at once; dots: partial residuals, 100 of 400(, \d+ beyond the axes)?; dashed: the band is too wide to tell; bars: number of cases$/,
  );
});

test("where the band is too wide, or no case is, the curve is faded", () => {
  const parts = partsOf(areaEffect);
  expect(parts).toHaveLength(2);
  const [[from, to, isDashed], [next, end, isFaded]] = parts;
  expect([from, isDashed, isFaded, end]).toEqual([600, false, true, 5400]);
  expect(next).toBe(to);
  expect(to).toBeLessThan(4000);
  expect(partsOf(ageEffect)).toEqual([[18, 78, false]]);
  const widened = (point: TermPoint): TermPoint => (Number(point.x) < 22 ? { ...point, low: 0.01, high: 100 } : point);
  expect(partsOf({ ...ageEffect, points: ageEffect.points.map(widened) })).toEqual([
    [22, 78, false],
    [18, 22, true],
  ]);
});

test("a band that is too wide to tell leaves the plot and does not press the curve flat", () => {
  const wide = ageEffect.points.map((point) => (Number(point.x) > 70 ? { ...point, low: 0.05, high: 20 } : point));
  const domain = (effect: TermEffect): readonly number[] => layerOf(termChart(effect), "line").encoding.y.scale.domain;
  const [low, high] = domain({ ...ageEffect, points: wide });
  expect(low).toBeGreaterThan(0.5);
  expect(high).toBeLessThan(3);
  expect(
    readLayer(termChart({ ...ageEffect, points: wide }), "low").every((each) => Number(each.low) >= low && Number(each.high) <= high),
  ).toBe(true);
});

test("partial residuals are thinned evenly, and those beyond the axes are counted", () => {
  const { residuals } = areaEffect;
  const many = { x: [...(residuals?.x ?? []), 1500], y: [...(residuals?.y ?? []), 50] };
  const spec = termChart({ ...areaEffect, residuals: many }, { maxDots: 60 });
  expect(readHeading(spec).note).toContain("dots: partial residuals, 60 of 401, ");
  const dots = readLayer(spec, "y").filter((datum) => !("estimate" in datum));
  expect(dots).toHaveLength(60);
  const [low, high] = layerOf(spec, "line").encoding.y.scale.domain;
  expect(high).toBeLessThan(2);
  for (const { y } of dots) expect(Number(y) >= low && Number(y) <= high).toBe(true);
  expect(readLayer(termChart(areaEffect, { maxDots: 0 }), "y")).toEqual([]);
});

test("the interval of the whole curve lies around that of its points, in one colour", () => {
  const { layer } = termChart(areaEffect) as unknown as { layer: readonly { mark: { type: string; fill?: string } }[] };
  const fills = layer.filter(({ mark }) => mark.type === "area").map(({ mark }) => mark.fill);
  expect(fills.slice(0, 2)).toEqual([palettes.light.accent, palettes.light.accent]);
});

const mend = "Make one with termEffect(model, term).";

test.each<[object, string]>([
  [
    { points: [{ x: 1, estimate: 1, low: 0.5, high: 2, simultaneous: [0.6, 3] }] },
    `effect.points[0].simultaneous must be two numbers around 0.5 and 2; got an array of 2. ${mend}`,
  ],
  [
    { points: [{ x: 1, estimate: 1, low: 0.5, high: 2, simultaneous: 3 }] },
    `effect.points[0].simultaneous must be two numbers around 0.5 and 2; got 3. ${mend}`,
  ],
  [{ residuals: { x: 3, y: [] } }, `effect.residuals.x must be a list of numbers; got 3. ${mend}`],
  [{ residuals: { x: [1], y: [] } }, `effect.residuals.y must be of 1 numbers, as residuals.x is; got an array of 0. ${mend}`],
  [{ residuals: { x: [NaN], y: [1] } }, `effect.residuals.x[0] must be a finite number; got NaN. ${mend}`],
  [{ residuals: { x: [1], y: [-1] } }, `effect.residuals.y[0] must be a factor above 0; got -1. ${mend}`],
])("refuses the effect %j", (change, message) => {
  expect(() => termChart({ ...ageEffect, ...change })).toThrow(inputError(`termChart: ${message}`));
});

test("partial residuals belong to numbers, and no more than 1800 are drawn", () => {
  const residuals = { x: [1], y: [1] };
  const levels: TermEffect = {
    ...ageEffect,
    kind: "categorical",
    reference: undefined,
    points: [{ x: "a", estimate: 1, low: null, high: null }],
    residuals,
  };
  expect(() => termChart(levels)).toThrow(
    inputError(`termChart: effect.residuals must be left out for levels; got an object of type Object. ${mend}`),
  );
  const message = "termChart: maxDots must be a whole number from 0 to 1800; got 5000. Leave it out for 1000.";
  expect(() => termChart(ageEffect, { maxDots: 5000 })).toThrow(inputError(message));
});
