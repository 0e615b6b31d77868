import { expect, test } from "vitest";
import type { TopLevelSpec } from "vega-lite";
import {
  beeswarmChart,
  contributionChart,
  dependenceChart,
  importanceChart,
  liftChart,
  quantileChart,
  relativityChart,
  residualChart,
  surfaceChart,
  termChart,
  waterfallChart,
} from "../../../src/charts/index.ts";
import type { LookOptions } from "../../../src/charts/index.ts";
import { renderSvg } from "../../../src/report/render-svg.ts";
import { explain, levelColumn, numericColumn } from "./credit.ts";
import { everyChart, liftRows } from "./every-chart.ts";
import { readTexts } from "./svg-texts.ts";
import type { SvgText } from "./svg-texts.ts";

/** Texts may reach this many pixels over the edge or into each other: rounding, and the estimate is on the wide side. */
const slack = 2;
const widths = [240, 320, 400, 401, 640, 1000];

const nasty = [
  "a.b[0].c",
  `it's "quoted" \\ and 'single'`,
  "</script><script>alert(1)</script>",
  "👩‍👩‍👧‍👦 household 🏠",
  "מצב החשבון של הלקוח",
  `${"Anlagevermögen".repeat(14)}1234`,
  "datum['x']; {{signal}}",
  "line\nbreak\ttab",
  "__proto__",
  "資産総額(百万円)前年同期比",
];

function overlaps(a: SvgText, b: SvgText): boolean {
  return a.left + slack < b.right && b.left + slack < a.right && a.top + slack < b.bottom && b.top + slack < a.bottom;
}

/** What is wrong with the texts of a chart: cut at an edge, or written over each other. */
async function findFaults(spec: TopLevelSpec, width: number): Promise<string[]> {
  const svg = await renderSvg(spec);
  const [, drawnWidth, drawnHeight] = /^<svg [^>]*width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  expect(Number(drawnWidth)).toBe(width);
  const texts = readTexts(svg);
  expect(texts.length).toBeGreaterThan(3);
  const cut = texts.filter(
    ({ left, right, top, bottom }) => left < -slack || right > width + slack || top < -slack || bottom > Number(drawnHeight) + slack,
  );
  const crossing = texts.flatMap((a, k) =>
    texts
      .slice(k + 1)
      .filter((b) => overlaps(a, b))
      .map((b) => `${a.text} × ${b.text}`),
  );
  return [...cut.map(({ text }) => `cut: ${text}`), ...crossing];
}

async function findAllFaults(charts: (look: LookOptions) => Record<string, TopLevelSpec>): Promise<string[]> {
  const faults: string[] = [];
  for (const width of widths) {
    for (const [name, spec] of Object.entries(charts({ width }))) {
      for (const fault of await findFaults(spec, width)) faults.push(`${name} at ${width}: ${fault}`);
    }
  }
  return faults;
}

test("at every width no text is cut and none lies on another", async () => {
  expect(await findAllFaults((look) => everyChart(look))).toEqual([]);
});

test("without a heading the texts fit as well", async () => {
  expect(await findAllFaults((look) => everyChart({ ...look, title: null }))).toEqual([]);
});

/** Charts of models with the same names, and with estimates of all sizes. */
function hardModelCharts(look: LookOptions): Record<string, TopLevelSpec> {
  const factors = nasty.map((name, k) => ({
    x: name,
    estimate: 10 ** (k - 4),
    low: k === 3 ? 0 : 10 ** (k - 4.2),
    high: k === 3 ? Infinity : 10 ** (k - 3.5),
  }));
  const rows = factors.map(({ x, estimate, low, high }, k) => ({
    term: nasty[k % 3],
    level: x,
    relativity: estimate,
    low,
    high,
    n: 10 ** k,
    isReference: false,
  }));
  const label = nasty[5];
  const wild = { label, unit: nasty[2], kind: "numeric", scale: "link", unitsLabel: nasty[4], reference: 1e6 } as const;
  return {
    levels: termChart({ label, kind: "categorical", points: factors, scale: "factor", unitsLabel: nasty[2], reference: nasty[8] }, look),
    curve: termChart({ ...wild, points: [1, 1e6, 2e6].map((x) => ({ x, estimate: x * x, low: -Infinity, high: 1e18, n: x })) }, look),
    surface: surfaceChart(
      {
        label,
        x: { label: nasty[1], unit: nasty[2], values: [-1e9, 0, 1e9] },
        y: { label, unit: nasty[4], values: [0.001, 0.002] },
        estimates: [1e-6, 1, 2, 3, 4, 1e6],
        lows: null,
        highs: null,
        scale: "factor",
        unitsLabel: nasty[5],
      },
      { ...look, sizeLabel: nasty[0] },
    ),
    relativity: relativityChart(rows, { ...look, unitsLabel: nasty[4], sizeLabel: nasty[0] }),
    residual: residualChart(
      nasty.map((name, k) => ({ fitted: 7 ** k, residual: (-3) ** k, name })),
      { ...look, kind: "response", unitsLabel: nasty[5], named: 10 },
    ),
    quantile: quantileChart(
      nasty.map((_, k) => (-40) ** k),
      { ...look, names: nasty, named: 10 },
    ),
  };
}

test("names with dots, quotes, tags, emoji, right-to-left letters and 200 characters fit", async () => {
  const columns = nasty.map((name, j) =>
    j % 2 === 0
      ? levelColumn(name, [0, 1, 0, 1, -1, 0], [nasty[(j + 1) % nasty.length], nasty[(j + 2) % nasty.length]])
      : numericColumn(name, [1, 2, 3, NaN, 5, 123_456_789], { unit: nasty[(j + 3) % nasty.length] }),
  );
  const hard = explain(
    columns,
    nasty.map((_, j) => [3, -2, 0.5, 1, -4, 0.001].map((value, row) => value * ((j + row) % 3))),
    { units: nasty[2], outputNames: [nasty[5]] },
  );
  const charts = (look: LookOptions): Record<string, TopLevelSpec> => ({
    importance: importanceChart(hard, look),
    contribution: contributionChart(hard, 5, look),
    waterfall: waterfallChart(hard, 0, { ...look, top: 9 }),
    beeswarm: beeswarmChart(hard, look),
    levels: dependenceChart(hard, nasty[4], { ...look, colorBy: nasty[0] }),
    scatter: dependenceChart(hard, nasty[5], { ...look, colorBy: nasty[2] }),
    lift: liftChart(
      liftRows.map((row, k) => ({ ...row, group: nasty[k], lift: 20 * row.lift })),
      look,
    ),
    ...hardModelCharts(look),
  });
  expect(await findAllFaults(charts)).toEqual([]);
});

test("a shortened name stands in full where people hover and listen", () => {
  const long = "Length of the current employment ".repeat(6).trim();
  const spec = importanceChart(explain([numericColumn(long, [1, 2])], [[1, 2]]), { width: 320 });
  const { label, tip } = (spec as unknown as { data: { values: { label: string; tip: string }[] } }).data.values[0];
  expect(label.endsWith("…")).toBe(true);
  expect(tip).toBe(`${long}: 1.50`);
});
