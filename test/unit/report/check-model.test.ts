import { expect, test } from "vitest";
import { renderReport } from "../../../src/report/index.ts";
import { importXgboost } from "../../../src/trees/index.ts";
import { smallXgboost } from "../../support/small-models.ts";
import { classReport } from "../../support/report-cases.ts";
import { creditGlmReport } from "../../support/glm-report-cases.ts";

const QUESTION = "<dt>Was the model read rightly?</dt>";

test("a model that nobody verified is said to be so", async () => {
  const page = await renderReport(classReport());
  expect(page).toContain(QUESTION);
  expect(page).toMatch(
    /Not verified: the model was read from its file, and nobody compared its predictions here with those that XGBoost\s+makes\./,
  );
});

test("a verified model says against how many rows, and how close it came", async () => {
  const options = classReport();
  const expected = options.model.predict(options.data, { scale: "raw" });
  options.model.verify(options.data, expected, { scale: "raw" });
  expect(await renderReport(options)).toMatch(
    /Verified: for \d+ rows, raw scores were compared with those that XGBoost, which fitted the model, makes itself;\s+they are the same to the last digit\./,
  );
  expected[4] += 2 ** -22;
  options.model.verify(options.data, expected, { scale: "raw" });
  expect(await renderReport(options)).toMatch(/the largest difference is 2\.4\s×\s10⁻⁷, which is rounding\./);
  expected[4] += 0.25;
  options.model.verify(options.data, expected, { scale: "raw", tolerance: 0.5 });
  expect(await renderReport(options)).toMatch(/the largest difference is 0\.25\.<\/dd>/);
});

test("a model whose predictions differ is not to be relied on, and the report begins with that", async () => {
  const options = classReport();
  const expected = options.model.predict(options.data);
  expected[4] += 0.5;
  options.model.verify(options.data, expected);
  const page = await renderReport(options);
  expect(page).toMatch(
    /<h2 id="summary-heading">In short<\/h2>\s*<p class="lead"><b>Not to be relied on\.<\/b> For \d+ rows, predictions were/,
  );
  expect(page).toMatch(/they differ: by up to 0\.5\s+\(row 2\)\./);
});

test("a linear booster is called one, and says what stands for typical", async () => {
  const file = smallXgboost(({ learner }) => (learner.gradient_booster = { name: "gblinear", model: { weights: [0.5, -1, 2] } } as never));
  const data = Array.from({ length: 12 }, (_, row) => ({ age: 20 + 2 * row, city: row % 3 }));
  const page = await renderReport({ title: "How many?", model: importXgboost(file), data });
  expect(page).toContain("2 things known about each · XGBoost, a linear model · prepared");
  expect(page).toMatch(/An unknown feature counts as 0 where it is multiplied by a weight, which stands for\s+“typical”\./);
});

test("a model that was fitted here was not read from a file", async () => {
  expect(await renderReport(creditGlmReport())).not.toContain(QUESTION);
});
