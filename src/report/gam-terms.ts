import type { GamModel } from "../models/index.ts";
import { NORMAL } from "./glm-terms.ts";
import type { AdditiveCoefficient, AdditiveModel } from "./terms/additive-model.ts";

/**
 * The terms of a generalized additive model, smooth or not, with 95 % Bayesian intervals and the tests of its terms, where its fit leaves
 * standard errors.
 */
export function readAdditiveGam(model: GamModel): AdditiveModel {
  const hasErrors = model.coefficients.some(({ standardError }) => standardError !== null);
  const tests = new Map(hasErrors ? model.testTerms().map(({ term, pValue }) => [term, pValue]) : []);
  return {
    terms: model.terms.filter(({ factors }) => factors.length > 0),
    coefficients: model.coefficients.map(({ name, estimate, standardError }): AdditiveCoefficient => {
      const half = standardError === null ? null : NORMAL * standardError;
      const middle = estimate ?? 0;
      return { name, estimate: middle, low: half === null ? null : middle - half, high: half === null ? null : middle + half };
    }),
    levelsOf: (column) => model.inputs.find(({ name }) => name === column)?.levels ?? [],
    pValueOf: ({ label }) => {
      const pValue = tests.get(label);
      return pValue === undefined || Number.isNaN(pValue) ? null : pValue;
    },
    errorsInHalfInterval: NORMAL,
    isCentred: model.fit.recipe.hasIntercept,
    predictTerms: (data) => model.predictTerms(data),
  };
}
