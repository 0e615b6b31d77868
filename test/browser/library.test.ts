import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { findChromium } from "../support/find-chromium.ts";
import { explainRows } from "./explain-rows.ts";

const root = resolve(import.meta.dirname, "../..");
const model = readFileSync(join(root, "test/reference/treeshap/lgb_regression_diabetes.lgb.txt"), "utf8");
const { X } = JSON.parse(readFileSync(join(root, "test/reference/treeshap/lgb_regression_diabetes.json"), "utf8")) as { X: number[][] };

/** What a web page's own build makes of the package: one script that leaves `explainRows(model, rows)` on the global object. */
let script = "";
const expected = explainRows(model, X);

beforeAll(async () => {
  const contents = 'import { explainRows } from "./explain-rows.ts"; globalThis.explainRows = explainRows;';
  const stdin = { contents, resolveDir: import.meta.dirname };
  const result = await build({ stdin, bundle: true, write: false, platform: "browser", format: "iife", logLevel: "silent" });
  script = result.outputFiles[0].text;
});

test("the same bits in a worker thread", async () => {
  const code = `${script}\nconst { parentPort, workerData } = require("node:worker_threads");\nparentPort.postMessage(globalThis.explainRows(...workerData));`;
  const worker = new Worker(code, { eval: true, workerData: [model, X] });
  const found = await new Promise<number[]>((done, fail) => worker.once("message", done).once("error", fail));
  expect(found).toEqual(expected);
});

const executablePath = findChromium();

test.skipIf(executablePath === null)(
  executablePath === null
    ? "SKIPPED, no Chromium was found: the same bits in a page and in a web worker"
    : "the same bits in a page and in a web worker of Chromium",
  async () => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
    const browser = await chromium.launch({ executablePath: executablePath ?? "", args });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      const [inPage, inWorker] = (await page.evaluate(
        `(async ([script, model, rows]) => {
          const code = script + ";onmessage = ({ data }) => postMessage(globalThis.explainRows(...data));";
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
          const answer = new Promise((done, fail) => { worker.onmessage = ({ data }) => done(data); worker.onerror = fail; });
          worker.postMessage([model, rows]);
          return [globalThis.explainRows(model, rows), await answer];
        })(${JSON.stringify([script, model, X])})`,
      )) as number[][];
      expect(inPage).toEqual(expected);
      expect(inWorker).toEqual(expected);
    } finally {
      await browser.close();
    }
  },
);
