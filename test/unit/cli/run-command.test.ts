import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../../../src/cli/run-command.ts";
import { fitGam, fitGlm } from "../../../src/models/index.ts";
import { readCsv } from "../../../src/node/index.ts";
import { importXgboost } from "../../../src/trees/index.ts";
import { version } from "../../../src/report/index.ts";

const example = resolve(import.meta.dirname, "../../../examples/credit-risk");
const reference = resolve(import.meta.dirname, "../../reference/treeshap");
const folder = mkdtempSync(join(tmpdir(), "vitrine-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(args: readonly string[], isTTY = false): Promise<{ code: number; out: string; err: string }> {
  const written = { out: "", err: "" };
  const code = await runCommand(args, {
    out: { write: (text) => (written.out += text) },
    err: { write: (text) => (written.err += text), isTTY },
  });
  return { code, ...written };
}

function save(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** `--name value` for each. */
function options(given: Readonly<Record<string, string>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
}

const model = join(example, "model.lgb.txt");
const data = join(example, "applicants.csv");
const out = join(folder, "report.html");
const needed = ["report", "--model", model, "--data", data, "--out", out];

test("writes a report with every option and says where", async () => {
  const narrative = save("words.json", '{ "case": "applicant", "cases": "applicants", "event": "default" }');
  const {
    code,
    out: said,
    err,
  } = await run([
    ...needed,
    ...options({ response: "defaulted", background: join(example, "train.csv"), title: "Who repays?", threshold: "0.3" }),
    ...options({ dictionary: join(example, "dictionary.json"), narrative }),
  ]);
  expect(err).toBe("");
  expect(said).toMatch(/^Wrote .*report\.html \(\d+ kB\)\n$/);
  expect(code).toBe(0);
  const page = readFileSync(out, "utf8");
  expect(page).toContain("<h1>Who repays?</h1>");
  expect(page).toContain("Current account");
  expect(page).toContain("Closest to the threshold of 30");
  expect(page).toContain("700 background rows");
});

test("an XGBoost model is known by its content; the title is then made of the file's name", async () => {
  const file = join(reference, "xgb_regression_diabetes.xgb.json");
  const { featureNames, X } = JSON.parse(readFileSync(join(reference, "xgb_regression_diabetes.json"), "utf8")) as {
    featureNames: string[];
    X: number[][];
  };
  const rows = save("rows.csv", [featureNames, ...X].map((row) => row.join(",")).join("\n"));
  const { code, err } = await run(["report", "--model", file, "--data", rows, "--out", out]);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(readFileSync(out, "utf8")).toContain("<h1>How xgb_regression_diabetes.xgb.json decides</h1>");
});

test("reads a regression that was fitted and saved here", async () => {
  const training = readCsv(join(example, "train.csv"));
  const saved = save(
    "glm.json",
    JSON.stringify(fitGlm("defaulted ~ duration + credit_history", training, { family: "binomial" }), null, 2),
  );
  const { code, err } = await run(["report", "--model", saved, "--data", data, "--response", "defaulted", "--out", out]);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(readFileSync(out, "utf8")).toContain("Logistic regression, 2 terms");
});

test("reads an additive model that was fitted and saved here", async () => {
  const training = readCsv(join(example, "train.csv"));
  const saved = save("gam.json", JSON.stringify(fitGam("defaulted ~ s(duration) + credit_history", training, { family: "binomial" })));
  const { code, err } = await run(["report", "--model", saved, "--data", data, "--response", "defaulted", "--out", out]);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(readFileSync(out, "utf8")).toContain("Additive logistic regression, 2 terms");
});

test("an XGBoost model in UBJSON, and one that was saved here, give the same report", async () => {
  const { featureNames, X } = JSON.parse(readFileSync(join(reference, "xgb_regression_diabetes.json"), "utf8")) as {
    featureNames: string[];
    X: number[][];
  };
  const rows = save("rows.csv", [featureNames, ...X].map((row) => row.join(",")).join("\n"));
  const binary = join(reference, "xgb_regression_diabetes.xgb.ubj");
  const saved = save("ensemble.json", JSON.stringify(importXgboost(readFileSync(binary))));
  const pages: string[] = [];
  for (const file of [binary, saved]) {
    expect(await run(["report", "--model", file, "--data", rows, "--out", out, "--title", "Diabetes"])).toMatchObject({ code: 0, err: "" });
    pages.push(readFileSync(out, "utf8"));
  }
  expect(pages[0]).toContain("Not verified: the model was read from its file");
  expect(pages[1]).toBe(pages[0]);
});

const { predictions } = JSON.parse(readFileSync(join(example, "expected.json"), "utf8")) as { predictions: number[] };

test("predictions of the library are compared, and the report says so", async () => {
  const verify = save("predictions.csv", ["prediction", ...predictions].join("\n"));
  expect(await run([...needed, "--verify", verify])).toMatchObject({ code: 0, err: "" });
  expect(readFileSync(out, "utf8")).toContain("Verified: for 300 rows, predictions were compared with those that LightGBM");
});

test("on a terminal one line tells the progress and is wiped", async () => {
  const { err } = await run(needed, true);
  expect(err).toBe("\r\u001b[2KReading the model and the data …\r\u001b[2KExplaining, drawing and writing …\r\u001b[2K");
});

test("help and version", async () => {
  expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  const main = await run(["--help"]);
  expect(main).toMatchObject({ code: 0, err: "" });
  expect(main.out).toContain("vitrine COMMAND [OPTIONS]");
  const report = await run(["report", "--help"]);
  expect(report.code).toBe(0);
  for (const option of [
    "model",
    "data",
    "out",
    "response",
    "event",
    "background",
    "verify",
    "dictionary",
    "narrative",
    "title",
    "threshold",
  ]) {
    expect(report.out).toContain(`--${option} `);
  }
});

const mistakes: readonly (readonly [string, readonly string[], string])[] = [
  ["no command", [], "vitrine: no command given; see vitrine --help."],
  ["an unknown command", ["explian"], 'vitrine: unknown command "explian"; see vitrine --help.'],
  ["an unknown option", ["report", "--modl", "x"], "vitrine report: unknown option '--modl'; see vitrine report --help."],
  ["a stray argument", [...needed, "x"], "vitrine report: unexpected argument 'x'; see vitrine report --help."],
  [
    "an option without its value",
    ["report", "--model"],
    "vitrine report: option '--model <value>' argument missing; see vitrine report --help.",
  ],
  ["what is needed and lacks", ["report", "--model", model], "vitrine report: --data and --out must be given; see vitrine report --help."],
  ["an option given twice", [...needed, "--data", data], "vitrine report: --data must be given once; see vitrine report --help."],
  [
    "a report in the place of what is read",
    ["report", "--model", model, "--data", data, "--out", data],
    `vitrine report: --out must be another file than --data; got ${data} for both.`,
  ],
  [
    "a damaged model of our own",
    ["report", "--model", save("damaged.json", '{ "schema": "vitrine/glm", "schemaVersion": 1 }'), "--data", data, "--out", out],
    "GlmModel.fromJSON: json.formula must be what JSON.stringify(model) wrote, parsed again; got nothing. Save the model again with JSON.stringify(model), and restore it with GlmModel.fromJSON(JSON.parse(text)).",
  ],
  [
    "a model that is not there",
    ["report", "--model", "none.txt", "--data", data, "--out", out],
    'vitrine report: --model must be the path of a file that can be read; got "none.txt", which does not exist. Check the path and the working directory.',
  ],
  [
    "a folder for a model",
    ["report", "--model", example, "--data", data, "--out", out],
    `vitrine report: --model must be the path of a file that can be read; got ${JSON.stringify(example)}, which is a folder. Check the path and the working directory.`,
  ],
  [
    "a file that is no model",
    ["report", "--model", data, "--data", data, "--out", out],
    'vitrine report: --model must be a LightGBM model in text, an XGBoost model in JSON or UBJSON, a CatBoost or scikit-learn model in JSON, an ONNX model or a model that vitrine saved in JSON; got a file that starts with "duration,amount,age,". Save it with booster.save_model("model.txt") in LightGBM, booster.save_model("model.json") in XGBoost, with format="json" in CatBoost, export of python/vitrine_export.py for scikit-learn or JSON.stringify(model) in vitrine.',
  ],
  [
    "an empty model",
    ["report", "--model", save("empty.txt", ""), "--data", data, "--out", out],
    'vitrine report: --model must be a LightGBM model in text, an XGBoost model in JSON or UBJSON, a CatBoost or scikit-learn model in JSON, an ONNX model or a model that vitrine saved in JSON; got an empty file. Save it with booster.save_model("model.txt") in LightGBM, booster.save_model("model.json") in XGBoost, with format="json" in CatBoost, export of python/vitrine_export.py for scikit-learn or JSON.stringify(model) in vitrine.',
  ],
  [
    "data that are not there",
    ["report", "--model", model, "--data", "none.csv", "--out", out],
    'readCsv: path must be the path of a file that can be read; got "none.csv", which does not exist. Check the path and the working directory.',
  ],
  [
    "predictions that are not the model's",
    [...needed, "--verify", save("wrong.csv", ["prediction", ...predictions.with(7, 2)].join("\n"))],
    `vitrine report: --verify must be what the model predicts; got one that lies ${2 - predictions[7]} from it at ${JSON.stringify(join(folder, "wrong.csv"))}, row 7. Check that the rows are the same in both files, and that the predictions are of this model and on the response scale.`,
  ],
  [
    "predictions for other rows",
    [...needed, "--verify", save("few.csv", "prediction,note\n0.5,a")],
    `vitrine report: --verify must be 300 rows of 1 number, one for each row of the data and output; got 1 rows of 2 columns, not all of numbers at ${JSON.stringify(join(folder, "few.csv"))}. Save the predictions for the rows of --data, under a header.`,
  ],
  [
    "a threshold in words",
    [...needed, "--threshold", "half"],
    'vitrine report: --threshold must be a number between 0 and 1; got "half". Leave it out for 0.5.',
  ],
  [
    "a dictionary of another table",
    [...needed, "--dictionary", save("other.json", '{ "agee": { "label": "Age" } }')],
    'Table.describe: dictionary must be among the columns "duration", "amount", "age", "account_status", "credit_history" and 16 more; got "agee". Did you mean "age"?',
  ],
  [
    "a dictionary that is a list",
    [...needed, "--dictionary", save("list.json", "[]")],
    `vitrine report: --dictionary must be a JSON object; got an array of 0 at ${JSON.stringify(join(folder, "list.json"))}. See vitrine report --help.`,
  ],
];

test.each(mistakes)("%s ends with code 2 and one sentence", async (_, args, message) => {
  expect(await run(args)).toEqual({ code: 2, out: "", err: `${message}\n` });
});

test("a narrative that is no JSON ends with code 2", async () => {
  const { code, err } = await run([...needed, "--narrative", save("broken.json", "{")]);
  expect(code).toBe(2);
  expect(err).toMatch(
    /^vitrine report: --narrative must be a JSON object; got text that is no JSON \(.+\) at ".*broken\.json"\. See vitrine report --help\.\n$/,
  );
});

test("an error of ours ends with code 1", async () => {
  const code = await runCommand(["--version"], {
    out: {
      write: () => {
        throw new Error("the pipe broke");
      },
    },
    err: { write: () => undefined },
  });
  expect(code).toBe(1);
});

test("a mistake leaves no file", async () => {
  const unborn = join(folder, "unborn.html");
  await run(["report", "--model", model, "--data", data, "--out", unborn, "--response", "defaultd"]);
  expect(existsSync(unborn)).toBe(false);
});
