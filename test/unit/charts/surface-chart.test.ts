import { expect, test } from "vitest";
import { palettes, surfaceChart } from "../../../src/charts/index.ts";
import type { SurfaceChartOptions, SurfaceEffect } from "../../../src/charts/index.ts";
import { landEffect } from "./glm-examples.ts";
import { inputError } from "./input-error.ts";
import { readHeading, readLayer } from "./read-spec.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const colours = (effect: SurfaceEffect, options?: SurfaceChartOptions): unknown[] =>
  readLayer(surfaceChart(effect, options), "geometry").flatMap(({ colour }) => (colour === undefined ? [] : [colour]));

test("the note says what colours, hatches, dots and blanks are", () => {
  const { title, note } = readHeading(surfaceChart(landEffect));
  expect(title).toBe("How the prediction changes with “Longitude” and “Latitude”");
  expect(plain(note)).toBe(
    "Colour: relativity compared with the average case (1 = the same); hatched: no clear difference (95 % interval); dots: cases; blank: too far from any case",
  );
  expect(plain(readHeading(surfaceChart(landEffect, { show: "clear", sizeLabel: "homes" })).note)).toBe(
    "Colour: whether the 95 % interval lies above or below the average case; dots: homes; blank: too far from all homes",
  );
  const bare = { ...landEffect, lows: null, highs: null, isFar: undefined, cases: undefined };
  expect(readHeading(surfaceChart(bare)).note).toBe("Colour: relativity compared with the average case (1 = the same)");
});

test("the description tells the course, both ends and how much is clear", () => {
  expect(plain(surfaceChart(landEffect).description ?? "")).toMatch(
    /^Map of Longitude \(left to right\) and Latitude \(upwards\)\. Relativity compared with the average case\. The prediction is highest around Longitude −93\.6\d+ °, Latitude 42\.0\d+ ° \(× 1\.4\d\) and lowest around .* \(× 0\.7\d\); the difference from none is clear for \d\d % of the cases\.$/,
  );
});

test("colours above and below no effect are symmetric: the mirror image has the mirrored colours", () => {
  const { estimates, lows, highs } = landEffect;
  const invert = (values: readonly number[] | null): number[] | null => values && values.map((value) => 1 / value);
  const mirrored = {
    ...landEffect,
    estimates: invert(estimates) ?? [],
    lows: invert(highs),
    highs: invert(lows),
    scale: "factor",
  } as const;
  const { above, below } = palettes.light;
  const swap = (colour: unknown): string => above[below.indexOf(String(colour))] ?? below[above.indexOf(String(colour))];
  expect(colours(mirrored)).toEqual(colours(landEffect).map(swap).reverse());
  expect(new Set(colours(landEffect)).size).toBeGreaterThanOrEqual(4);
});

test("one range gives the same effect the same colour, in whatever chart", () => {
  const mild = { ...landEffect, estimates: landEffect.estimates.map((factor) => factor ** 0.2), lows: null, highs: null };
  const range = [0.5, 2] as const;
  const own = colours(mild);
  const shared = colours(mild, { range });
  expect(own).toContain(palettes.light.above.at(-1));
  expect(
    shared.every(
      (colour) => palettes.light.above.slice(0, 2).includes(String(colour)) || palettes.light.below.slice(0, 2).includes(String(colour)),
    ),
  ).toBe(true);
});

test("what is too far from all cases is not drawn, and cannot be the highest", () => {
  const peak = landEffect.estimates.indexOf(Math.max(...landEffect.estimates));
  const hidden = { ...landEffect, isFar: landEffect.estimates.map((_, k) => k === peak) };
  const tips = readLayer(surfaceChart(hidden), "name").map(({ name }) => String(name));
  expect(tips[0]).toMatch(/^highest 1\.\d+$/);
  expect(tips[0]).not.toBe(String(readLayer(surfaceChart({ ...hidden, isFar: undefined }), "name")[0].name));
  const wild = {
    ...landEffect,
    isFar: landEffect.estimates.map((_, k) => k > 0),
    estimates: landEffect.estimates.map((each, k) => (k > 0 ? NaN : each)),
  };
  expect(() => surfaceChart(wild)).not.toThrow();
});

test("a clear map has a colour for each side and grey for the rest", () => {
  expect(colours(landEffect, { show: "clear" })).toEqual([palettes.light.grid, palettes.light.raises, palettes.light.lowers]);
  const shapes = readLayer(surfaceChart(landEffect, { show: "clear" }), "geometry") as { geometry: { coordinates: unknown[] } }[];
  for (const { geometry } of shapes) expect(geometry.coordinates.length).toBeGreaterThan(0);
});

test("of many cases it shows an even pick, never more than asked for, and no chart has more than 2000 marks", () => {
  const many = Array.from({ length: 20_000 }, (_, k) => k);
  const cases = { x: many.map((k) => -93.7 + 0.12 * ((k * 0.618) % 1)), y: many.map((k) => 41.98 + 0.088 * ((k * 0.414) % 1)) };
  const count = (options: SurfaceChartOptions): number =>
    readLayer(surfaceChart({ ...landEffect, cases }, options), "x").filter(
      (datum) => "y" in datum && !("tip" in datum) && !("text" in datum),
    ).length;
  expect(count({ maxDots: 300 })).toBe(300);
  expect(count({ maxDots: 0 })).toBe(0);
  const spec = surfaceChart({ ...landEffect, cases }, { width: 1280, maxDots: 1000 }) as unknown as {
    layer: { data?: { values: unknown[] } }[];
  };
  expect(spec.layer.reduce((sum, { data }) => sum + (data?.values.length ?? 0), 0)).toBeLessThanOrEqual(2000);
});

test("columns of one unit are drawn to one scale", () => {
  const height = (effect: SurfaceEffect): number => Number((surfaceChart(effect) as { height: number }).height);
  const stretch = (values: readonly number[], times: number): number[] => values.map((value) => values[0] + times * (value - values[0]));
  const taller = { ...landEffect, y: { ...landEffect.y, values: stretch(landEffect.y.values, 1.1) } };
  expect(height(taller)).toBeGreaterThan(height(landEffect));
  const apart = { ...taller, y: { ...taller.y, unit: "m" } };
  expect(height(apart)).toBe(height({ ...landEffect, y: { ...landEffect.y, unit: "m" } }));
});

const mend = "Make one with surfaceEffect(model, columns).";

test.each<[object | null, string]>([
  [null, `effect must be a SurfaceEffect; got null. ${mend}`],
  [{ label: 3 }, `effect.label must be a text; got 3. ${mend}`],
  [{ scale: "log" }, `effect.scale must be "link", "factor" or "percent"; got "log". ${mend}`],
  [{ x: null }, `effect.x must be a column with its values; got null. ${mend}`],
  [{ x: { label: "a", values: [1] } }, `effect.x.values must be at least two numbers; got an array of 1. ${mend}`],
  [{ y: { label: "a", values: [1, 1] } }, `effect.y.values[1] must be above 1; got 1. ${mend}`],
  [{ y: { label: "a", values: [1, NaN] } }, `effect.y.values[1] must be a finite number; got NaN. ${mend}`],
  [{ estimates: [1, 2] }, `effect.estimates must be a list of 192, one for each place of the grid; got an array of 2. ${mend}`],
  [{ lows: null }, `effect.lows must be a list, as the other end is one; got null. ${mend}`],
  [
    { isFar: landEffect.estimates.map(() => true) },
    `effect.isFar must be false somewhere, so that there is something to see; got an array of 192. ${mend}`,
  ],
  [
    { estimates: landEffect.estimates.map(() => 0) },
    "effect at place 0.estimate must be a finite number above 0; got 0. Give multiples, 1 where there is no effect; leave aliased coefficients out.",
  ],
  [{ cases: { x: [1], y: [] } }, `effect.cases.y must be of 1 numbers, as cases.x is; got an array of 0. ${mend}`],
  [{ cases: { x: 3, y: [] } }, `effect.cases.x must be a list of numbers; got 3. ${mend}`],
  [{ confidence: 95 }, "effect.confidence must be a number between 0 and 1; got 95. Leave it out for 0.95."],
])("refuses the surface %#", (change, message) => {
  const effect = change === null ? null : { ...landEffect, isFar: undefined, ...change };
  expect(() => surfaceChart(effect as SurfaceEffect)).toThrow(inputError(`surfaceChart: ${message}`));
});

test.each<[SurfaceChartOptions, string]>([
  [{ show: "both" as "clear" }, 'show must be "effect" or "clear"; got "both". Leave it out for "effect".'],
  [{ maxDots: 5000 }, "maxDots must be a whole number from 0 to 1000; got 5000. Leave it out for 800."],
  [{ range: [0, 2] }, "range must be two factors above 0; got 0. Leave it out for the chart's own range."],
  [{ range: [2, 1] }, "range must be two finite numbers, the lower first; got an array of 2. Leave it out for the chart's own range."],
])("refuses the options %j", (options, message) => {
  expect(() => surfaceChart(landEffect, options)).toThrow(inputError(`surfaceChart: ${message}`));
});

test("a surface without intervals has no clear map", () => {
  const message = 'surfaceChart: show must be "effect" for a surface without intervals; got "clear". Leave it out for "effect".';
  expect(() => surfaceChart({ ...landEffect, lows: null, highs: null }, { show: "clear" })).toThrow(inputError(message));
});
