import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { importLightgbm, treeShap } from "../../src/index.ts";
import { findChromium } from "../support/find-chromium.ts";
import { manyRows, readReference } from "../support/reference-rows.ts";
import type { FoundInWorkers } from "./explain-in-workers.ts";

const root = resolve(import.meta.dirname, "../..");
const { text: model, rows } = readReference("lgb_regression_diabetes");

/** A page's own build by esbuild: its script, and the library's worker as a script of its own. */
async function bundle(): Promise<Record<string, string>> {
  const contents = 'import { explainInWorkers } from "./explain-in-workers.ts"; globalThis.explainInWorkers = explainInWorkers;';
  const shared = { bundle: true, write: false, platform: "browser", format: "esm", logLevel: "silent" } as const;
  const page = await build({ ...shared, stdin: { contents, resolveDir: import.meta.dirname } });
  // The name that the library asks for, beside the page's script.
  const worker = await build({ ...shared, entryPoints: [resolve(root, "dist/shap/tree-threads/web-worker.js")] });
  return { "/page.js": page.outputFiles[0].text, "/web-worker.js": worker.outputFiles[0].text };
}

const executablePath = findChromium();

test.skipIf(executablePath === null)(
  executablePath === null
    ? "SKIPPED, no Chromium was found: explainParallel over web workers"
    : "explainParallel and explainStream over web workers of Chromium give Node's bits",
  async () => {
    const files = await bundle();
    const server = createServer(({ url = "" }, answer) => {
      const script = files[url];
      answer
        .setHeader("content-type", script === undefined ? "text/html" : "text/javascript")
        .end(script ?? '<script type="module" src="/page.js"></script>');
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"];
    const browser = await chromium.launch({ executablePath: executablePath ?? "", args });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction("globalThis.explainInWorkers !== undefined");
      const { values } = manyRows(rows, 9000);
      const given = Array.from({ length: 9000 }, (_, row) => Array.from(values.subarray(row * rows[0].length, (row + 1) * rows[0].length)));
      const [found, byOption] = (await page.evaluate(
        `(async ([model, rows]) => [
          await globalThis.explainInWorkers(model, rows),
          await globalThis.explainInWorkers(model, rows.slice(0, 5), () => new Worker("/web-worker.js", { type: "module" })),
        ])(${JSON.stringify([model, given])})`,
      )) as FoundInWorkers[];
      expect(found).toEqual(explainHere(9000));
      expect(byOption).toEqual(explainHere(5));
    } finally {
      await browser.close();
      server.close();
    }
  },
);

function explainHere(numRows: number): FoundInWorkers {
  const matrix = manyRows(rows, numRows);
  const ensemble = importLightgbm(model);
  const values = [{}, { background: matrix }].flatMap((options) => {
    const found = Array.from(treeShap(ensemble, options).explain(matrix).values);
    return [found, found, found].flat();
  });
  const refused = expect.stringMatching(/^InputError: treeShap\.explain: data must be a table with all/) as unknown as string;
  return { values, rowsDone: numRows, aborted: "enough", refused };
}
