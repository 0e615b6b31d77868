import { describe, expect, test } from "vitest";
import {
  describeDiagnosis,
  describeEvents,
  describePlaces,
  describeResiduals,
  describeTails,
} from "../../../src/report/diagnosis-words.ts";
import type { Diagnosis, Residuals } from "../../../src/report/diagnosis.ts";
import { gatherFacts } from "../../../src/report/facts.ts";
import { claimsGlmReport, creditGlmReport } from "../../support/glm-report-cases.ts";

const claims = gatherFacts(claimsGlmReport());
const credit = gatherFacts(creditGlmReport());
const space = "\u00a0";

const quiet: Diagnosis = { residuals: null, scatter: null, zeros: null, widenings: [], curves: null, warnings: [] };
const tell = (found: Partial<Diagnosis>): string[] => describeDiagnosis(claims, { ...quiet, ...found });

/** Residuals of 200 rows with predictions 1 to 200. */
function residualsOf(value: (row: number) => number, source: Residuals["source"] = "report"): Residuals {
  const rows = Float64Array.from({ length: 200 }, (_, row) => row);
  return { source, fitted: rows.map((row) => row + 1), values: rows.map(value) };
}
const alternate = (row: number): number => (row % 2 === 0 ? 1 : -1);

describe("residuals", () => {
  test("outcomes far out are compared with what a right model has", () => {
    const far = (every: number): Residuals => residualsOf((row) => (row % every === 0 ? 3 : alternate(row)));
    expect(describeResiduals(claims, far(20))).toBe(
      `In 5.0${space}% (2.7${space}% to 9.0${space}%) of 200 groups of policies the outcome lies outside the range to which the model gives 95${space}%, which agrees with the 5${space}% that it says.`,
    );
    expect(describeResiduals(claims, far(5))).toMatch(/gives 95\s%: surprises are more frequent than it says, which would be in 5\s%\.$/u);
    expect(describeResiduals(claims, residualsOf(alternate, "training"))).toMatch(
      /^In 0\s% \(0\s% to 1\.9\s%\) of the 200 rows that the model was fitted to .*: surprises are rarer than it says/u,
    );
  });

  test("a range of predictions with outcomes at one side is named", () => {
    expect(describePlaces(claims, residualsOf(alternate))).toBe(
      "In every range of predictions about as many outcomes lie above as below, as far as 200 groups of policies can tell.",
    );
    expect(
      describePlaces(
        claims,
        residualsOf((row) => (row >= 180 ? -1 : alternate(row))),
      ),
    ).toBe(`Yes: where it predicts 181 to 200, 100${space}% of the outcomes are lower than it expects; half would be right.`);
  });

  test("both ends are told apart", () => {
    expect(describeTails(residualsOf((row) => (row < 10 ? 3 : 0)))).toBe(
      `5.0${space}% of the outcomes are much higher than predicted and 0${space}% much lower; of a right model 2.5${space}% are at each side.`,
    );
  });
});

describe("events", () => {
  const facts = { ...credit, predictions: new Float64Array(100).fill(0.05) };
  const happened = (count: number): Float64Array => Float64Array.from({ length: 100 }, (_, row) => Number(row < count));

  test("outcomes that were held improbable are compared with how many there should be", () => {
    expect(describeEvents(facts, happened(6))).toBe(
      `In 6 of 100 applicants the outcome was one to which the model gave less than 10${space}%; it expects 5.0, which agrees as far as so many can tell.`,
    );
    expect(describeEvents(facts, happened(15))).toMatch(/it expects 5\.0: it is surer than it should be\.$/);
    expect(describeEvents(facts, happened(0))).toMatch(/it expects 5\.0: it is less sure than it could be\.$/);
  });

  test("a model that is never sure says so", () => {
    expect(describeEvents({ ...credit, predictions: new Float64Array(10).fill(0.4) }, happened(5))).toBe(
      `The model is never sure: it gives every outcome of these 10 applicants at least 10${space}%.`,
    );
  });
});

describe("what a model assumes", () => {
  test("scatter beyond it widens intervals by its square root", () => {
    expect(tell({ scatter: { ratio: 4, isFound: true, isAllowedFor: false } })).toEqual([
      "Counts scatter 4 times as much as the model assumes (variance of the rows that it was fitted to): the intervals of its effects should be about 2 times as wide, and the number of claims of a single group of policies is less certain than it says.",
    ]);
    expect(tell({ scatter: { ratio: 1.1, isFound: false, isAllowedFor: false } })).toEqual([
      "Counts scatter no more than the model assumes, as far as the rows that it was fitted to can tell.",
    ]);
  });

  test("of a quasi family it is allowed for", () => {
    expect(tell({ scatter: { ratio: 4, isFound: true, isAllowedFor: true } })).toEqual([
      "Counts scatter 4 times as much as such counts do by chance alone; the intervals of the model allow for it.",
    ]);
  });

  test("zeros beyond it are counted, and warnings of the fit are passed on", () => {
    expect(tell({ zeros: { observed: 41, expected: 20.4 }, warnings: [{ name: "separation", message: "Separated." }] })).toEqual([
      "Separated.",
      "Of the groups of policies that it was fitted to, 41 have an outcome of zero, where the model expects 20.",
    ]);
  });

  test("drivers that go together are named by how much wider their intervals are", () => {
    expect(
      tell({
        widenings: [
          { columns: ["Age"], times: 2.61 },
          { columns: ["Group"], times: 1.2 },
        ],
      }),
    ).toEqual([
      "Some drivers say much of what others say, so that their own parts are uncertain; their intervals are wider than they would be alone: “Age of the driver” (× 2.6).",
    ]);
    expect(tell({ widenings: [{ columns: ["Age"], times: 1.31 }] })).toEqual([
      "Drivers that go together widen the intervals of one another little: those of “Age of the driver” most, by a factor of 1.3.",
    ]);
    expect(tell({ widenings: [{ columns: ["Age"], times: 1.01 }] })).toEqual([
      "No driver says what others say already: they do not widen the intervals of one another.",
    ]);
  });
});
