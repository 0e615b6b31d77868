import type { GlmModel } from "../models/index.ts";
import type { AdditiveCoefficient, AdditiveModel } from "./terms/additive-model.ts";

/** Half of a 95 % interval of the normal distribution, in standard errors. */
export const NORMAL = 1.959964;

/** The terms of a generalized linear model with 95 % intervals and Wald tests, where its fit leaves standard errors. */
export function readAdditiveGlm(model: GlmModel): AdditiveModel {
  const hasErrors = model.coefficients.some(({ standardError }) => standardError !== null);
  const intervals = new Map(hasErrors ? model.confidenceIntervals().rows.map((row) => [row.name, row]) : []);
  const tests = new Map(hasErrors ? model.testTerms({ test: "Wald" }).rows.map(({ term, pValue }) => [term, pValue]) : []);
  const known = model.coefficients.find(({ standardError }) => standardError !== null && standardError > 0);
  const first = known && intervals.get(known.name);
  return {
    terms: model.terms.filter(({ factors }) => factors.length > 0),
    coefficients: model.coefficients.map(({ name, estimate }): AdditiveCoefficient => {
      const interval = intervals.get(name);
      return { name, estimate: estimate ?? 0, low: interval?.low ?? null, high: interval?.high ?? null };
    }),
    levelsOf: (column) => model.inputs.find(({ name }) => name === column)?.levels ?? [],
    pValueOf: ({ label }) => {
      const pValue = tests.get(label);
      return pValue === undefined || Number.isNaN(pValue) ? null : pValue;
    },
    errorsInHalfInterval: first && known.standardError ? (first.high - first.low) / 2 / known.standardError : NORMAL,
    isCentred: model.fit.recipe.hasIntercept,
    predictTerms: (data) => model.predictTerms(data),
  };
}
