import { expect, test } from "vitest";
import { fitGlm, GamModel } from "../../../src/models/index.ts";
import type { Diagnosis } from "../../../src/report/diagnosis.ts";
import { describeDiagnosis } from "../../../src/report/diagnosis-words.ts";
import { gatherFacts } from "../../../src/report/facts.ts";
import { renderReport } from "../../../src/report/index.ts";
import { Table } from "../../../src/table/index.ts";
import { homesGamReport, soldGamReport } from "../../support/gam-report-cases.ts";

const options = homesGamReport();
const html = await renderReport(options);

/** The page as people read it: without tags, entities and narrow spaces. */
const readText = (page: string): string =>
  page
    .replace(/<style>[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#39;/g, "'")
    .replace(/[\s\u00a0\u202f]+/g, " ");
const page = readText(html);

test("each curve has its picture and one sentence, with what it does and where the band tells nothing", () => {
  expect(page).toMatch(
    /Age of the home The price rises until 4\d years, then falls \(highest × 1\.\d+ at 4\d years, lowest × 0\.\d+ at [\d.]+ years\)(; [^.]*)?\. What multiplies the price along “Age of the home”, against the average home, all else alike\. Band: 95 % intervals; bars: how many homes there are\./,
  );
});

test("two columns that act together have a map and one sentence", () => {
  expect(page).toMatch(
    /East and North The price is highest around East [56]\.\d+ km, North [23](\.\d+)? km \(× 1\.\d+\) and lowest around [^;]*; the difference from none is clear for \d\d % of the homes\. What multiplies the price at each place between “East” \(left to right\) and “North” \(upwards\)/,
  );
  expect(page).not.toContain("act together: what");
});

test("what has a straight line or levels is told in the list, and what has no effect is said to have none", () => {
  expect(page).toMatch(/Living area Each further m²: price × 1\.01 \(1\.01 to 1\.01\)\./);
  expect(page).toMatch(/Region Compared with the average: price × 1\.\d+ \([\d.]+ to [\d.]+\) at “south”, the highest/);
  expect(page).toContain("No effect found for “noise”: what the model adds for it cannot be told from chance.");
});

test("all curves share one scale", () => {
  // The axis labels of a picture, in its order; the price's curve over age sets them.
  const labels = [...html.matchAll(/id="course-\d+-wide-title"[\s\S]*?<\/svg>/g)].map(([svg]) =>
    [...svg.matchAll(/text-anchor="end"[^>]*>([^<]*)</g)].map(([, text]) => text).join(" "),
  );
  expect(labels.length).toBeGreaterThanOrEqual(2);
  expect(new Set(labels).size).toBe(1);
});

test("smooths are told in a table of plain words", () => {
  expect(page).toContain("a straight line is worth 1, a plain arch 2, and more the more often it turns");
  expect(page).toMatch(/s\(age\) a curve [2-7]\.\d 9 \d+ &#60; 0\.001/);
  expect(page).toMatch(/te\(east,north\) a map of 2 columns \d+(\.\d)? 24 /);
  expect(page).toMatch(/s\(region\) 3 groups [12]\.\d 3 /);
  expect(page).toMatch(/Criterion \(REML\) \d+/);
});

test("the model says what it is and how much its curves may bend", () => {
  expect(page).toContain("Additive gamma regression, 5 terms");
  expect(page).toMatch(
    /Additive gamma regression: family Gamma, link log, formula price ~ .*fitted to 400 rows\. How much each curve may bend was chosen by restricted maximum likelihood \(REML\)/,
  );
});

test("the report on the restored model is the same but for what rows alone can tell", async () => {
  const restored = GamModel.fromJSON(JSON.parse(JSON.stringify(options.model)));
  const text = readText(await renderReport({ ...options, model: restored }));
  const untilWeaknesses = (whole: string): string => whole.split(" Where it is weak In ")[0];
  expect(untilWeaknesses(text)).toBe(untilWeaknesses(page));
  expect(untilWeaknesses(page).length).toBeLessThan(page.length);
});

test("what curves leave, what they share and where they are continued is said in plain words", () => {
  const data = options.data;
  const curves = {
    patterns: [
      { columns: ["east", "north"], isFull: false },
      { columns: ["age"], isFull: true },
    ],
    shared: [
      { columns: ["age"], share: 0.93 },
      { columns: ["region"], share: 0.86 },
    ],
    outside: { count: 2, columns: ["area"] },
  };
  const facts = gatherFacts(options);
  const bare = { residuals: null, scatter: null, zeros: null, widenings: [], warnings: [] };
  const tell = (checks: Diagnosis["curves"]): string[] => describeDiagnosis({ ...facts, data }, { ...bare, curves: checks });
  expect(tell(curves).map((text) => text.replaceAll("\u00a0", " "))).toEqual([
    "What it misses still goes with “Age of the home”, where its curve is as bent as it was allowed to be: a larger k may find more.",
    "What it misses still goes with “East” and “North”, though its curve could bend more: something is lacking that no curve can say, such as columns that act together.",
    "Some parts say much of what others say, and should be read together: 93 % of that of “Age of the home” and 86 % of that of “Region” could be said by other parts.",
    "2 of 200 homes lie outside of what the model was fitted to (in “Living area”): there its curves are continued, not known.",
  ]);
  expect(tell({ patterns: [], shared: [], outside: { count: 0, columns: [] } })).toEqual([]);
  expect(tell(null)).toEqual([]);
});

test("rows outside of the training range are found", async () => {
  const far = options.data.column("age");
  if (far.kind !== "numeric") throw new Error("age is a number");
  const data = Table.of(
    options.data.columns.map((column) =>
      column === far ? { ...far, values: far.values.map((age, row) => (row < 3 ? 200 : age)) } : column,
    ),
  );
  expect(readText(await renderReport({ ...options, data }))).toMatch(
    /\d of 200 homes lie outside of what the model was fitted to \(in [^)]*“Age of the home”[^)]*\): there its curves are continued, not known\./,
  );
});

test("odds are told as odds, and the chance rises and falls", async () => {
  const text = readText(await renderReport(soldGamReport()));
  expect(text).toContain("Additive logistic regression, 2 terms");
  expect(text).toMatch(
    /The chance of a sale rises until [34]\d years, then falls \(highest odds × [\d.]+ at [34]\d years, lowest odds × 0\.\d+ at /,
  );
});

const plain = fitGlm("price ~ age + area", options.data, { family: "gamma", link: "log" });

test("beside another model it says which misses by more, by how much, and whether that may be chance", async () => {
  const text = readText(await renderReport({ ...options, comparedWith: { name: "a plain regression", model: plain } }));
  const sentence =
    /On the same 200 homes the average error is € [\d.]+ for this model and € [\d.]+ for a plain regression: this model misses by less, by € [\d.]+ \([\d.]+ to [\d.]+\)\./g;
  expect(text.match(sentence)).toHaveLength(2);
  expect(text).toContain("Beside a plain regression");
  const turned = readText(await renderReport({ ...options, model: plain, comparedWith: { name: "curves", model: options.model } }));
  expect(turned).toMatch(/for curves: this model misses by more, by € [\d.]+ \([\d.]+ to [\d.]+\)\./);
  const same = readText(await renderReport({ ...options, comparedWith: { name: "itself", model: options.model } }));
  expect(same).toMatch(/for itself: no difference\./);
});

test.each<[string, object, string]>([
  [
    "another kind of model",
    { comparedWith: { name: "x", model: soldGamReport().model } },
    "comparedWith.model must be a model of the same kind, regression with 1 output",
  ],
  ["no name", { comparedWith: { name: " ", model: plain } }, "comparedWith.name must be a text"],
  [
    "no response",
    { response: undefined, comparedWith: { name: "x", model: plain } },
    "comparedWith must be left out where no response is given",
  ],
  ["no model", { comparedWith: { name: "x", model: {} } }, "model must be a TreeEnsemble"],
])("refuses to compare with %s", async (_, change, message) => {
  await expect(renderReport({ ...options, ...change })).rejects.toThrow(message);
});
