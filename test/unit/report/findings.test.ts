import { expect, test } from "vitest";
import { gatherFacts } from "../../../src/report/facts.ts";
import { findQuality } from "../../../src/report/findings.ts";
import type { Findings } from "../../../src/report/findings.ts";
import type { ReportOptions } from "../../../src/report/index.ts";
import { classReport, countReport, creditReport, numberReport } from "../../support/report-cases.ts";

function findingsOf(options: ReportOptions): Findings {
  const facts = gatherFacts(options);
  if (!facts.quality) throw new Error("no quality");
  return findQuality(facts, facts.quality);
}

const space = "\u00a0";

test("a good probability model is told by its pairs and its calibration", () => {
  const { headline, evidence, tiles } = findingsOf(creditReport());
  expect(headline).toBe(
    "The model puts applicants in the right order in 78 of 100 pairs (72 to 83), and its percentages agree with what happened, as far as 300 applicants can tell.",
  );
  expect(evidence).toBe(
    `Measured on 300 applicants whose outcome is known, the model makes 17${space}% (10${space}% to 24${space}%) less error than saying 30${space}% for everyone.`,
  );
  expect(tiles.map(({ value }) => value)).toEqual(["0.78", `30${space}%`, `38${space}%`, `17${space}%`]);
});

test("a model that sorts like a coin is not called better", () => {
  const options = creditReport();
  const response = Array.from({ length: 300 }, (_, row) => row % 2);
  const { headline, evidence } = findingsOf({ ...options, response });
  expect(headline).toMatch(
    /^It is not shown that the model orders applicants better than chance: it is right in \d\d of 100 pairs \(\d\d to \d\d\)\.$/,
  );
  expect(evidence).toMatch(/^Measured on 300 applicants whose outcome is known, (the model makes \d+\s% .* more error|no gain is shown) /u);
});

test("percentages that are too high or too low are called so", () => {
  const options = creditReport();
  const { model, data } = gatherFacts(options);
  const predictions = model.predict(data);
  const rarer = Array.from(predictions, (p, row) => (p > 0.6 && row % 2 === 0 ? 1 : 0));
  expect(findingsOf({ ...options, response: rarer }).headline).toMatch(/, but its percentages are too high\.$/);
  const commoner = Array.from(predictions, (p, row) => (p > 0.2 || row % 3 === 0 ? 1 : 0));
  expect(findingsOf({ ...options, response: commoner }).headline).toMatch(/, but its percentages are too low\.$/);
});

test("numbers, counts and classes have findings of their own", () => {
  expect(findingsOf(numberReport()).headline).toMatch(
    /^The model accounts for 66\s% \(57\s% to 72\s%\) of the differences between cases, and misses by 39\.7 \(36\.0 to 43\.5\)\spoints on average\.$/u,
  );
  expect(findingsOf(numberReport()).evidence).toMatch(
    /^Measured on 90 cases whose outcome is known: predictions are off by .* on average, which may be chance\.$/,
  );
  expect(findingsOf(countReport()).headline).toMatch(/^(The model accounts|It is not shown)/);
  expect(findingsOf(classReport()).headline).toBe("The model names the right class in 88 of 100 cases (79 to 94).");
  const shuffled = Array.from({ length: 90 }, (_, row) => Math.cos(row) * 100);
  expect(findingsOf({ ...numberReport(), response: shuffled }).headline).toMatch(
    /^It is not shown that the model predicts better than the plain average/,
  );
});
