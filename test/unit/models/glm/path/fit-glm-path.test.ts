import { describe, expect, it } from "vitest";
import { fitGlm, fitGlmPath, GlmModel, GlmPath, negativeBinomial, poisson, type GlmPathOptions } from "../../../../../src/models/index.ts";
import { createRandom } from "../../../../../src/numeric/index.ts";
import { messageOf } from "../../../../support/message-of.ts";

const numRows = 300;
const random = createRandom(77);
const draw = (): number => random.next();
const data = {
  age: Float64Array.from({ length: numRows }, () => 20 + 50 * draw()),
  power: Float64Array.from({ length: numRows }, () => 5 * draw()),
  noise: Float64Array.from({ length: numRows }, draw),
  region: Array.from({ length: numRows }, () => ["east", "north", "south", "west"][Math.floor(4 * draw())]),
  years: Float64Array.from({ length: numRows }, () => 0.2 + draw()),
  claims: new Float64Array(numRows),
};
data.claims.forEach((_, i) => {
  const mean = data.years[i] * Math.exp(0.5 - 0.03 * (data.age[i] - 40) + 0.2 * data.power[i] + (data.region[i] === "west" ? 0.8 : 0));
  data.claims[i] = Math.floor(mean * (0.4 + 1.2 * draw()));
});
const formula = "claims ~ age + power + noise + region";
const options = { family: poisson(), exposure: "years", numStrengths: 20 } satisfies GlmPathOptions;

function fit(more: GlmPathOptions = {}): GlmPath {
  return fitGlmPath(formula, data, { ...options, ...more });
}

describe("fitGlmPath", () => {
  it("tells strengths, coefficients by name and what they explain", () => {
    const path = fit();
    const p = path.coefficientNames.length;
    expect(path.coefficientNames).toEqual(["(Intercept)", "age", "power", "noise", "regionnorth", "regionsouth", "regionwest"]);
    expect(path.coefficients.length).toBe(path.strengths.length * p);
    expect(path.degreesOfFreedom[0]).toBe(0);
    expect(path.devianceRatio[0]).toBeCloseTo(0, 12);
    expect(path.strengths.every((strength, k) => k === 0 || strength < path.strengths[k - 1])).toBe(true);
    expect(path.devianceRatio.every((ratio, k) => k === 0 || ratio >= path.devianceRatio[k - 1])).toBe(true);
    expect(path.nullDeviance).toBeCloseTo(fitGlm(formula, data, { family: "poisson", exposure: "years" }).nullDeviance, 6);
    const [, age] = path.coefficientsAt(path.strengths[5]);
    expect(age).toEqual({ name: "age", estimate: path.coefficients[5 * p + 1] });
  });

  it("fits factors as codes exactly as if they were written out", () => {
    const dummies = Object.fromEntries(
      ["north", "south", "west"].map((level) => [level, Float64Array.from(data.region, (region) => Number(region === level))]),
    );
    const path = fit({ l1Ratio: 0.6 });
    const other = fitGlmPath("claims ~ age + power + noise + north + south + west", { ...data, ...dummies }, { ...options, l1Ratio: 0.6 });
    expect(other.strengths.length).toBe(path.strengths.length);
    path.coefficients.forEach((value, k) => expect(value).toBeCloseTo(other.coefficients[k], 8));
  });

  it("lets a model be taken at any strength, the exact one between two of the path", () => {
    const path = fit();
    const model = path.model(path.strengths[4]);
    expect(model.coefficients.map(({ estimate }) => estimate)).toEqual(
      path.coefficientsAt(path.strengths[4]).map(({ estimate }) => estimate),
    );
    expect(model.coefficients.every(({ standardError, pValue }) => standardError === null && pValue === null)).toBe(true);
    expect(1 - model.deviance / model.nullDeviance).toBeCloseTo(path.devianceRatio[4], 9);
    const between = Math.sqrt(path.strengths[4] * path.strengths[5]);
    const direct = fitGlm(formula, data, { family: "poisson", exposure: "years", penalty: { strength: between } });
    path
      .coefficientsAt(between)
      .forEach(({ estimate }, j) => expect(estimate).toBeCloseTo(direct.coefficients[j].estimate ?? Number.NaN, 7));
    expect(Array.from(path.predict(data, { strength: path.strengths[4], exposure: "years" }))).toEqual(
      Array.from(model.predict(data, { exposure: "years" })),
    );
  });

  it("chooses a strength by cross-validation, alike for the same seed", () => {
    const path = fit({ folds: 5, seed: 3 });
    const chosen = path.crossValidation;
    expect(chosen).not.toBeNull();
    if (chosen === null) return;
    expect(chosen.numFolds).toBe(5);
    expect(chosen.strengthOneStandardError).toBeGreaterThanOrEqual(chosen.strengthMin);
    expect(chosen.meanDeviance[chosen.indexMin]).toBe(Math.min(...chosen.meanDeviance));
    expect(path.coefficientsAt("min")).toEqual(path.coefficientsAt(chosen.strengthMin));
    expect(path.coefficientsAt("oneStandardError")).toEqual(path.coefficientsAt(chosen.strengthOneStandardError));
    expect(fit({ folds: 5, seed: 3 }).crossValidation).toEqual(chosen);
    expect(fit({ folds: 5, seed: 4 }).crossValidation).not.toEqual(chosen);
  });

  it("takes folds for the rows that it is fitted to when others miss a value", () => {
    const age = data.age.slice();
    age[10] = Number.NaN;
    const folds = Int32Array.from({ length: numRows }, (_, i) => 7 + (i % 4));
    const path = fitGlmPath(formula, { ...data, age }, { ...options, folds });
    const keep = Array.from({ length: numRows }, (_, i) => i).filter((i) => i !== 10);
    const rows = Object.fromEntries(Object.entries(data).map(([name, values]) => [name, keep.map((i) => values[i])]));
    const other = fitGlmPath(formula, rows, { ...options, folds: keep.map((i) => folds[i]) });
    expect(path.crossValidation).toEqual(other.crossValidation);
    expect(path.warnings.map(({ name }) => name)).toEqual(["missingRows"]);
  });

  it("refits the chosen columns with inference, and warns that they were chosen", () => {
    const path = fit();
    const k = path.degreesOfFreedom.findIndex((number) => number >= 2);
    const names = path.coefficientsAt(path.strengths[k]).filter(({ estimate, name }) => estimate !== 0 && name !== "(Intercept)");
    const model = path.relaxed(path.strengths[k]);
    const warning = model.warnings.find(({ name }) => name === "selectionInference");
    expect(warning?.subjects).toEqual(names.map(({ name }) => name));
    expect(model.warnings.some(({ name }) => name === "aliased")).toBe(false);
    const plain = fitGlm(
      "claims ~ age + power + west",
      { ...data, west: Float64Array.from(data.region, (level) => Number(level === "west")) },
      {
        family: "poisson",
        exposure: "years",
      },
    );
    const full = path.relaxed(path.strengths[path.degreesOfFreedom.findIndex((number) => number === 3)]);
    const kept = full.coefficients.filter(({ estimate }) => estimate !== null);
    expect(kept.map(({ name }) => name)).toEqual(["(Intercept)", "age", "power", "regionwest"]);
    kept.forEach(({ estimate, standardError }, j) => {
      expect(estimate).toBeCloseTo(plain.coefficients[j].estimate ?? Number.NaN, 8);
      expect(standardError).toBeCloseTo(plain.coefficients[j].standardError ?? Number.NaN, 8);
    });
    expect(full.predict(data, { exposure: "years" })[7]).toBeCloseTo(
      plain.predict({ ...data, west: data.region.map((level) => Number(level === "west")) }, { exposure: "years" })[7],
      8,
    );
  });

  it("leaves terms unpenalised, or out, by their factors", () => {
    const path = fit({ factors: { age: 0, region: Number.POSITIVE_INFINITY } });
    const p = path.coefficientNames.length;
    expect(path.coefficients[1]).not.toBe(0);
    path.strengths.forEach((_, k) => {
      for (const j of [4, 5, 6]) expect(path.coefficients[k * p + j]).toBe(0);
    });
    const free = fitGlm("claims ~ age", data, { family: "poisson", exposure: "years" });
    expect(path.coefficients[1]).toBeCloseTo(free.coefficients[1].estimate ?? Number.NaN, 8);
  });

  it("is saved without its data and predicts the same bits", () => {
    const path = fit({ folds: 4 });
    const restored = GlmPath.fromJSON(JSON.parse(JSON.stringify(path)));
    for (const strength of ["min", "oneStandardError", path.strengths[3]] as const) {
      expect(restored.predict(data, { strength, exposure: "years" })).toEqual(path.predict(data, { strength, exposure: "years" }));
    }
    expect(restored.crossValidation).toEqual(path.crossValidation);
    expect(restored.degreesOfFreedom).toEqual(path.degreesOfFreedom);
    expect(JSON.stringify(restored)).toBe(JSON.stringify(path));
    expect(messageOf(() => restored.model("min"))).toBe(
      "GlmPath.model: path must be one that still has its training data (or the strength one of path.strengths, for predictions and coefficients); got a path without them. Call it before the path is saved, without keepData: false; models can be saved themselves.",
    );
    expect(fit({ keepData: false }).fit.training).toBeNull();
  });

  it("refuses damaged JSON", () => {
    const saved = JSON.parse(JSON.stringify(fit())) as Record<string, unknown>;
    const damage = (part: Record<string, unknown>): string => messageOf(() => GlmPath.fromJSON({ ...saved, ...part }));
    expect(damage({ schema: "vitrine/glm" })).toMatch(/^GlmPath\.fromJSON: json\.schema must be what JSON\.stringify\(path\) wrote/);
    expect(damage({ strengths: [1] })).toMatch(/values for 1 strengths/);
    expect(damage({ coefficients: (saved.coefficients as number[][]).map((row) => row.slice(1)) })).toMatch(
      /6 values where the recipe needs 7/,
    );
    expect(messageOf(() => GlmPath.fromJSON(null))).toMatch(/json must be what/);
  });

  it("has one strength, 0, where nothing can be explained", () => {
    const path = fitGlmPath("y ~ age + power", { ...data, y: new Float64Array(numRows).fill(3) });
    expect(Array.from(path.strengths)).toEqual([0]);
    expect(Array.from(path.coefficients)).toEqual([3, 0, 0].map((value) => expect.closeTo(value, 12)));
    expect(Array.from(path.devianceRatio)).toEqual([0]);
    expect(path.warnings.map(({ name }) => name)).toContain("constantResponse");
  });
});

describe("fitGlmPath refuses", () => {
  it.each<[string, object, RegExp]>([
    ["unknown options", { lambda: 1 }, /options must be made of .*; got "lambda"/],
    ["a mix outside 0 to 1", { l1Ratio: 1.5 }, /l1Ratio must be a number from 0 to 1; got 1\.5\. Use 1 for the lasso/],
    ["strengths below 0", { strengths: [1, -1] }, /strengths must be finite numbers of at least 0; got -1/],
    ["no strengths", { strengths: [] }, /strengths must be an array of numbers; got an array of 0/],
    ["strengths twice", { strengths: [1], numStrengths: 3 }, /strengths must be left out where numStrengths/],
    ["no number of strengths", { numStrengths: 0 }, /numStrengths must be a whole number of at least 1; got 0/],
    ["a ratio of 1", { smallestRatio: 1 }, /smallestRatio must be a number between 0 and 1; got 1/],
    ["odd flags", { standardize: "no" }, /standardize must be true or false; got "no"/],
    ["an unknown term", { factors: { ages: 0 } }, /factors must be made of labels of terms; got "ages"\. Did you mean "age"\?/],
    ["negative factors", { factors: { age: -1 } }, /factors\["age"\] must be a number of at least 0; got -1/],
    ["an unknown coefficient", { bounds: { regionNorth: [0, 1] } }, /got "regionNorth"\. Did you mean "regionnorth"/],
    ["a bounded intercept", { bounds: { "(Intercept)": [0, 1] } }, /coefficients other than the intercept; got "\(Intercept\)"/],
    [
      "bounds without zero",
      { bounds: { age: [1, 2] } },
      /bounds\["age"\] must be \[low, high\] with low at most 0 and high at least 0; got \[1, 2\]/,
    ],
    ["bounds upside down", { bounds: { age: [1, -1] } }, /the first not above the second; got \[1, -1\]/],
    ["two folds", { folds: 2 }, /folds must be a whole number from 3 to the number of rows \(300\); got 2/],
    ["folds of other rows", { folds: [1, 2, 3] }, /folds must be a number of folds, or 300 numbers, one a row; got 3 values/],
    ["folds that are no numbers", { folds: new Float64Array(numRows).fill(Number.NaN) }, /folds must be whole numbers; got NaN/],
    ["an empty fold", { folds: 3, weights: Float64Array.from({ length: numRows }, (_, i) => Number(i < 1)) }, /folds with weight in each/],
    ["θ to be estimated", { family: negativeBinomial() }, /family must be a family with its theta given.*Estimate it with fitGlm first/],
  ])("%s", (_, wrong, expected) => {
    expect(messageOf(() => fitGlmPath(formula, data, { ...options, ...wrong }))).toMatch(expected);
  });

  it("to start where no finite intercept fits", () => {
    const never = { ...data, claims: new Float64Array(numRows) };
    expect(() => fitGlmPath(formula, never, options)).toThrow(/response is at the end of its range in every row/);
    const positive = { ...data, claims: data.claims.map((value) => value + 1) };
    expect(() => fitGlmPath("claims ~ 0 + age", positive, { family: "gamma", link: "inverse" })).toThrow(/or there is no intercept/);
  });

  it("a choice that was not made, and strengths that are none", () => {
    const path = fit();
    expect(messageOf(() => path.model("min"))).toMatch(/strength must be a number where there was no cross-validation; got "min"/);
    expect(messageOf(() => path.coefficientsAt(-1))).toMatch(
      /strength must be a finite number of at least 0, "min" or "oneStandardError"; got -1/,
    );
    expect(messageOf(() => path.predict(data, undefined as never))).toMatch(
      /GlmPath\.predict: options must be \{ strength, … \}; got nothing/,
    );
    expect(messageOf(() => path.predict(data, { strength: 1, at: 2 } as never))).toMatch(/got "at"/);
  });
});

describe("fitGlm with a penalty", () => {
  it.each<[string, unknown, RegExp]>([
    [
      "a strength below 0",
      { strength: -1 },
      /penalty\.strength must be a finite number of at least 0; got -1\. Choose one with fitGlmPath/,
    ],
    ["no penalty at all", 3, /penalty must be \{ strength, … \}; got 3/],
    ["an unknown part", { strength: 1, alpha: 1 }, /got "alpha"/],
    ["an odd mix", { strength: 1, l1Ratio: "x" }, /penalty\.l1Ratio must be a number from 0 to 1; got "x"/],
    ["an unknown term", { strength: 1, factors: { agee: 1 } }, /penalty\.factors must be made of labels of terms; got "agee"/],
  ])("refuses %s", (_, penalty, expected) => {
    expect(messageOf(() => fitGlm(formula, data, { family: "poisson", penalty: penalty as never }))).toMatch(expected);
  });

  it("counts as degrees of freedom the coefficients other than zero", () => {
    const path = fit();
    const model = fitGlm(formula, data, { family: "poisson", exposure: "years", penalty: { strength: path.strengths[4] } });
    expect(model.fit.restriction).toBe("penalty");
    expect(model.residualDegreesOfFreedom).toBe(numRows - 1 - path.degreesOfFreedom[4]);
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect([restored.aic, restored.bic]).toEqual([model.aic, model.bic]);
  });
});
