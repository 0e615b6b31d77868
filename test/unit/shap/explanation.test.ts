import { describe, expect, test } from "vitest";
import { Explanation } from "../../../src/shap/index.ts";
import { Table, categorical } from "../../../src/table/index.ts";
import { messageOf } from "../../support/message-of.ts";

const data = Table.fromColumns({
  duration: [48, 12, NaN],
  status: categorical(["A11", "A14", null], ["A11", "A14"]),
  age: [22, 67, 45],
}).describe({ duration: { label: "Duration", unit: "months" }, status: { levels: { A11: "overdrawn" } } });

/** 3 rows × 3 features × 2 outputs; the second output is the first with its sign turned. */
function makeExplanation(): Explanation {
  const first = [0.5, 0.25, -0.125, -1, 0, 0.5, 0.25, 0.25, 0];
  return new Explanation({
    values: Float64Array.from(first.flatMap((x) => [x, -x])),
    baseValues: Float64Array.of(-1, 1, -1, 1, -1, 1),
    predictions: Float64Array.of(-0.375, 0.375, -1.5, 1.5, -0.5, 0.5),
    data,
    features: [
      { name: "duration", label: "Duration", columns: ["duration"] },
      { name: "status", label: "status", columns: ["status"] },
      { name: "age", label: "age", columns: ["age"] },
    ],
    outputNames: ["bad", "good"],
    scale: "raw",
    units: "log-odds",
    method: "tree-path-dependent",
    background: { numRows: 7, totalWeight: 3.5 },
    warnings: [{ name: "example", message: "Only an example.", subjects: ["age"] }],
  });
}

describe("reading", () => {
  test("additivity residuals are prediction minus base value minus values", () => {
    expect([...makeExplanation().additivityResiduals]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("row gives the user's words, strongest first", () => {
    const row = makeExplanation().row(0);
    expect(row).toMatchObject({ index: 0, output: "bad", baseValue: -1, prediction: -0.375 });
    expect(row.contributions.map(({ label, value, unit, contribution }) => [label, value, unit, contribution])).toEqual([
      ["Duration", 48, "months", 0.5],
      ["status", "overdrawn", null, 0.25],
      ["age", 22, null, -0.125],
    ]);
    expect(
      makeExplanation()
        .row(2)
        .contributions.map(({ value }) => value),
    ).toEqual([null, null, 45]);
  });

  test("output keeps one output, by name or position", () => {
    const good = makeExplanation().output("good");
    expect(good.outputNames).toEqual(["good"]);
    expect([...good.values.subarray(0, 3)]).toEqual([-0.5, -0.25, 0.125]);
    expect([...good.predictions]).toEqual([0.375, 1.5, 0.5]);
    expect(makeExplanation().output(1).values).toEqual(good.values);
  });

  test("importance is the mean absolute value with its share", () => {
    expect(
      makeExplanation()
        .importance()
        .map(({ feature, meanAbsolute, share }) => [feature, meanAbsolute, share]),
    ).toEqual([
      ["duration", 1.75 / 3, 1.75 / 2.875],
      ["age", 0.625 / 3, 0.625 / 2.875],
      ["status", 0.5 / 3, 0.5 / 2.875],
    ]);
  });

  test("reasons are the strongest, in one direction where asked, and never without effect", () => {
    const explanation = makeExplanation();
    expect(explanation.reasons(0, { most: 2 }).map(({ feature, direction }) => [feature, direction])).toEqual([
      ["duration", "raises"],
      ["status", "raises"],
    ]);
    expect(explanation.reasons(0, { direction: "lowers" }).map(({ feature, share }) => [feature, share])).toEqual([["age", 0.125 / 0.875]]);
    expect(explanation.reasons(1).map(({ feature }) => feature)).toEqual(["duration", "age"]);
    expect(explanation.reasons(1, { output: "good", direction: "raises" }).map(({ feature }) => feature)).toEqual(["duration"]);
  });
});

describe("summing", () => {
  test("top keeps the strongest and sums the others, so that rows still add up", () => {
    const top = makeExplanation().top(1);
    expect(top.featureNames).toEqual(["duration", "2 others together"]);
    expect([...top.additivityResiduals]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(top.row(0).contributions[1]).toMatchObject({ value: null, contribution: 0.125 });
    expect(makeExplanation().top(3).featureNames).toEqual(["duration", "status", "age"]);
  });

  test("group sums its members where the first one stood", () => {
    const grouped = makeExplanation().group({ applicant: ["age", "duration"] });
    expect(grouped.features).toEqual([
      { name: "applicant", label: "applicant", columns: ["duration", "age"] },
      { name: "status", label: "status", columns: ["status"] },
    ]);
    expect([...grouped.output("bad").values]).toEqual([0.375, 0.25, -0.5, 0, 0.25, 0.25]);
  });

  test("standard errors of sums add in squares", () => {
    const sampled = new Explanation({ ...makeExplanation().output(0).parts(), standardErrors: Float64Array.from({ length: 9 }, () => 3) });
    const grouped = sampled.group({ both: ["duration", "status"] });
    expect(grouped.standardErrors?.[0]).toBe(Math.sqrt(18));
    expect(grouped.row(0).contributions.find(({ feature }) => feature === "age")?.standardError).toBe(3);
  });
});

describe("JSON", () => {
  test("round trip restores every field to the bit, also what JSON has no number for", () => {
    const original = new Explanation({
      ...makeExplanation().parts(),
      standardErrors: Float64Array.from({ length: 18 }, (_, i) => [NaN, -0, Infinity, -Infinity, 0.1][i % 5]),
    });
    const restored = Explanation.fromJSON(JSON.parse(JSON.stringify(original)));
    expect(restored).toStrictEqual(original);
    expect(restored.data.column("status")).toStrictEqual(data.column("status"));
    expect(Object.is(restored.standardErrors?.[1], -0)).toBe(true);
  });

  test.each([
    [{}, "Explanation.fromJSON: schema must be there; got nothing. Give what Explanation.toJSON wrote, unchanged."],
    [
      { ...makeExplanation().toJSON(), schemaVersion: 2 },
      "Explanation.fromJSON: schemaVersion must be 1; got 2. Give what Explanation.toJSON wrote, unchanged.",
    ],
    [
      { ...makeExplanation().toJSON(), values: [1] },
      "Explanation.fromJSON: values must be 18 numbers (rows × features × outputs); got 1. Give what Explanation.toJSON wrote, unchanged.",
    ],
    [
      {
        ...makeExplanation().toJSON(),
        data: { columns: [{ kind: "categorical", name: "a", description: {}, levels: ["x"], codes: [0, 1, 0] }] },
      },
      'Explanation.fromJSON: data column "a" must be codes below 1; got 1. Give what Explanation.toJSON wrote, unchanged.',
    ],
  ])("what is not an explanation is refused: %#", (json, message) => {
    expect(messageOf(() => Explanation.fromJSON(json))).toBe(message);
  });
});

describe("wrong arguments", () => {
  const explanation = makeExplanation();
  test.each([
    [
      () => explanation.row(3),
      "Explanation.row: index must be a whole number from 0 to 2; got 3. Rows are counted from 0, in the order of the explained data.",
    ],
    [
      () => explanation.output("ugly"),
      'Explanation.output: output must be one of "bad", "good", or its position; got "ugly". See explanation.outputNames.',
    ],
    [() => explanation.top(0), "Explanation.top: k must be a whole number of at least 1; got 0. Give the number of features to keep."],
    [
      () => explanation.reasons(0, { most: 0.5 }),
      "Explanation.reasons: most must be a whole number of at least 1; got 0.5. Leave it out for four reasons.",
    ],
    [
      () => explanation.reasons(0, { direction: "up" as "raises" }),
      'Explanation.reasons: direction must be "raises", "lowers" or "both"; got "up". Leave it out for both.',
    ],
    [
      () => explanation.reasons(0, { mots: 1 } as object),
      'Explanation.reasons: options must be made of "most", "direction", "output"; got "mots". Correct the name, or leave it out.',
    ],
    [
      () => explanation.group({ a: ["weight"] }),
      'Explanation.group: group "a" must be made of features ("duration", "status", "age") that no other group holds; got "weight". See explanation.featureNames.',
    ],
    [
      () => explanation.group({ a: ["age"], b: ["age"] }),
      'Explanation.group: group "b" must be made of features ("duration", "status", "age") that no other group holds; got "age". Name each feature in one group only.',
    ],
  ])("%#", (call, message) => {
    expect(messageOf(call)).toBe(message);
  });
});

describe("errors and the account of sampling", () => {
  const sampling = {
    estimator: "automatic",
    absentFeatures: "marginal",
    budget: 100,
    coalitions: 98.5,
    terms: 0,
    rowsAsked: 900,
    rowsSent: 700,
    seed: 7,
    farRows: null,
    noise: 0,
  };
  const values = makeExplanation().values;
  const errors = values.map((_, i) => 0.01 * (i + 1));
  const sampled = new Explanation({
    ...makeExplanation().parts(),
    standardErrors: errors,
    backgroundErrors: errors.map((x) => 2 * x),
    sampling,
  });

  test("survive JSON", () => {
    const again = Explanation.fromJSON(JSON.parse(JSON.stringify(sampled.toJSON())));
    expect(again.backgroundErrors).toEqual(sampled.backgroundErrors);
    expect(again.sampling).toEqual(sampling);
    expect(Explanation.fromJSON(makeExplanation().toJSON()).sampling).toBeUndefined();
  });

  test("background errors follow outputs and groups as standard errors do", () => {
    const good = sampled.output("good");
    expect(good.backgroundErrors).toEqual(good.standardErrors!.map((x) => 2 * x));
    const grouped = sampled.group({ both: ["duration", "status"] });
    expect(grouped.backgroundErrors![0]).toBeCloseTo(2 * Math.hypot(errors[0], errors[2]), 12);
  });

  test("background errors of another length are refused", () => {
    const json = { ...sampled.toJSON(), backgroundErrors: [1] };
    expect(messageOf(() => Explanation.fromJSON(json))).toContain("backgroundErrors must be 18 numbers");
  });
});
