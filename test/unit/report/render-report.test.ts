import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { renderReport, version } from "../../../src/report/index.ts";
import type { ReportOptions } from "../../../src/report/index.ts";
import { Table } from "../../../src/table/index.ts";
import { treeShap } from "../../../src/shap/index.ts";
import { claimsGlmReport, creditGlmReport, priceGlmReport } from "../../support/glm-report-cases.ts";
import { classReport, countReport, creditReport, numberReport, openReport } from "../../support/report-cases.ts";

const reports: Record<string, () => ReportOptions> = {
  credit: creditReport,
  classes: classReport,
  numbers: numberReport,
  counts: countReport,
  "without outcomes": openReport,
  "logistic regression": creditGlmReport,
  "Poisson regression": claimsGlmReport,
  "linear regression": priceGlmReport,
};

test("the version is that of package.json", () => {
  const { version: expected } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string };
  expect(version).toBe(expected);
});

describe.each(Object.keys(reports))("the report on %s", (name) => {
  let page = "";
  beforeAll(async () => {
    page = await renderReport(reports[name]());
  });

  test("stays below a megabyte", () => {
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  test("allows its own style sheet by fingerprint and nothing else", () => {
    const [, styles] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const digest = createHash("sha256").update(styles).digest("base64");
    expect(page).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).not.toMatch(/<script|<img|<link|<iframe| style=| on[a-z]+=|url\((?!#)|@import/);
    expect(page).not.toMatch(/(?:href|src)="(?!#)/);
  });

  test("has headings in order, unique ids, and a target for each link and label", () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [k, level] of levels.entries()) expect(level - (levels[k - 1] ?? 0)).toBeLessThanOrEqual(1);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = [...page.matchAll(/(?: href="#| aria-labelledby="|url\(#)([^")]*)[")]/g)].flatMap(([, list]) => list.split(" "));
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("gives each picture a text and its data as a table", () => {
    const figures = page.match(/<figure[\s\S]*?<\/figure>/g) ?? [];
    expect(figures.length).toBeGreaterThan(6);
    for (const figure of figures) {
      expect(figure.match(/<svg /g)).toHaveLength(2);
      expect(figure).toMatch(/<svg role="img"[^>]*><title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/);
      expect(figure).toMatch(/<table>[\s\S]*<td/);
    }
  });

  test("writes no number that is none", () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined|\[object|>null</);
  });
});

test("whatever the user brings is escaped", async () => {
  const nasty = `</script><img src=x onerror="alert('1')">{{x}}`;
  const options = creditReport();
  const data = (options.data as Table).describe({
    duration: { label: nasty, unit: nasty },
    account_status: { label: `${nasty} 2`, levels: { none: nasty, overdrawn: `<b>${nasty}` } },
  });
  const narrative = { case: nasty, cases: nasty, prediction: nasty, event: nasty, purpose: nasty, dataSource: nasty };
  const page = await renderReport({ ...options, title: nasty, data, narrative });
  expect(page).not.toMatch(/<script|<\/script|<img|<[^>]*onerror="/);
  expect(page).toContain("&#60;/script&#62;&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;{{x}}");
});

test("the same input makes the same file, and a given explanation the same as none", async () => {
  const { background, ...options } = creditReport();
  const explanation = treeShap(options.model, { background }).explain(options.data);
  const page = await renderReport({ ...options, background });
  expect(await renderReport({ ...options, explanation })).toBe(page);
});

test("of more than 10 000 rows it shows an even pick and says so, and judges all", async () => {
  const { model, data, ...options } = numberReport();
  const table = data as Table;
  const many = table.take(Array.from({ length: 10_020 }, (_, row) => row % table.numRows));
  const page = (await renderReport({ model, data: many, ...options })).replace(/\s*\n\s*/g, " ");
  expect(page).toContain(
    "of the 10\u202f020 cases, evenly spaced, with the extreme ones; cases with an extreme prediction or miss, and measures of quality, rest on all.",
  );
  expect(page).toContain("Measured on 10\u202f020 cases");
});

test("a case that is pulled both ways says how far", async () => {
  const page = (await renderReport(numberReport())).replace(/\s*\n\s*/g, " ");
  expect(page).toMatch(
    /Strong reasons meet here: all that raises the prediction adds up to \+[\d.]+\spoints, all that lowers it to −[\d.]+\spoints\./u,
  );
});

test("one row alone is spoken of as one", async () => {
  const { data, ...options } = openReport();
  const page = await renderReport({ ...options, data: (data as Table).rows(0, 1) });
  expect(page).toMatch(/The prediction of the one case is [\d.]+\s%\./u);
});

test("warnings of the model stand in the section on method", async () => {
  const { model, ...options } = openReport();
  const warned = Object.assign(Object.create(model) as typeof model, { warnings: [{ name: "objective", message: "The file is <odd>." }] });
  expect(await renderReport({ ...options, model: warned })).toContain("The file is &#60;odd&#62;.");
});

test("groups of features are named in bars and cases and have no picture of their own", async () => {
  const { background, ...options } = creditReport();
  const groups = { "The loan": ["duration", "amount", "purpose"] };
  const explanation = treeShap(options.model, { background, groups }).explain(options.data);
  const page = await renderReport({ ...options, explanation });
  expect(page).toContain("The loan");
  expect(page).not.toContain("<h3>The loan</h3>");
});
