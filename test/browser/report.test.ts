import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderReport } from "../../src/report/index.ts";
import type { ReportOptions } from "../../src/report/index.ts";
import type { ColumnDescription, Table } from "../../src/table/index.ts";
import { findChromium } from "../support/find-chromium.ts";
import { homesGamReport } from "../support/gam-report-cases.ts";
import { claimsGlmReport, creditGlmReport, priceGlmReport } from "../support/glm-report-cases.ts";
import { classReport, countReport, creditReport, numberReport, openReport } from "../support/report-cases.ts";
import { cutElements, faintTexts, sidewaysScroll, smallTexts } from "./page-checks.ts";

/** The smallest text of pictures is 12 pixels; half a pixel is left for windows a little narrower than a picture. */
const LEAST_TEXT = 11.5;

const executablePath = findChromium();

/** A report whose every name is long, and one of them a word without a break. */
function longReport(): ReportOptions {
  const options = creditReport();
  const dictionary = Object.fromEntries(
    (options.data as Table).columnNames.map((name) => [
      name,
      { label: `${name} ${"of the person who applies ".repeat(4)}${"Donaudampfschiff".repeat(5)}` },
    ]),
  );
  const title = `${"Kraftfahrzeughaftpflichtversicherung".repeat(3)} and more`;
  return { ...options, title, data: (options.data as Table).describe(dictionary) };
}

/** A regression whose every name is long. */
function longGlmReport(): ReportOptions {
  const options = creditGlmReport();
  const long = "Donaudampfschiff".repeat(4);
  const dictionary = Object.fromEntries(
    options.data.columns.map((column): [string, ColumnDescription] => {
      const label = `${column.name} ${"of the person who applies ".repeat(3)}${long}`;
      if (column.kind === "numeric") return [column.name, { label, unit: "units of a very long name" }];
      return [column.name, { label, levels: Object.fromEntries(column.levels.map((level) => [level, `${level} ${long}`])) }];
    }),
  );
  const narrative = { case: long, cases: `${long}s`, prediction: `risk of ${long}`, event: long };
  return { ...options, data: options.data.describe(dictionary), narrative };
}

/** Figures with a unit that is wider than a tile on a phone. */
function wideReport(): ReportOptions {
  const options = numberReport();
  return {
    ...options,
    data: (options.data as Table).describe({ [String(options.response)]: { unit: "Norwegian kroner a year before tax" } }),
  };
}

const reports: Record<string, () => ReportOptions> = {
  credit: creditReport,
  "XGBoost classes": classReport,
  numbers: numberReport,
  counts: countReport,
  "no outcomes": openReport,
  "long names": longReport,
  "wide figures": wideReport,
  "logistic regression": creditGlmReport,
  "Poisson regression": claimsGlmReport,
  "linear regression": priceGlmReport,
  "regression with long names": longGlmReport,
  "additive regression": homesGamReport,
};

describe.skipIf(executablePath === null)(
  executablePath === null ? "SKIPPED: no chromium, chromium-browser, google-chrome or CHROMIUM_PATH was found" : "in Chromium",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "vitrine-browser-"));
    let browser: Browser;
    beforeAll(async () => {
      const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
      const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
      browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...args, ...quiet] });
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });

    describe.each(Object.keys(reports))("the report on %s", (name) => {
      const path = join(folder, `${name}.html`);
      const complaints: string[] = [];
      let page: Page;
      beforeAll(async () => {
        writeFileSync(path, await renderReport(reports[name]()));
        page = await browser.newPage();
        page.on("console", (message) => complaints.push(`console: ${message.text()}`));
        page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
        page.on("request", (request) => complaints.push(`request: ${request.url()}`));
        await page.goto(pathToFileURL(path).href);
      });
      afterAll(() => page.close());

      test("asks for nothing but itself and has nothing to complain of", async () => {
        expect(complaints).toEqual([`request: ${pathToFileURL(path).href}`]);
        expect(await page.evaluate("document.images.length + document.scripts.length")).toBe(0);
        // The policy lets its style sheet pass: else the page would have the browser's own margins.
        expect(await page.evaluate("getComputedStyle(document.body).margin")).toBe("0px");
      });

      test.each([1280, 768, 390])("at %d pixels nothing is cut, too small or wider than the window", async (width) => {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        expect(await page.evaluate(sidewaysScroll)).toBe(0);
        expect(await page.evaluate(cutElements)).toEqual([]);
        expect(await page.evaluate(smallTexts, LEAST_TEXT)).toEqual([]);
      });

      test.each(["light", "dark"] as const)("its text stands out from a %s ground", async (colorScheme) => {
        await page.emulateMedia({ colorScheme });
        expect(await page.evaluate(faintTexts)).toEqual([]);
      });
    });
  },
);
