import { expect, test } from "vitest";
import { gatherFacts } from "../../../src/report/facts.ts";
import { describeAverage, describeTypical } from "../../../src/report/typical.ts";
import { classReport, countReport, creditReport, numberReport } from "../../support/report-cases.ts";

const space = "\u00a0";

test("a typical risk that is not the average one says why", () => {
  expect(describeTypical(gatherFacts(creditReport()))).toBe(
    `A typical applicant (average score) has a risk of default of 25${space}%; because scores are not percentages, the average risk of default of all applicants is 31${space}%.`,
  );
});

test("where the rows differ and not the scale, the sentence says so", () => {
  const facts = gatherFacts(numberReport());
  const background = { numRows: 40 };
  const shifted = { ...facts, explanation: Object.assign(Object.create(facts.explanation) as typeof facts.explanation, { background }) };
  const typical = facts.units.level(facts.explanation.baseValues[0]);
  const average = facts.units.level(facts.predictions.reduce((sum, value) => sum + value, 0) / facts.predictions.length);
  expect(typical).not.toBe(average);
  expect(describeTypical(facts)).toBe(
    `A typical case (average score) has a prediction of ${typical}; that stands for the training rows, and the average prediction of all cases is ${average}.`,
  );
  expect(describeAverage(shifted)).toBe(`that stands for the 40 background rows, and the average prediction of all cases is ${average}`);
});

test("mean counts come from logarithms", () => {
  const facts = gatherFacts(countReport());
  const [typical] = facts.explanation.baseValues;
  const bent = { ...facts, predictionAtMeanScore: typical };
  expect(describeAverage(bent)).toMatch(/^because scores are logarithms, the average number of claims of all cases is [\d.]+$/);
});

test("nothing is said where both read the same, and of classes", () => {
  const facts = gatherFacts(creditReport());
  const same = { ...facts, predictions: facts.predictions.map(() => facts.explanation.baseValues[0]) };
  expect(describeTypical(same)).toBe(`A typical applicant (average score) has a risk of default of 25${space}%.`);
  expect(describeAverage(gatherFacts(classReport()))).toBeNull();
});
