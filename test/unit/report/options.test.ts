import { expect, test } from "vitest";
import { renderReport } from "../../../src/report/index.ts";
import type { ReportOptions } from "../../../src/report/index.ts";
import { Table } from "../../../src/table/index.ts";
import { treeShap } from "../../../src/shap/index.ts";
import { classReport, countReport, creditReport, numberReport, openReport } from "../../support/report-cases.ts";

const credit = creditReport();
const data = credit.data as Table;

async function messageOf(options: ReportOptions): Promise<string> {
  try {
    await renderReport(options);
  } catch (error) {
    expect(error).toMatchObject({ name: "InputError" });
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

const columns = '"duration", "amount", "age", "account_status", "credit_history" and 16 more';
const outcomes = data.toRecords().map(({ defaulted }) => (defaulted === 1 ? "bad" : "good"));
const broken = (value: unknown): unknown[] => [
  ...data
    .toRecords()
    .map(({ defaulted }) => defaulted)
    .slice(0, -1),
  value,
];

const refusals: readonly (readonly [string, object, string])[] = [
  [
    "an unknown option",
    { titel: "x" },
    'renderReport: options must be made of "title", "model", "data", "response", "event", "explanation", "background", "narrative", "comparedWith", "threshold", "date"; got "titel". Correct the name, or leave it out.',
  ],
  ["an empty title", { title: " " }, 'renderReport: title must be a text; got " ". Say what the report is about.'],
  [
    "no model",
    { model: {} },
    "renderReport: model must be a TreeEnsemble, a GlmModel, a GamModel or a PredictedModel; got an object of type Object. Make one with importLightgbm, importXgboost, fitGlm or fitGam; describe any other as { kind, name } and pass its explanation.",
  ],
  ["a threshold of 1", { threshold: 1 }, "renderReport: threshold must be a number between 0 and 1; got 1. Leave it out for 0.5."],
  [
    "a date that is none",
    { date: new Date(NaN) },
    "renderReport: date must be a valid Date; got an object of type Date. Leave it out for today.",
  ],
  [
    "an unknown word",
    { narrative: { cause: "x" } },
    'renderReport: narrative.cause must be one of the words; got "x". The words are "case", "cases", "prediction", "event", "purpose", "dataSource".',
  ],
  [
    "an empty word",
    { narrative: { case: "" } },
    "renderReport: narrative.case must be a text; got an empty text. Leave it out for a neutral word.",
  ],
  [
    "a narrative that is a text",
    { narrative: "x" },
    'renderReport: narrative must be an object of words; got "x". The words are "case", "cases", "prediction", "event", "purpose", "dataSource".',
  ],
  [
    "an unknown response",
    { response: "defaultd" },
    `renderReport: response must be among the columns ${columns}; got "defaultd". Did you mean "defaulted"?`,
  ],
  [
    "a response of another length",
    { response: [0, 1] },
    "renderReport: response must be the name of a column, or a list of 300 values, one a row; got 2 values. Give the outcomes of the same rows as data.",
  ],
  [
    "a missing outcome",
    { response: broken(null) },
    "renderReport: response must be finite numbers, at most 1e150 in size; got NaN at row 299. Leave out rows where it is missing.",
  ],
  [
    "an outcome of 2",
    { response: broken(2) },
    "renderReport: response must be 0 or 1 in every row; got 2 at row 299. Code the event as 1 and its absence as 0.",
  ],
  [
    "levels without an event",
    { response: outcomes },
    'renderReport: event must be one of "bad", "good"; got nothing. Name the level whose probability the model predicts.',
  ],
  [
    "an unknown event",
    { response: outcomes, event: "ugly" },
    'renderReport: event must be one of "bad", "good"; got "ugly". Name the level whose probability the model predicts.',
  ],
  [
    "three levels",
    { response: "other_plans", event: "none" },
    'renderReport: response must be of two levels; got 3: "at a bank", "at stores", "none". Give a response of two levels, or numbers 0 and 1.',
  ],
  [
    "an event of numbers",
    { event: "1" },
    'renderReport: event must be given only for a response of two levels; got "1" for a response of numbers. Leave it out.',
  ],
  [
    "an event alone",
    { response: undefined, event: "bad" },
    "renderReport: event must be given together with a response; got an event alone. Pass the response too, or leave it out.",
  ],
  [
    "an explanation and a background",
    { explanation: {} },
    "renderReport: background must be left out where an explanation is given, which has its own; got both. Leave out one of the two.",
  ],
  [
    "an explanation that is none",
    { explanation: {}, background: undefined },
    "renderReport: explanation must be an Explanation; got an object of type Object. Leave it out to have it computed.",
  ],
];

test.each(refusals)("%s is refused", async (_, options, message) => {
  expect(await messageOf({ ...credit, ...options } as ReportOptions)).toBe(message);
});

test("data without a column of the model is refused", async () => {
  const short = data.select(data.columnNames.filter((name) => name !== "age"));
  expect(await messageOf({ ...credit, data: short })).toBe(
    'renderReport: data must be a table with all 18 columns of the model; got "duration", "amount", "account_status", "credit_history", "purpose" and 15 more without "age". Add or rename the missing columns.',
  );
});

test("an explanation of other rows is refused", async () => {
  const { background: _, ...rest } = credit;
  const explainer = treeShap(credit.model);
  expect(await messageOf({ ...rest, explanation: explainer.explain(data.rows(0, 10)) })).toBe(
    "renderReport: explanation must be of all 300 rows and 1 output; got 10 × 1. Leave it out to have it computed.",
  );
  const turned = explainer.explain(data.take(Array.from({ length: 300 }, (__, row) => 299 - row)));
  expect(await messageOf({ ...rest, explanation: turned })).toMatch(
    /^renderReport: explanation must be of this model's predictions for these rows; got -?[\d.]+ where the model gives -?[\d.]+ \(row 0\)\. Leave it out to have it computed\.$/,
  );
});

test("a threshold without a probability is refused", async () => {
  expect(await messageOf({ ...numberReport(), threshold: 0.3 })).toBe(
    "renderReport: threshold must be left out, as the model predicts no single probability; got 0.3. Leave it out.",
  );
});

test("models that a report cannot show are refused by what they are", async () => {
  const { model } = openReport();
  const hinge = Object.assign(Object.create(model) as typeof model, { link: { ...model.link, name: "hinge" } });
  expect(await messageOf({ ...openReport(), model: hinge })).toBe(
    'renderReport: model must be a model of one number, of one probability, or of classes whose probabilities sum to 1; got 1 output with the link "hinge". Train it to predict probabilities, for example with binary:logistic.',
  );
});

test("classes that the model does not know are refused", async () => {
  const options = classReport();
  const response = Array.from(options.response as number[], (value) => (value === 2 ? "red" : String(value)));
  const row = response.indexOf("red");
  expect(await messageOf({ ...options, response })).toBe(
    `renderReport: response must be classes as the model counts them, from 0 to 2; got "red" at row ${row}. Replace each class by the number that it had in training.`,
  );
});

test("texts where the model predicts numbers are refused", async () => {
  const options = countReport();
  const response = Array.from(options.response as number[], () => "many");
  expect(await messageOf({ ...options, response })).toBe(
    'renderReport: response must be numbers; got the category "many". Give the column that the model predicts.',
  );
});

test("names of classes and two levels are understood", async () => {
  const options = classReport();
  const named = Array.from(options.response as number[], (value) => `class ${value}`);
  expect(await renderReport({ ...options, response: named })).toBe(await renderReport(options));
  const asLevels = await renderReport({ ...credit, response: outcomes, event: "bad" });
  expect(asLevels).toContain("Default happened in 90 of them");
  const asBooleans = await renderReport({ ...credit, response: outcomes.map((outcome) => outcome === "bad") });
  expect(asBooleans).toContain("Default happened in 90 of them");
});
