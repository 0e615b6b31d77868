import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import type { TopLevelSpec } from "vega-lite";
import {
  beeswarmChart,
  dependenceChart,
  importanceChart,
  quantileChart,
  relativityChart,
  residualChart,
  surfaceChart,
  termChart,
} from "../../../src/charts/index.ts";
import { renderSvg } from "../../../src/report/render-svg.ts";
import { explain, levelColumn, numericColumn } from "./credit.ts";
import { everyChart } from "./every-chart.ts";
import { ageEffect, districtEffect, landEffect, yearEffect } from "./glm-examples.ts";

const schema = JSON.parse(readFileSync(new URL(import.meta.resolve("vega-lite/vega-lite-schema.json")), "utf8")) as object;
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

const one = explain([numericColumn("x", [3]), levelColumn("y", [0], ["a"])], [[0.5], [-0.25]]);
const still = explain(
  [numericColumn("x", [3, 3, 3]), numericColumn("gone", [NaN, NaN, NaN]), levelColumn("lost", [-1, -1, -1], ["a"])],
  [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
);

const still4 = {
  x: { label: "x", values: [0, 1] },
  y: { label: "y", values: [0, 1] },
  estimates: [1, 1, 1, 1],
  lows: [1, 1, 1, 1],
  highs: [1, 1, 1, 1],
  isFar: undefined,
};

const specs: Record<string, TopLevelSpec> = {
  ...everyChart({}),
  ...Object.fromEntries(
    Object.entries(everyChart({ width: 320, theme: "dark", title: null })).map(([name, spec]) => [`${name}, narrow, dark`, spec]),
  ),
  "importance of one row": importanceChart(one),
  "beeswarm of one row": beeswarmChart(one),
  "scatter of one row": dependenceChart(one, "x"),
  "levels of one row": dependenceChart(one, "y"),
  "importance without effects": importanceChart(still),
  "beeswarm without effects": beeswarmChart(still),
  "scatter of a constant": dependenceChart(still, "x"),
  "scatter of missing values": dependenceChart(still, "gone", { colorBy: "gone" }),
  "term of one value": termChart({ ...ageEffect, points: ageEffect.points.slice(3, 4), reference: undefined }),
  "term of one level": termChart({ ...districtEffect, points: districtEffect.points.slice(0, 1) }),
  "term without effect": termChart({
    ...yearEffect,
    points: yearEffect.points.map((point) => ({ ...point, estimate: 0, low: 0, high: 0, n: 0 })),
  }),
  "surface without effect": surfaceChart({ ...landEffect, ...still4, cases: undefined }),
  "surface of a single known place": surfaceChart({ ...landEffect, ...still4, isFar: [false, true, true, true], cases: { x: [], y: [] } }),
  "surface without intervals": surfaceChart({ ...landEffect, lows: null, highs: null }),
  "surface with endless intervals": surfaceChart({
    ...landEffect,
    lows: landEffect.estimates.map(() => 0),
    highs: landEffect.estimates.map(() => Infinity),
  }),
  "relativities without intervals": relativityChart([
    { term: "a", level: null, relativity: 1, low: null, high: null, n: 0, isReference: false },
  ]),
  "residuals of one row": residualChart([{ fitted: 0, residual: 0 }]),
  "quantiles of a constant": quantileChart([0, 0, 0]),
  "levels of missing values": dependenceChart(still, "lost", { colorBy: "lost" }),
};

test.each(Object.keys(specs))("%s follows the schema of Vega-Lite", (name) => {
  const valid = validate(JSON.parse(JSON.stringify(specs[name])));
  expect(validate.errors ?? []).toEqual([]);
  expect(valid).toBe(true);
});

test.each(Object.keys(specs))("%s renders without a warning, a number that is none, a script or a style", async (name) => {
  const svg = await renderSvg(specs[name]);
  expect(svg).toMatch(/^<svg [^>]*width="\d+" height="\d+" viewBox="0 0 \d+ \d+"/);
  expect(svg).not.toMatch(/NaN|Infinity|undefined|<script| style=|<image| href=/);
});
