import { describe, expect, test } from "vitest";
import { nameCase } from "../../../src/report/case-words.ts";
import { chooseCases } from "../../../src/report/cases.ts";
import { gatherFacts } from "../../../src/report/facts.ts";
import { findQuality } from "../../../src/report/findings.ts";
import type { Findings } from "../../../src/report/findings.ts";
import { renderReport } from "../../../src/report/index.ts";
import type { ReportOptions } from "../../../src/report/index.ts";
import { Explanation, treeShap } from "../../../src/shap/index.ts";
import { importXgboost, TreeEnsemble } from "../../../src/trees/index.ts";
import { countReport, creditReport, numberReport, openReport } from "../../support/report-cases.ts";
import type { TreeReport } from "../../support/report-cases.ts";
import { messageOf } from "../../support/message-of.ts";
import { smallXgboost } from "../../support/small-models.ts";

function findingsOf(options: ReportOptions): Findings {
  const facts = gatherFacts(options);
  if (!facts.quality) throw new Error("no quality");
  return findQuality(facts, facts.quality);
}

/** The model with another objective: what is measured hangs on it. */
function withObjective(options: TreeReport, objective: string): TreeReport {
  const { model } = options;
  return { ...options, model: new TreeEnsemble({ ...model, features: model.features, objective }) };
}

test("a model that says the same of everyone has no drivers", async () => {
  const model = importXgboost(
    smallXgboost((file) => {
      const [tree] = file.learner.gradient_booster.model.trees;
      tree.split_conditions = [30, 0.1, 1e-45, 0.1, 0.1];
    }),
  );
  const data = Array.from({ length: 12 }, (_, row) => ({ age: 20 + 2 * row, city: row % 3 }));
  const page = await renderReport({ title: "The same for all", model, data });
  expect(page).toContain("No effect found: nothing moves the prediction.");
  expect(page).toContain("Nothing moves the prediction.");
  expect(page).not.toMatch(/× 10⁻/);
});

describe("too few rows with the event", () => {
  test("nothing is claimed of the ranking, in either direction", () => {
    const options = creditReport();
    const rare = Array.from({ length: 300 }, (_, row) => (row < 9 ? 1 : 0));
    expect(findingsOf({ ...options, response: rare }).headline).toBe(
      "Too few applicants to tell how good the model is: default happened in only 9 of 300.",
    );
    expect(findingsOf({ ...options, response: rare }).evidence).toBe(
      "Measured on 300 applicants whose outcome is known: the figures below may be chance.",
    );
    const common = rare.map((event) => 1 - event);
    expect(findingsOf({ ...options, response: common }).headline).toBe(
      "Too few applicants to tell how good the model is: default did not happen in only 9 of 300.",
    );
    const enough = rare.map((event, row) => (row === 100 ? 1 : event));
    expect(findingsOf({ ...options, response: enough }).headline).not.toContain("Too few");
  });
});

describe("numbers", () => {
  const options = numberReport();
  const outcomes = (change: (prediction: number, row: number) => number): number[] => {
    const { predictions } = gatherFacts(options);
    return Array.from(predictions, change);
  };

  test("the direction of a bias is in the word, its size has no sign", () => {
    const wave = (row: number): number => Math.sin(row * row);
    const tooLow = findingsOf({ ...options, response: outcomes((p, row) => p + 30 + wave(row)) }).evidence;
    expect(tooLow).toMatch(/: predictions are too low: by 30\.0 \(29\.\d to 30\.\d\) on average\.$/);
    const tooHigh = findingsOf({ ...options, response: outcomes((p, row) => p - 30 + wave(row)) }).evidence;
    expect(tooHigh).toMatch(/: predictions are too high: by 30\.0 \(29\.\d to 30\.\d\) on average\.$/);
  });

  test("worse than the average is said in words that hold below zero", () => {
    const { headline } = findingsOf({ ...options, response: outcomes((p) => 300 - p) });
    expect(headline).toMatch(
      /^It is not shown that the model predicts better than the plain average: its squared errors are \d+\s% larger\.$/u,
    );
  });

  test("counts are measured by their deviance", () => {
    const { headline } = findingsOf(countReport());
    expect(headline).toMatch(/^It is not shown that the model predicts better than the plain average: its deviance is 6\s% larger\.$/u);
  });

  test("a log link alone makes no counts: gamma and Tweedie models predict numbers", () => {
    expect(gatherFacts(withObjective(options, "reg:gamma")).kind).toBe("regression");
  });
});

test.each(["rank:pairwise", "survival:cox", "lambdarank", "quantile", "binary:logitraw"])("%s is held against no outcome", (objective) => {
  expect(messageOf(() => gatherFacts(withObjective(numberReport(), objective)))).toBe(
    `renderReport: response must be left out, as no measure of quality here fits the objective "${objective}"; got a response. Leave it out: the report then shows drivers and cases.`,
  );
});

test("a case is called typical only where it reads so", () => {
  const [credit, open] = [creditReport(), openReport()].map((options) => {
    const facts = gatherFacts(options);
    const [typical] = chooseCases(facts);
    return nameCase(typical, facts);
  });
  expect(credit).toBe("A typical applicant");
  expect(open).toBe("Closest to a typical case");
});

test("Banzhaf values, which do not add up, are refused by name", () => {
  const { background: _, ...options } = creditReport();
  const explanation = treeShap(options.model, { index: "banzhaf" }).explain(options.data);
  expect(messageOf(() => gatherFacts({ ...options, explanation }))).toBe(
    "renderReport: explanation must be of values that add up to the predictions; got Banzhaf values, which do not. Leave it out to have it computed.",
  );
});

test("an explanation that does not add up is refused", () => {
  const { background: _, ...options } = creditReport();
  const good = treeShap(options.model).explain(options.data);
  const values = good.values.slice();
  values[3] += 1000;
  const explanation = new Explanation({ ...good.parts(), values });
  expect(messageOf(() => gatherFacts({ ...options, explanation }))).toMatch(
    /^renderReport: explanation must be one whose values add up to its predictions; got values that miss by -(1000|999\.9+\d*) \(row 0\)\. Leave it out to have it computed\.$/,
  );
});
