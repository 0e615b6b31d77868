import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { findChromium } from "../support/find-chromium.ts";
import { computeEverywhere, type Computed } from "./compute-everywhere.ts";

const root = resolve(import.meta.dirname, "../..");
const model = readFileSync(join(root, "test/reference/treeshap/lgb_regression_diabetes.lgb.txt"), "utf8");
const { X } = JSON.parse(readFileSync(join(root, "test/reference/treeshap/lgb_regression_diabetes.json"), "utf8")) as { X: number[][] };

/** What a web page's own build makes of the package: one script that leaves `computeEverywhere(model, rows)` on the global object. */
let script = "";
const expected = computeEverywhere(model, X);

beforeAll(async () => {
  const contents = 'import { computeEverywhere } from "./compute-everywhere.ts"; globalThis.computeEverywhere = computeEverywhere;';
  const stdin = { contents, resolveDir: import.meta.dirname };
  const result = await build({ stdin, bundle: true, write: false, platform: "browser", format: "iife", logLevel: "silent" });
  script = result.outputFiles[0].text;
});

test("the same bits in a worker thread", async () => {
  const code = `${script}\nconst { parentPort, workerData } = require("node:worker_threads");\nparentPort.postMessage(globalThis.computeEverywhere(...workerData));`;
  const worker = new Worker(code, { eval: true, workerData: [model, X] });
  const found = await new Promise<Computed>((done, fail) => worker.once("message", done).once("error", fail));
  expect(found).toEqual(expected);
});

/** Logarithms and exponentials of another build of V8 may differ by a bit or two; a fit magnifies them little. */
const LAST_BITS = 1e-11;

const executablePath = findChromium();

test.skipIf(executablePath === null)(
  executablePath === null
    ? "SKIPPED, no Chromium was found: the same in a page and in a web worker"
    : "the same in a page and in a web worker of Chromium",
  async () => {
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
    const browser = await chromium.launch({ executablePath: executablePath ?? "", args });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: script });
      const [inPage, inWorker] = (await page.evaluate(
        `(async ([script, model, rows]) => {
          const code = script + ";onmessage = ({ data }) => postMessage(globalThis.computeEverywhere(...data));";
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
          const answer = new Promise((done, fail) => { worker.onmessage = ({ data }) => done(data); worker.onerror = fail; });
          worker.postMessage([model, rows]);
          return [globalThis.computeEverywhere(model, rows), await answer];
        })(${JSON.stringify([script, model, X])})`,
      )) as Computed[];
      expect(inWorker).toEqual(inPage);
      expect(inPage.values).toEqual(expected.values);
      inPage.fitted.forEach((number, i) => expect(Math.abs(number / expected.fitted[i] - 1)).toBeLessThan(LAST_BITS));
    } finally {
      await browser.close();
    }
  },
);
