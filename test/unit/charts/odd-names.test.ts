import { expect, test } from "vitest";
import {
  beeswarmChart,
  contributionChart,
  dependenceChart,
  importanceChart,
  liftChart,
  observedChart,
  quantileChart,
  relativityChart,
  residualChart,
  surfaceChart,
  termChart,
  waterfallChart,
} from "../../../src/charts/index.ts";
import { renderSvg } from "../../../src/report/render-svg.ts";
import { explain, levelColumn, numericColumn } from "./credit.ts";
import { readTexts } from "./svg-texts.ts";

/** Names that every JavaScript object inherits, and that plain objects used as dictionaries trip over. */
const oddNames = Object.getOwnPropertyNames(Object.prototype);

const values = Array.from({ length: 20 }, (_, row) => (row === 3 ? NaN : row));
const codes = values.map((_, row) => (row % 3) - 1);
const contributions = values.map((_, row) => row / 10 - 1);

const square = { estimates: [1, 2, 3, 4], lows: null, highs: null, scale: "factor" } as const;
const effect = { estimate: 1, low: 0.5, high: 2, n: 3 };

test.each(oddNames)("a column, a level, a class and a unit named %s are drawn and named", async (name) => {
  const columns = [numericColumn(name, values, { unit: name }), levelColumn("level", codes, [name, "other"], { label: name })];
  const explanation = explain(columns, [contributions, contributions], { outputNames: [name] });
  const bare = explain([numericColumn(name, values)], [contributions], { outputNames: [name] });
  const charts = [
    dependenceChart(bare, name),
    dependenceChart(explanation, name, { unitsLabel: name, colorBy: "level" }),
    dependenceChart(explanation, "level", { unitsLabel: name, colorBy: name }),
    importanceChart(explanation),
    beeswarmChart(explanation, { unitsLabel: name }),
    contributionChart(explanation, 0),
    waterfallChart(explanation, 0, { unitsLabel: name }),
    liftChart([{ group: name, rate: 0.5, lift: 1, n: 10 }]),
    observedChart([{ meanPredicted: 1, meanObserved: 2, low: 1, high: 3, n: 4 }], { unitsLabel: name }),
    termChart({ label: name, kind: "categorical", points: [{ ...effect, x: name }], scale: "link", unitsLabel: name, reference: name }),
    termChart({ label: name, unit: name, kind: "numeric", points: [{ ...effect, x: 1 }], scale: "factor", unitsLabel: name }),
    surfaceChart({
      ...square,
      label: name,
      x: { label: name, unit: name, values: [0, 1] },
      y: { label: name, values: [0, 1] },
      unitsLabel: name,
    }),
    relativityChart([{ term: name, level: name, relativity: 2, low: 1, high: 3, n: 1, isReference: false }], { unitsLabel: name }),
    residualChart([{ fitted: 1, residual: 2, name }], { unitsLabel: name }),
    quantileChart([-40, 0, 40], { names: [name, name, name] }),
  ];
  for (const chart of charts) {
    const texts = readTexts(await renderSvg(chart)).map(({ text }) => text);
    expect(texts.join(" ")).toContain(name);
  }
});
