import { expect, test } from "vitest";
import { gatherFacts } from "../../../src/report/facts.ts";
import { describeLift } from "../../../src/report/findings-binary.ts";
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

test("a model that is worse than the base rate makes more error, with its interval the same way round", () => {
  const options = creditReport();
  const { model, data } = gatherFacts(options);
  const response = Array.from(model.predict(data), (p, row) => (p > 0.3 === (row % 4 === 0) ? 1 : 0));
  const { evidence, tiles } = findingsOf({ ...options, response });
  const found = /, the model makes (\d+)\s% \((\d+)\s% to (\d+)\s%\) more error than saying \d+\s% for everyone\.$/u.exec(evidence);
  const [value, low, high] = found?.slice(1).map(Number) ?? [];
  expect(low).toBeLessThan(value);
  expect(value).toBeLessThan(high);
  expect(tiles[3]).toMatchObject({ label: "More error than the same percentage for all (log loss)", value: `${value}${space}%` });
  expect(tiles[1].label).toMatch(/^Says 31\s% on average; default happens in$/u);
});

test("groups and events of one are spoken of as one", () => {
  const facts = gatherFacts(creditReport());
  if (facts.quality?.kind !== "binary") throw new Error("wrong kind");
  const [group] = facts.quality.lift;
  const alone = { ...group, numRows: 1, rate: 1 };
  const lift = [alone, { ...alone, rate: 0 }];
  expect(describeLift(facts, { ...facts.quality, lift })).toBe(
    `Default happened in the one applicant with the highest risk of default and not in the one applicant with the lowest; on average in 30${space}%.`,
  );
  const whole = { ...group, cumulativeShare: 1, cumulativeCaptured: 1 };
  const { tiles } = findQuality(facts, { ...facts.quality, numEvents: 1, lift: [whole] });
  expect(tiles[2].label).toBe("Found among all applicants, whose predictions are too alike to pick a fifth");
  expect(tiles[2].note).toBe(`21${space}% to 100${space}%: the one applicant where default happened`);
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
