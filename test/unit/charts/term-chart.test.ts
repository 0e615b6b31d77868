import { expect, test } from "vitest";
import { termChart } from "../../../src/charts/index.ts";
import type { TermChartOptions, TermEffect } from "../../../src/charts/index.ts";
import { ageEffect, districtEffect, makeEffect, yearEffect } from "./glm-examples.ts";
import { inputError } from "./input-error.ts";
import { layerOf, readHeading, readLayer } from "./read-spec.ts";

const readTexts = (effect: TermEffect, options?: TermChartOptions): unknown[] =>
  readLayer(termChart(effect, options), "label").map(({ label, text }) => `${String(label)}: ${String(text)}`);

const plain = (text: string | undefined): string | undefined => text?.replaceAll("\u00a0", " ");

test("a numeric term says what the height is, against what, and what band and bars are", () => {
  const { title, note } = readHeading(termChart(ageEffect));
  expect(title).toBe("How the prediction changes with “Age of the driver”");
  expect(plain(note)).toBe("Height: relativity compared with 40 years (1 = the same); band: 95 % interval; bars: number of cases");
  expect(readHeading(termChart(yearEffect)).note).toBe("Height: change (%) compared with the average case");
  expect(readHeading(termChart({ ...yearEffect, scale: "link", unitsLabel: "€", reference: 2015, confidence: 0.995 })).note).toBe(
    "Height: difference (€) compared with 2015",
  );
});

test("a numeric term is told by its ends and its turning points", () => {
  expect(plain(termChart(ageEffect).description)).toBe(
    "Curve of Age of the driver. Relativity compared with 40 years: from 1.67 (1.52 to 1.82) at 18 years to 1.03 (0.92 to 1.15) at 78 years; lowest 0.88 (0.84 to 0.92) at 58 years.",
  );
});

test("levels stand by effect, or as they are given; the reference is said", () => {
  const byEffect = ["Porto", "Faro", "Lisboa", "Coimbra", "Aveiro", "Setúbal"];
  expect(readTexts(districtEffect).map((each) => String(each).split(/[:\s]/)[0])).toEqual(
    [...byEffect].sort((a, b) => rankOf(districtEffect, b) - rankOf(districtEffect, a)),
  );
  const given = readTexts(districtEffect, { order: "given" });
  expect(given[0]).toBe("Lisboa: reference");
  expect(given[1]).toMatch(/^Porto: 1\.54 \(1\.35 to 1\.75\)$/);
});

function rankOf({ points }: TermEffect, beginning: string): number {
  return points.find(({ x }) => String(x).startsWith(beginning))?.estimate ?? NaN;
}

test("of many levels the reference and the most important have a row, and the others one for their span", () => {
  const rows = readTexts(makeEffect);
  expect(rows).toHaveLength(20);
  expect(rows).toContain("make 0: reference");
  expect(rows).toContain("make 7: −9.00 (−21.00 to 3.00)");
  expect(rows[19]).toMatch(/^29 other levels: −0\.\d\d to 0\.\d\d$/);
});

test("an estimate without bounds does not press the others together: it ends in arrows", () => {
  const spec = termChart(makeEffect);
  expect(readHeading(spec).note).toContain("; arrows: beyond the axis;");
  expect(readHeading(termChart(districtEffect)).note).not.toContain("arrows");
  const { encoding } = layerOf(spec, "circle");
  const [low, high] = encoding.x.scale.domain;
  expect(low).toBeGreaterThan(-3);
  expect(high).toBeLessThan(3);
  expect(readLayer(spec, "shape").map(({ shape }) => shape)).toEqual(["triangle-left", "triangle-right"]);
});

test("colours say higher, lower and not clear", () => {
  const points = [
    { x: "up", estimate: 2, low: 1.5, high: 3 },
    { x: "down", estimate: 0.5, low: 0.4, high: 0.9 },
    { x: "unclear", estimate: 1.2, low: 0.9, high: 1.6 },
  ];
  const spec = termChart({ ...districtEffect, points, reference: undefined }, { order: "given" });
  const colours = readLayer(spec, "tip")
    .filter(({ kind }) => kind === "level")
    .map(({ tip, colour }) => [String(tip).split(":")[0], colour]);
  expect(new Map(colours as [string, string][])).toEqual(
    new Map([
      ["up", "#d55e00"],
      ["down", "#0072b2"],
      ["unclear", "#87909b"],
    ]),
  );
});

test("steps below a curve have the area of the number of cases, whatever their width", () => {
  const points = [0, 1, 2, 4].map((x, k) => ({ x, estimate: x, low: null, high: null, n: [10, 10, 15, 5][k] }));
  const spec = termChart({ ...yearEffect, scale: "link", points });
  const steps = readLayer(spec, "top").map(({ at, top }) => [Number(at), Number(top)]);
  const tallest = Math.max(...steps.map(([, top]) => steps[0][1] - top));
  const heights = [2, 4].map((k) => ({
    wide: steps[k + 1][0] - steps[k][0],
    tall: 28 - (steps[k][1] - Math.min(...steps.map(([, top]) => top))),
  }));
  // 10 cases on a width of 1 against 15 on 1.5: equally dense.
  expect(heights.map(({ wide }) => wide)).toEqual([1, 1.5]);
  expect(heights[0].tall).toBeCloseTo(heights[1].tall, 10);
  expect(tallest).toBeGreaterThanOrEqual(0);
});

test("charts of one range have one scale", () => {
  const domain = (effect: TermEffect): unknown => layerOf(termChart(effect, { range: [0.2, 5] }), "line").encoding.y.scale.domain;
  const [low, high] = domain(ageEffect) as number[];
  expect(low).toBeLessThanOrEqual(0.2);
  expect(high).toBeGreaterThanOrEqual(5);
  const flat = { ...ageEffect, points: ageEffect.points.map((point) => ({ ...point, estimate: 1, low: 0.9, high: 1.1 })) };
  expect(domain(flat)).toEqual(domain(ageEffect));
});

const point = { x: 1, estimate: 1, low: 0.5, high: 2 };
const mend = "Make one with termEffect(model, term).";
const ends = "Give null for both ends where no interval is known.";

test.each<[object | null, string]>([
  [null, `effect must be a TermEffect; got null. ${mend}`],
  [{ label: 3 }, `effect.label must be a text; got 3. ${mend}`],
  [{ kind: "ordinal" }, `effect.kind must be "numeric" or "categorical"; got "ordinal". ${mend}`],
  [{ scale: "log" }, `effect.scale must be "link", "factor" or "percent"; got "log". ${mend}`],
  [{ points: [] }, `effect.points must be at least one point; got an array of 0. ${mend}`],
  [{ reference: "b" }, `effect.reference must be a finite number; got "b". ${mend}`],
  [{ points: [{ ...point, x: "a" }] }, `effect.points[0].x must be a finite number; got "a". ${mend}`],
  [{ points: [point, point] }, `effect.points[1].x must be above 1; got 1. ${mend}`],
  [{ kind: "categorical", reference: "b", points: [point] }, `effect.points[0].x must be the label of a level; got 1. ${mend}`],
  [
    { points: [{ ...point, estimate: 0, low: 0 }] },
    "effect.points[0].estimate must be a finite number above 0; got 0. Give multiples, 1 where there is no effect; leave aliased coefficients out.",
  ],
  [
    { scale: "link", points: [{ ...point, estimate: NaN }] },
    "effect.points[0].estimate must be a finite number; got NaN. Leave out what the model could not estimate.",
  ],
  [{ points: [{ ...point, low: 1.5 }] }, `effect.points[0].low must be at most 1, or null; got 1.5. ${ends}`],
  [{ points: [{ ...point, high: NaN }] }, `effect.points[0].high must be at least 1, or null; got NaN. ${ends}`],
  [
    { points: [{ ...point, low: null }] },
    "effect.points[0].low must be a number, as the other end is one; got null. Give both ends, or null for both.",
  ],
  [{ points: [{ ...point, low: -1 }] }, "effect.points[0].low must be at least 0; got -1. Give multiples, 1 where there is no effect."],
  [
    { points: [{ ...point, n: -1 }] },
    "effect.points[0].n must be a finite number of at least 0; got -1. Leave it out where it is not known.",
  ],
  [{ confidence: 95 }, "effect.confidence must be a number between 0 and 1; got 95. Leave it out for 0.95."],
])("refuses the effect %j", (parts, message) => {
  const effect = parts && { ...ageEffect, points: [point], ...parts };
  expect(() => termChart(effect as TermEffect)).toThrow(inputError(`termChart: ${message}`));
});

test.each<[object, string]>([
  [{ order: "name" }, 'order must be "effect" or "given"; got "name". Leave it out for the chart\'s own order.'],
  [{ sizeLabel: 3 }, 'sizeLabel must be a text; got 3. Leave it out for "cases".'],
  [{ range: [0, 2] }, "range must be two factors above 0; got 0. Leave it out for the chart's own range."],
  [{ range: [3, 2] }, "range must be two finite numbers, the lower first; got an array of 2. Leave it out for the chart's own range."],
])("refuses the options %j", (options, message) => {
  expect(() => termChart(ageEffect, options as TermChartOptions)).toThrow(inputError(`termChart: ${message}`));
});
