import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fitGam, GamModel, type FamilyName } from "../../../src/models/index.ts";

// Written by make-own-inference.R beside this file, on the data of own-parameters.json.
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
const reference = read("own-inference.json") as { readonly rows: Record<string, number[]>; readonly fits: readonly ReferenceInference[] };
const { columns } = read("own-parameters.json") as { readonly columns: Record<string, number[]> };

interface ReferenceInference {
  readonly response: string;
  readonly family: FamilyName;
  readonly parameters: readonly number[];
  readonly nullDeviance: number;
  /** mgcv has none where the mean is not the linear predictor's. */
  readonly adjustedRSquared: number | null;
  readonly logLikelihood: number;
  readonly numParameters: number;
  readonly aic: number;
  readonly scale: number;
  readonly edf: readonly number[];
  readonly referenceDegreesOfFreedom: readonly number[];
  readonly statistic: readonly number[];
  readonly predictions: readonly number[];
  readonly predictionErrors: readonly number[];
  readonly standardErrors: readonly number[];
  readonly unconditionalErrors: readonly number[];
}

/** Both searches end where the criterion can fall by less than 1e-9: what depends on the place differs by its root. */
const PLACE = 3e-5;
/** mgcv looks for the best constant mean by a golden section, which it leaves early. */
const NULL = 2e-4;

function expectNear(actual: number, expected: number, tolerance = PLACE): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThan(tolerance * Math.max(Math.abs(expected), 0.1));
}

describe("mgcv's inference for families with own parameters", () => {
  test.each(reference.fits)("$family", (expected) => {
    const { response, family } = expected;
    const model = fitGam(`${response} ~ s(x1, bs = "cr", k = 8) + s(x2, bs = "cr", k = 8)`, columns, { family });
    expect(model.fit.estimatedParameters.map(({ value }) => value)).toHaveLength(expected.parameters.length);
    model.fit.estimatedParameters.forEach(({ value, standardError }, k) => {
      expectNear(value, expected.parameters[k]);
      expect(standardError).toBeGreaterThan(0);
    });
    expectNear(model.fit.nullDeviance, expected.nullDeviance, NULL);
    if (expected.adjustedRSquared !== null) expectNear(model.adjustedRSquared, expected.adjustedRSquared);
    expectNear(model.logLikelihood as number, expected.logLikelihood);
    expectNear(model.numParameters, expected.numParameters);
    expectNear(model.aic as number, expected.aic);
    expectNear(model.scale, expected.scale);
    model.smooths.forEach((smooth, k) => {
      expectNear(smooth.effectiveDegreesOfFreedom, expected.edf[k]);
      expectNear(smooth.referenceDegreesOfFreedom, expected.referenceDegreesOfFreedom[k]);
      expectNear(smooth.statistic, expected.statistic[k]);
    });
    const { values, standardErrors } = model.predictWithErrors(reference.rows);
    values.forEach((value, row) => expectNear(value, expected.predictions[row]));
    standardErrors.forEach((value, row) => expectNear(value, expected.predictionErrors[row]));
    const p = expected.standardErrors.length;
    const whole = model.unconditionalCovariance as Float64Array;
    for (let j = 0; j < p; j++) {
      expectNear(Math.sqrt(model.covariance[j * (p + 1)]), expected.standardErrors[j]);
      expectNear(Math.sqrt(whole[j * (p + 1)]), expected.unconditionalErrors[j]);
    }
  });

  test.each(reference.fits)("$family: a saved model is the same", ({ response, family }) => {
    const model = fitGam(`${response} ~ s(x1, bs = "cr", k = 8)`, columns, { family });
    const restored = GamModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(restored.fit.estimatedParameters).toEqual(model.fit.estimatedParameters);
    expect(restored.family.label).toBe(model.family.label);
    expect(restored.predict(reference.rows)).toEqual(model.predict(reference.rows));
    expect(restored.numParameters).toBe(model.numParameters);
    const lines = String(model.summary()).split("\n");
    for (const { name } of model.fit.estimatedParameters) expect(lines.some((line) => line.startsWith(`${name} = `))).toBe(true);
  });
});
