import { describe, expect, it } from "vitest";
import {
  additiveShap,
  anomalies,
  fitGam,
  fitGlm,
  GamModel,
  poisson,
  RegressionModel,
  termEffect,
  type GamOptions,
} from "../../../../src/index.ts";
import { curvedRows } from "../../../support/gam-data.ts";
import { messageOf } from "../../../support/message-of.ts";

const data = curvedRows();
const model = fitGam('y ~ g + s(x, bs = "cr", k = 8) + s(z, bs = "cr", k = 5)', data);
const counts = fitGam('count ~ g + s(x, bs = "cr", k = 8)', data, { family: poisson() });

describe("GamModel", () => {
  it("is a regression model with smooths", () => {
    expect(model).toBeInstanceOf(RegressionModel);
    expect(model.smooths.map(({ label, smoothingParameters }) => [label, smoothingParameters.length])).toEqual([
      ["s(x)", 1],
      ["s(z)", 1],
    ]);
    expect(model.effectiveDegreesOfFreedom + model.residualDegreesOfFreedom).toBeCloseTo(300, 9);
    expect(model.leverage().reduce((sum, one) => sum + one, 0)).toBeCloseTo(model.effectiveDegreesOfFreedom, 8);
    const smooth = model.smooths.reduce((sum, { effectiveDegreesOfFreedom }) => sum + effectiveDegreesOfFreedom, 0);
    expect(smooth + 2).toBeCloseTo(model.effectiveDegreesOfFreedom, 8);
    expect([model.kind, model.method, model.scale]).toEqual(["gam", "REML", model.dispersion]);
    expect(model.residuals("response").reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 8);
  });

  it("without smooths is the generalized linear model", () => {
    const [gam, glm] = [fitGam("count ~ g + z", data, { family: poisson() }), fitGlm("count ~ g + z", data, { family: poisson() })];
    gam.coefficients.forEach(({ estimate, standardError }, j) => {
      expect(estimate).toBeCloseTo(glm.coefficients[j].estimate ?? NaN, 8);
      expect(standardError).toBeCloseTo(glm.coefficients[j].standardError ?? NaN, 8);
    });
    expect(gam.aic).toBeCloseTo(glm.aic ?? NaN, 6);
    expect(gam.effectiveDegreesOfFreedom).toBeCloseTo(3, 9);
  });

  it("predicts the population of levels that it has not seen, where it is asked to", () => {
    const mixed = fitGam('y ~ s(g, bs = "re") + s(x, bs = "cr", k = 8)', data);
    const rows = { x: [0.2, 0.7], g: ["elsewhere", "nowhere"] };
    expect(messageOf(() => mixed.predict(rows))).toContain("elsewhere");
    const known = { ...rows, g: ["a", "b"] };
    expect(mixed.predict(rows, { unseenLevels: "population" })).toEqual(mixed.predict(known, { exclude: ["s(g)"] }));
    // A factor among the parametric terms has no population.
    expect(messageOf(() => model.predict({ ...rows, z: [0, 0] }, { unseenLevels: "population" }))).toContain("elsewhere");
  });

  it("predicts some terms alone", () => {
    const all = model.predict(data, { scale: "link" });
    const without = model.predict(data, { scale: "link", exclude: ["s(z)"] });
    const only = model.predictWithErrors(data, { scale: "link", terms: ["s(z)"] });
    const { names, values, standardErrors } = model.predictTerms(data);
    const t = names.indexOf("s(z)");
    for (const i of [0, 17, 250]) {
      expect(all[i] - without[i]).toBeCloseTo(values[i * names.length + t], 10);
      expect(only.values[i]).toBeCloseTo(values[i * names.length + t], 10);
      expect(only.standardErrors[i]).toBeCloseTo(standardErrors[i * names.length + t], 10);
    }
    expect(messageOf(() => model.predict(data, { exclude: ["s(zz)"] }))).toContain("exclude must be a list of terms of the model");
    expect(messageOf(() => model.predict(data, { terms: "s(z)" as never }))).toContain('got "s(z)"');
    expect(messageOf(() => model.predictWithErrors(data, { unconditional: 1 as never }))).toContain(
      "unconditional must be true or false; got 1",
    );
  });

  it("tells which smooths have functions that others have already", () => {
    const [warning] = fitGam("y ~ s(x) + te(x, z, k = 3)", data).warnings;
    expect(warning).toMatchObject({ name: "nestedSmooths", subjects: ["te(x,z)", "s(x)"] });
    expect(warning.message).toContain("ti(x, z)");
  });

  it("says which term is needed", () => {
    const tests = counts.testTerms();
    expect(tests.map(({ term, kind, degreesOfFreedom }) => [term, kind, Math.round(degreesOfFreedom)])).toEqual([
      ["g", "parametric", 1],
      ["s(x)", "smooth", Math.round(counts.smooths[0].referenceDegreesOfFreedom)],
    ]);
    const z = counts.coefficients[1].statistic ?? NaN;
    expect(tests[0].statistic).toBeCloseTo(z * z, 8);
  });

  it("writes the summary that mgcv's users expect", () => {
    const lines = String(model.summary()).split("\n");
    expect(lines.slice(0, 7)).toEqual([
      "Family: gaussian",
      "Link function: identity",
      "",
      "Formula:",
      'y ~ g + s(x, bs = "cr", k = 8) + s(z, bs = "cr", k = 5)',
      "",
      "Parametric coefficients:",
    ]);
    expect(lines).toContain("Approximate significance of smooth terms:");
    expect(lines.find((line) => line.startsWith("s(x)"))).toMatch(/^s\(x\) \d\.\d{3} +\d\.\d{3} +\d+\.\d{3} +0\.\d+ \*\*\*$/);
    expect(lines.at(-2)).toMatch(/^R-sq\.\(adj\) = +0\.\d+ {3}Deviance explained = \d\d(\.\d)?%$/);
    expect(lines.at(-1)).toMatch(/^-REML = \d+\.?\d* {2}Scale est\. = 0\.\d+ {2}n = 300$/);
    expect(String(counts.summary())).toContain("Scale est. = 1 (known)");
  });

  it("is drawn, explained and searched for odd rows as a generalized linear model is", () => {
    const effect = termEffect(counts, "x");
    expect(effect.scale).toBe("factor");
    expect(effect.points.length).toBeGreaterThan(30);
    const explanation = additiveShap(counts).explain(data);
    expect(explanation.featureNames).toEqual(["g", "x"]);
    explanation.predictions.forEach((value, i) => expect(value).toBeCloseTo(counts.predict(data, { scale: "link" })[i], 9));
    expect(anomalies(counts, undefined, { most: 3 })).toHaveLength(3);
    expect(counts.anomalies(undefined, { most: 2 })).toHaveLength(2);
  });

  it("without its data still tells its smooths, not its residuals", () => {
    const bare = fitGam('count ~ s(x, bs = "cr", k = 8)', data, { family: poisson(), keepData: false });
    expect(messageOf(() => bare.residuals())).toContain("GamModel.residuals: model must be one that has its training data");
    expect(bare.smoothEffect("s(x)", { points: 3 }).estimate).toHaveLength(3);
    const kept = fitGam('count ~ s(x, bs = "cr", k = 8)', data, { family: poisson() });
    expect(bare.unconditionalCovariance).toEqual(kept.unconditionalCovariance);
    expect(bare.aic).toBe(kept.aic);
  });
});

describe("posterior draws", () => {
  it("have the mean and covariance of the estimates", () => {
    const { values, numDraws, numCoefficients, names } = model.posteriorDraws(4000, { seed: 8 });
    expect(names).toEqual(model.coefficients.map(({ name }) => name));
    for (const j of [0, 1, 4]) {
      const column = values.filter((_, cell) => cell % numCoefficients === j);
      const mean = column.reduce((sum, value) => sum + value, 0) / numDraws;
      const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numDraws - 1);
      const error = model.coefficients[j].standardError ?? NaN;
      // Four standard errors of a mean and of a variance of so many draws.
      expect(Math.abs(mean - model.fit.estimates[j])).toBeLessThan((4 * error) / Math.sqrt(numDraws));
      expect(Math.abs(variance / error ** 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / numDraws));
    }
    expect(model.posteriorDraws(3, { seed: 8 }).values).toEqual(values.subarray(0, 3 * numCoefficients));
  });

  it("predict", () => {
    const { values, numDraws, numRows } = counts.posteriorPredictions({ x: [0.1, 0.9], g: ["a", "b"] }, 500, { seed: 2 });
    expect([numDraws, numRows, values.length]).toEqual([500, 2, 1000]);
    const { values: means } = counts.predictWithErrors({ x: [0.1, 0.9], g: ["a", "b"] });
    const first = values.filter((_, cell) => cell % 2 === 0);
    expect(first.reduce((sum, value) => sum + value, 0) / 500 / means[0]).toBeCloseTo(1, 1);
    expect(messageOf(() => counts.posteriorDraws(0))).toContain("count must be a whole number of at least 1; got 0");
    expect(messageOf(() => counts.posteriorDraws(2, { seed: 1.5 }))).toContain("seed must be a whole number");
    expect(messageOf(() => counts.posteriorDraws(2, { sead: 1 } as object))).toContain("sead");
  });
});

describe("fitGam refuses", () => {
  const refusal = (options: object, formula = 'y ~ s(x, bs = "cr")'): string =>
    messageOf(() => fitGam(formula, data, options as GamOptions));
  it.each<[object, string]>([
    [{ method: "REM" }, 'method must be "REML" or "ML"'],
    [{ gamma: 0 }, "gamma must be a number above 0; got 0"],
    [{ dispersion: "deviation" }, 'dispersion must be "fletcher", "pearson", "deviance", "likelihood" or a number above 0'],
    [{ dispersion: "likelihood", method: "GCV" }, 'dispersion must be another than "likelihood"'],
    [{ method: "UBRE" }, 'method must be another than "UBRE" where the dispersion is not known; got "UBRE" and the family gaussian'],
    [{ missing: "keep" }, 'missing must be "drop" or "fail"'],
    [{ maxIterations: 0 }, "maxIterations must be a whole number of at least 1"],
    [{ tolerance: 2 }, "tolerance must be a number between 0 and 1"],
    [{ select: 1 }, "select must be true or false"],
    [{ keepData: "no" }, "keepData must be true or false"],
    [{ smoothing: [1] }, "smoothing must be an object"],
    [{ smoothing: { "s(z)": 1 } }, 'smoothing must be smoothing parameters of "s(x)"; got "s(z)"'],
    [{ smoothing: { "s(x)": [1, 2] } }, 'smoothing["s(x)"] must be a number of at least 0'],
    [{ smoothing: { "s(x)": -1 } }, 'smoothing["s(x)"] must be a number of at least 0'],
    [{ penalty: { strength: 1 } }, "penalty"],
    [{ sp: 1 }, "sp"],
  ])("%o", (options, words) => {
    expect(refusal(options)).toContain(words);
  });

  it("options that are none, and JSON of something else", () => {
    expect(messageOf(() => fitGam("y ~ s(x)", data, null as never))).toContain("options must be an object; got null");
    expect(messageOf(() => GamModel.fromJSON({}))).toContain("GamModel.fromJSON: json.schema");
    expect(messageOf(() => GamModel.fromJSON(JSON.parse(JSON.stringify(fitGlm("y ~ x", data)))))).toContain('got "vitrine/glm"');
    const saved = JSON.parse(JSON.stringify(counts)) as Record<string, unknown>;
    expect(messageOf(() => GamModel.fromJSON({ ...saved, degreesOfFreedom: [1] }))).toContain("json.degreesOfFreedom");
    expect(messageOf(() => GamModel.fromJSON({ ...saved, smooths: 3 }))).toContain("json.smooths");
    expect(messageOf(() => GamModel.fromJSON({ ...saved, corrected: { covariance: [], degreesOfFreedom: [] } }))).toContain(
      "json.corrected",
    );
  });
});
