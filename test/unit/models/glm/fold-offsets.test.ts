import { describe, expect, test } from "vitest";
import { anomalies, fitGlm, GlmModel, linear } from "../../../../src/models/index.ts";
import { additiveShap } from "../../../../src/shap/index.ts";

const data = {
  age: [20, 30, 40, 50, 60, 35, 45, 55],
  claims: [1, 0, 2, 1, 3, 1, 0, 2],
  "years insured": [1, 0.5, 2, 1, 3, 1, 1, 2],
};
const years = data["years insured"];
const written = fitGlm("claims ~ age + offset(log(`years insured`))", data, { family: "poisson" });

describe("an exposure that is a column", () => {
  const model = fitGlm("claims ~ age", data, { family: "poisson", exposure: "years insured" });

  test("becomes part of the formula, to the bit", () => {
    expect(model.formula).toBe(written.formula);
    expect(Array.from(model.fit.estimates)).toEqual(Array.from(written.fit.estimates));
    expect(model.predict(data)).toEqual(written.predict(data));
    expect(model.warnings).toEqual([]);
  });

  test("is read from all rows that the model meets, also when it has been saved", () => {
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(() => restored.predict({ age: [40] })).toThrow(/"years insured"/);
    expect(anomalies(restored, data)[0].prediction).toBeCloseTo(anomalies(model)[0].prediction, 12);
    const explanation = additiveShap(model).explain(data);
    explanation.predictions.forEach((eta, row) => expect(eta).toBeCloseTo(model.predict(data, { scale: "link" })[row], 12));
    expect(explanation.featureNames).toContain("years insured");
  });

  test("named again with a prediction it does not count twice; numbers are refused", () => {
    expect(model.predict(data, { exposure: "years insured" })).toEqual(model.predict(data));
    expect(() => model.predict(data, { exposure: years })).toThrow(
      "GlmModel.predict: exposure must be left out, as the model reads offset(log(`years insured`)) from the data; got an array of 8. Change that column of the data instead.",
    );
  });

  test("is held to its rule before its logarithm is taken", () => {
    const wrong = { ...data, "years insured": years.map((value, row) => (row === 3 ? 0 : value)) };
    expect(() => fitGlm("claims ~ age", wrong, { family: "poisson", exposure: "years insured" })).toThrow(
      /exposure must be finite numbers above 0; got 0 at row 3/,
    );
    expect(() => fitGlm("claims ~ age", data, { exposure: "years insured" })).toThrow(/exposure must be left out unless the link is log/);
  });

  test("joins formulas made with builders, and their own offset", () => {
    const built = fitGlm({ response: "claims", terms: [linear("age")], offset: "age / 100" }, data, {
      family: "poisson",
      exposure: "years insured",
    });
    const text = fitGlm("claims ~ age + offset(age / 100 + log(`years insured`))", data, { family: "poisson" });
    built.fit.estimates.forEach((value, j) => expect(value).toBeCloseTo(text.fit.estimates[j], 12));
  });

  test("does not mend a formula that is wrong", () => {
    expect(() => fitGlm("claims ~ age +", data, { family: "poisson", exposure: "years insured" })).toThrow(/formula/);
  });
});

describe("an offset that is a list", () => {
  const offset = years.map(Math.log);
  const model = fitGlm("claims ~ age", data, { family: "poisson", offset });

  test("is not known for other rows, and the model says so", () => {
    expect(model.warnings.map(({ name }) => name)).toEqual(["offsetNotKept"]);
    expect(model.fit.estimates[1]).toBeCloseTo(written.fit.estimates[1], 12);
    model.predict(data, { offset }).forEach((mean, row) => expect(mean).toBeCloseTo(written.predict(data)[row], 12));
  });
});
