import { describe, expect, test } from "vitest";
import { fitGlm, GlmModel } from "../../../src/models/index.ts";
import { gatherFacts } from "../../../src/report/facts.ts";
import { renderReport } from "../../../src/report/index.ts";
import type { ReportOptions } from "../../../src/report/index.ts";
import { categorical, Table } from "../../../src/table/index.ts";
import { claimsGlmReport, creditGlmReport, priceGlmReport } from "../../support/glm-report-cases.ts";
import { messageOf } from "../../support/message-of.ts";

/** The page as text without tags, in one line. */
async function textOf(options: ReportOptions): Promise<string> {
  const page = await renderReport(options);
  return page
    .replace(/<style>[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

test("a logistic regression is told in odds, by step and by level", async () => {
  const page = await textOf(creditGlmReport());
  expect(page).toContain("Logistic regression, 7 terms");
  expect(page).toMatch(
    /the odds of default by a factor of its own, whatever the others are\. For a typical applicant, whose risk of default is \d+ %, odds × 2 make \d+ %/,
  );
  expect(page).toMatch(/Duration of the loan Each further month: odds of default × 1\.0\d \(1\.0\d to 1\.0\d\)\./);
  expect(page).toMatch(
    /Current account Compared with “0 to 200 DM”: odds of default × 2\.\d\d \([\d.]+ to [\d.]+\) at “none”, the highest/,
  );
  expect(page).toMatch(/No effect found for .*“Telephone in own name”/);
  expect(page).toContain("account_statusnone");
});

test("a Poisson regression with an offset is told in multiples, for the same exposure", async () => {
  const page = await textOf(claimsGlmReport());
  // R: 1 − 51.42 / 236.26, the residual and the null deviance with the offset.
  expect(page).toMatch(
    /One rate for all, in step with “Policyholders”, accounts for \d\d %; of what that leaves, the model accounts for 78 %\./,
  );
  expect(page).toContain("It takes “Policyholders” as a measure of how much there is to count; all figures compare cases alike in it.");
  // R: exp(0.56341) with its Wald interval; see test/reference/glm/poisson_insurance_offset.json.
  expect(page).toContain(
    "Size of the engine Lowest at “&#60;1l”; compared with that, number of claims × 1.76 (1.52 to 2.02) at “&#62;2l”, the highest.",
  );
});

test("a linear regression adds in the unit of the response, and names what acts together", async () => {
  const page = await textOf(priceGlmReport());
  expect(page).toContain(
    "The model adds: each thing that it knows adds a part of its own to the price, whatever the others are, but for those that act together.",
  );
  expect(page).toContain("“Mileage” and “Leather seats” act together: what one of them does depends on the other.");
  expect(page).toMatch(/Cylinders Each one more: price \+\$ [\d ]+ \([\d ]+ to [\d ]+\)\./);
});

test("a model from a file tells the same of new rows, whose columns it describes", async () => {
  const options = creditGlmReport();
  const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(options.model)));
  const facts = gatherFacts({ ...options, model: restored });
  expect(facts.terms).toEqual(gatherFacts(options).terms);
  expect(facts.predictions).toEqual(gatherFacts(options).predictions);
  const described = claimsGlmReport();
  const plain = described.data.toRecords();
  const data = Table.fromRecords(plain);
  expect(await textOf({ ...described, model: GlmModel.fromJSON(JSON.parse(JSON.stringify(described.model))), data })).toContain(
    "Size of the engine",
  );
});

test("the same model makes the same file", async () => {
  expect(await renderReport(claimsGlmReport())).toBe(await renderReport(claimsGlmReport()));
});

describe("other models", () => {
  const rows = Array.from({ length: 80 }, (_, row) => row);
  const wave = (row: number): number => Math.sin(12.9898 * (row + 1) ** 2);
  const data = Table.fromColumns({
    x: rows.map((row) => 1 + (row % 20)),
    group: categorical(
      rows.map((row) => ["a", "b", "c"][row % 3]),
      ["a", "b", "c"],
    ),
    cost: rows.map((row) => Math.exp(0.1 * (row % 20) + 0.5 * wave(row))),
    event: rows.map((row) => Number(wave(row) + (row % 20) / 10 > 1)),
    constant: rows.map(() => 1),
  });

  test("a falling link says in which direction predictions go", async () => {
    const model = fitGlm("cost ~ x", data, { family: "gamma", link: "inverse" });
    const page = await textOf({ title: "Costs", model, data, response: "cost" });
    expect(page).toContain("The higher the score, the lower the prediction.");
    expect(page).toMatch(/x Each one more: prediction higher \(score −0\.\d+, −0\.\d+ to −0\.\d+\)\./);
  });

  test("a penalised model has effects without intervals, and nothing is said of chance", async () => {
    const model = fitGlm("event ~ x + group", data, { family: "binomial", penalty: { strength: 0.01, l1Ratio: 0 } });
    const page = await textOf({ title: "Events", model, data, response: "event" });
    expect(page).toMatch(/x Each one more: odds of the event × \d\.\d+\./);
    expect(page).toContain("How certain its figures are is not known: the way in which it was fitted leaves no intervals. x Each");
    expect(page).toContain("against the average case, all else alike. Bars: how many cases there are.");
    expect(page).not.toContain("No effect found for");
    expect(page).not.toContain("chance. group");
  });

  test("without an intercept courses are told against the average all the same", () => {
    const model = fitGlm("cost ~ 0 + x", data);
    const [reading] = gatherFacts({ title: "Costs", model, data }).terms?.readings ?? [];
    const points = reading.course?.points ?? [];
    const total = points.reduce((sum, { estimate, n }) => sum + n * estimate, 0);
    // Rounding of 80 numbers below 10.
    expect(Math.abs(total)).toBeLessThan(1e-9);
    expect(points[0].low).toBeNull();
    expect(reading.effects).toMatchObject({ kind: "step", effect: { low: expect.any(Number) as number } });
  });

  test("a quasi family tells that its intervals allow for the scatter", async () => {
    const counts = Table.of([
      ...data.columns,
      { kind: "numeric", name: "count", values: Float64Array.from(rows, (row) => (row % 5 === 0 ? 20 : row % 3)), description: {} },
    ]);
    const model = fitGlm("count ~ x", counts, { family: "quasipoisson" });
    const page = await textOf({ title: "Counts", model, data: counts, response: "count" });
    expect(page).toMatch(
      /Counts scatter [\d.]+ times as much as such counts do by chance alone; the intervals of the model allow for it\./,
    );
    expect(page).toContain("The model says nothing of how far single outcomes scatter");
  });

  test("a term of one value moves nothing", async () => {
    const model = fitGlm("event ~ x", data, { family: "binomial" });
    const page = await textOf({ title: "Events", model, data: data.filter(({ x }) => x === 3) });
    expect(page).toContain("No movement in these 4 cases: “x”.");
  });

  test("a model without terms is nothing to report on", () => {
    const model = fitGlm("cost ~ 1", data, { family: "gamma", link: "log" });
    expect(messageOf(() => gatherFacts({ title: "Costs", model, data }))).toBe(
      'renderReport: model must be one with a term that reads a column, so that there is something to report; got the formula "cost ~ 1". Fit one with terms.',
    );
  });

  test("an offset that came as a list is not known for a report's rows", () => {
    const model = fitGlm("event ~ x", data, { family: "poisson", exposure: Array.from({ length: data.numRows }, () => 2) });
    expect(messageOf(() => gatherFacts({ title: "Events", model, data }))).toBe(
      "renderReport: model must be one whose offset or exposure is a column, so that it is known for other rows; got one that was fitted with a list of them. Make it a column of the data, name it, and fit again.",
    );
  });

  test("data that the model cannot read are refused in the name of the report", () => {
    const model = fitGlm("event ~ x + group", data, { family: "binomial" });
    expect(messageOf(() => gatherFacts({ title: "Events", model, data: data.select(["x", "event"]) }))).toMatch(/^renderReport: .*"group"/);
  });
});

describe("where it is weak", () => {
  test("outcomes of the report come before those of the training, and without both nothing is told of cases", () => {
    const options = claimsGlmReport();
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(options.model)));
    const bare = options.data.select(["District", "Group", "Age", "Holders"]);
    const sourceOf = (given: ReportOptions): string | undefined => gatherFacts(given).diagnosis?.residuals?.source;
    expect(sourceOf(options)).toBe("report");
    expect(sourceOf({ ...options, model: restored })).toBe("report");
    expect(sourceOf({ title: "Claims", model: options.model, data: bare })).toBe("training");
    expect(sourceOf({ title: "Claims", model: restored, data: bare })).toBeUndefined();
  });

  test("a model from a file without outcomes says that nothing is known", async () => {
    const { model, data } = claimsGlmReport();
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    const page = await textOf({ title: "Claims", model: restored, data: data.select(["District", "Group", "Age", "Holders"]) });
    expect(page).toContain("How surprising single outcomes are is not told, as they are not known.");
    expect(page).toContain("Counts scatter no more than the model assumes");
    expect(page).not.toContain("that it understands least");
  });

  test("terms that share columns do not count as drivers that go together", () => {
    const { diagnosis } = gatherFacts(priceGlmReport());
    expect(diagnosis?.widenings.map(({ columns }) => columns)).toEqual([["Cylinder"], ["Make"]]);
  });

  test("the cases that it understands least are told with what moved their predictions", async () => {
    const page = await textOf(claimsGlmReport());
    expect(page).toMatch(
      /The three groups of policies that it understands least Number of claims [\d.]+ \(typical [\d.]+\) \. The outcome was \d+\./,
    );
    expect(page).toContain("Does it miss to one side somewhere?");
    expect(page).not.toContain("What acts together");
  });
});

test("the event is the level that the model predicts", () => {
  const { data, ...options } = creditGlmReport();
  const known = data
    .toRecords()
    .map(({ defaulted, ...row }): Record<string, unknown> => ({ ...row, outcome: defaulted === 1 ? "lost" : "kept" }));
  const table = Table.fromRecords(known);
  const model = fitGlm("outcome ~ duration + credit_history", table, { family: "binomial" });
  const facts = gatherFacts({ ...options, model, data: table, response: "outcome" });
  expect(facts.response?.values.reduce((sum, value) => sum + value, 0)).toBe(90);
});
