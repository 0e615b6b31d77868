import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../../../src/cli/run-command.ts";
import { fitGlm } from "../../../src/models/index.ts";
import { readCsv } from "../../../src/node/index.ts";
import { additiveShap, treeShap } from "../../../src/shap/index.ts";
import { importLightgbm } from "../../../src/trees/index.ts";

const example = resolve(import.meta.dirname, "../../../examples/credit-risk");
const folder = mkdtempSync(join(tmpdir(), "vitrine-explain-"));
afterAll(() => rmSync(folder, { recursive: true }));
const model = join(example, "model.lgb.txt");
const train = join(example, "train.csv");
const applicants = readCsv(join(example, "applicants.csv"));

async function run(args: readonly string[], isTTY = false): Promise<{ code: number; out: string; err: string }> {
  const written = { out: "", err: "" };
  const out = { write: (text: string) => (written.out += text) };
  const code = await runCommand(["explain", ...args], { out, err: { write: (text) => (written.err += text), isTTY } });
  return { code, ...written };
}

test("writes what treeShap finds, with a case number beside it, and says how much", async () => {
  const lines = readFileSync(join(example, "applicants.csv"), "utf8").trimEnd().split("\n");
  const data = join(folder, "numbered.csv");
  writeFileSync(data, lines.map((line, i) => `${i === 0 ? "case" : `00${i}`},${line}`).join("\n"));
  const out = join(folder, "contributions.csv");
  const given = ["--model", model, "--data", data, "--background", train, "--keep", "case", "--threads", "2", "--out", out];
  expect(await run(given)).toEqual({ code: 0, out: `Wrote ${out} (${applicants.numRows} rows)\n`, err: "" });
  const found = readCsv(out, { types: { case: "categorical" } });
  const wanted = treeShap(importLightgbm(readFileSync(model)), { background: readCsv(train) }).explain(applicants);
  const { columns } = wanted.toTable();
  expect(found.select(columns.map(({ name }) => name)).columns).toEqual(columns);
  expect(found.toRecords()[4].case).toBe("005");
  expect((await run(given, true)).err).toMatch(/Explained \d+ rows/);
});

test("explains a model that was fitted and saved here", async () => {
  const glm = fitGlm("defaulted ~ duration + credit_history", readCsv(train), { family: "binomial" });
  const saved = join(folder, "glm.json");
  writeFileSync(saved, JSON.stringify(glm));
  const out = join(folder, "glm.ndjson");
  expect((await run(["--model", saved, "--data", train, "--background", train, "--out", out])).err).toBe("");
  const wanted = additiveShap(glm, { background: readCsv(train) })
    .explain(readCsv(train))
    .toTable()
    .toRecords();
  const lines = readFileSync(out, "utf8").trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual(wanted);
});

test.each([
  [["--data", "a.csv"], /--model and --out must be given; see vitrine explain --help/],
  [["--model", model, "--data", "none.csv", "--out", join(folder, "a.csv")], /none\.csv.*does not exist/],
  [["--model", "none.txt", "--data", train, "--out", join(folder, "a.csv")], /vitrine explain: --model .*does not exist/],
  [["--model", model, "--data", train, "--out", join(folder, "a.txt")], /ends in ".csv"/],
  [["--model", model, "--data", train, "--out", train], /another file than --data/],
  [["--model", model, "--data", train, "--threads", "many", "--out", join(folder, "a.csv")], /--threads must be a whole number/],
  [["--model", model, "--data", train, "--keep", "nose", "--out", join(folder, "a.csv")], /nose/],
  [["--speed", "3"], /--speed/],
])("%j: one sentence, exit code 2 and no file", async (args, message) => {
  const { code, err } = await run(args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
  expect(readdirSync(folder)).not.toContain("a.csv");
});

test("has help", async () => {
  expect((await run(["--help"])).out).toContain("Usage: vitrine explain --model FILE");
});
