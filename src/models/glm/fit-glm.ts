import type { ModelFormula, TableLike } from "../../table/index.ts";
import { assembleFit } from "./assemble-fit.ts";
import { readFitChoices } from "./fit-choices.ts";
import { fitWithParameter } from "./fitting/fit-parameter.ts";
import { GlmModel } from "./glm-model.ts";
import type { GlmOptions } from "./glm-options.ts";
import { fitPenaltyOf } from "./path/fit-penalty.ts";
import { prepareFit } from "./prepare-fit.ts";

/**
 * Fits a generalized linear model by maximum likelihood, with full inference, as R's `glm` does and to more digits: the linear predictor is
 * `offset + X β`, the mean its inverse link, and the variance `dispersion × variance(mean) / weight`.
 *
 * Rows that miss a value are left out with the warning `missingRows`; columns that depend on earlier ones are left out with the warning
 * `aliased`; levels that no row has get no column, as in R; a fit that does not settle carries the warning `notConverged`.
 *
 * @param formula - R's: `"claims ~ region + poly(age, 2) + offset(log(exposure))"`, or `{ response, terms }` made with builders
 * @param data - the rows to fit to
 * @throws {@link InputError} for a formula that cannot be read, an unknown column or option, a response that the family does not allow, and
 * weights, offsets or exposures that are no numbers of the right kind
 * @throws {@link ConvergenceError} when no coefficients give means that the family allows
 * @example
 * const model = fitGlm("claims ~ region + age", policies, { family: poisson(), exposure: "years" });
 * console.log(String(model.summary()));
 * @see McCullagh and Nelder (1989), Generalized Linear Models, doi:10.1007/978-1-4899-3242-6
 */
export function fitGlm(formula: ModelFormula, data: TableLike, options: GlmOptions = {}): GlmModel {
  const call = "fitGlm";
  const prepared = prepareFit(call, formula, data, options);
  if (options.penalty !== undefined) return new GlmModel(fitPenaltyOf(call, prepared, options));
  const fitted = fitWithParameter(prepared.problem, readFitChoices(call, prepared, options), prepared.frequencies);
  return new GlmModel(assembleFit(prepared, fitted, options));
}
