import type { Warning } from "../../errors.ts";
import type { DesignTerm, RecipeInput, TableLike } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import { coefficientTable } from "./coefficient-table.ts";
import type { Coefficient } from "./coefficient-table.ts";
import { covarianceOf, hasCovariance, withCovariance } from "./covariance.ts";
import { anomalies } from "./diagnostics/anomalies.ts";
import type { Anomaly, AnomalyOptions } from "./diagnostics/anomalies.ts";
import { testOverdispersion, testZeroInflation } from "./diagnostics/count-checks.ts";
import type { OverdispersionTest, ZeroInflationTest } from "./diagnostics/count-checks.ts";
import { dfbetasOf, dffitsOf } from "./diagnostics/influence.ts";
import { cooksDistances, leverages } from "./diagnostics/leverage.ts";
import { residualsOf } from "./diagnostics/residuals.ts";
import type { ResidualType } from "./diagnostics/residuals.ts";
import { varianceInflation } from "./diagnostics/variance-inflation.ts";
import type { VarianceInflation } from "./diagnostics/variance-inflation.ts";
import { glmFromJson, glmToJson } from "./glm-json.ts";
import type { GlmJson } from "./glm-json.ts";
import { GlmInference } from "./inference/glm-inference.ts";
import { predictMeans, predictTerms, predictWithErrors } from "./predictions.ts";
import type { PredictOptions, PredictionsWithErrors, TermPredictions } from "./predictions.ts";
import { GlmSummary } from "./summary.ts";

/**
 * A fitted generalized linear model: `link(mean) = offset + Σ of its terms`. Made by {@link fitGlm}, saved with `JSON.stringify(model)`,
 * restored by {@link GlmModel.fromJSON}.
 */
export class GlmModel extends GlmInference {
  readonly kind = "glm" as const;
  #coefficients: readonly Coefficient[] | undefined;

  /** R's spelling of the formula. */
  get formula(): string {
    return this.fit.formula;
  }

  get family(): Family {
    return this.fit.family;
  }

  /** The terms, the intercept first. */
  get terms(): readonly DesignTerm[] {
    return this.fit.recipe.terms;
  }

  /** The columns of data that the model reads. */
  get inputs(): readonly RecipeInput[] {
    return this.fit.recipe.inputs;
  }

  /** One a column of the design, in R's order; aliased ones have null estimates. */
  get coefficients(): readonly Coefficient[] {
    this.#coefficients ??= coefficientTable(this.fit);
    return this.#coefficients;
  }

  /** Covariance of the coefficients, p × p, row-major, in the order of `coefficients`; NaN where one is aliased. */
  get covariance(): Float64Array {
    const covariance = covarianceOf(this.fit);
    return hasCovariance(this.fit) ? covariance : covariance.fill(NaN);
  }

  get deviance(): number {
    return this.fit.deviance;
  }

  /** The deviance of the model with an intercept (and the offset) alone. */
  get nullDeviance(): number {
    return this.fit.nullDeviance;
  }

  /** Share of the null deviance that the model explains, 0 to 1: R² for a gaussian model with the identity link. */
  get devianceExplained(): number {
    return 1 - this.fit.deviance / this.fit.nullDeviance;
  }

  get dispersion(): number {
    return this.fit.dispersion;
  }

  /** By R's conventions; null for quasi families, which have none. */
  get logLikelihood(): number | null {
    return this.fit.logLikelihood;
  }

  /** Parameters that the likelihood was maximised over: coefficients, and a dispersion, θ or power where one was estimated. */
  get numParameters(): number {
    const { rank, family, parameterStandardError } = this.fit;
    return rank + family.dispersionParameters + (parameterStandardError === null ? 0 : 1);
  }

  /** −2 log-likelihood + 2 parameters; null without a likelihood. */
  get aic(): number | null {
    return this.#criterion(2);
  }

  /** AIC with Hurvich and Tsai's correction for few observations; null without a likelihood. */
  get aicc(): number | null {
    const { aic, numParameters: k } = this;
    const rest = this.numObservations - k - 1;
    return aic === null ? null : rest > 0 ? aic + (2 * k * (k + 1)) / rest : Infinity;
  }

  /** −2 log-likelihood + log(observations) parameters; null without a likelihood. */
  get bic(): number | null {
    return this.#criterion(Math.log(this.numObservations));
  }

  get numObservations(): number {
    return this.fit.numObservations;
  }

  get residualDegreesOfFreedom(): number {
    return this.fit.residualDegreesOfFreedom;
  }

  get nullDegreesOfFreedom(): number {
    return this.fit.nullDegreesOfFreedom;
  }

  get iterations(): number {
    return this.fit.iterations;
  }

  get converged(): boolean {
    return this.fit.converged;
  }

  get warnings(): readonly Warning[] {
    return this.fit.warnings;
  }

  /**
   * Predictions, one a row, on the scale of the response unless told otherwise. Offsets of the formula are added; those given to `fitGlm` as an
   * option are not known for new rows: pass them again.
   *
   * @throws {@link InputError} when a column is missing, or holds a level that the model does not know or a missing value
   */
  predict(data: TableLike, options: PredictOptions = {}): Float64Array {
    return predictMeans(this.fit, data, options);
  }

  /** Predictions with their standard errors (of the mean, not of a new observation). @throws as {@link GlmModel.predict} */
  predictWithErrors(data: TableLike, options: PredictOptions = {}): PredictionsWithErrors {
    return predictWithErrors(this.fit, data, options);
  }

  /**
   * What each term adds to the linear predictor, centred at the mean of the training rows: `constant + sum of a row = linear predictor`
   * without the offset. @throws as {@link GlmModel.predict}
   */
  predictTerms(data: TableLike): TermPredictions {
    return predictTerms(this.fit, data);
  }

  /** Residuals of the training rows. @throws {@link InputError} when the data were not kept */
  residuals(type: ResidualType = "deviance"): Float64Array {
    return residualsOf(this.fit, type);
  }

  /** How far each training row determines its own prediction, 0 to 1; they sum to the number of coefficients. @throws as {@link residuals} */
  leverage(): Float64Array {
    return leverages(this.fit);
  }

  /** How far each training row moves all coefficients together: Cook's distance. @throws as {@link residuals} */
  cooksDistance(): Float64Array {
    return cooksDistances(this.fit);
  }

  /** How far each training row moves each coefficient, in standard errors; rows × coefficients, row-major. @throws as {@link residuals} */
  dfbetas(): Float64Array {
    return dfbetasOf(this.fit);
  }

  /** How far each training row moves its own prediction, in standard errors. @throws as {@link residuals} */
  dffits(): Float64Array {
    return dffitsOf(this.fit);
  }

  /** How much of each term's precision is lost because other terms go with it. */
  varianceInflation(): VarianceInflation[] {
    return varianceInflation(this.fit);
  }

  /** Whether the response varies more than the family says. @throws {@link InputError} for families that estimate their dispersion */
  testOverdispersion(): OverdispersionTest {
    return testOverdispersion(this.fit);
  }

  /** Whether there are more zeros than the model expects. @throws {@link InputError} for families that do not count, and as {@link residuals} */
  testZeroInflation(): ZeroInflationTest {
    return testZeroInflation(this.fit);
  }

  /**
   * The same model with another covariance of its coefficients, which all standard errors, intervals and Wald tests then use.
   *
   * @param covariance - p × p, row-major, in the order of `coefficients`
   * @throws {@link InputError} unless it is symmetric and of that size
   */
  withCovariance(covariance: Float64Array): GlmModel {
    return new GlmModel(withCovariance("GlmModel.withCovariance", this.fit, covariance));
  }

  /** The rows that the model understands least: see {@link anomalies}. @throws as {@link anomalies} */
  anomalies(data?: TableLike, options: AnomalyOptions = {}): Anomaly[] {
    return anomalies(this, data, options);
  }

  /** The summary that R users expect, as data; `String(model.summary())` prints it. */
  summary(): GlmSummary {
    return new GlmSummary(this);
  }

  /** The model without its training data. Restored, it predicts the same bits. */
  toJSON(): GlmJson {
    return glmToJson(this.fit);
  }

  /** @throws {@link InputError} when the JSON is no saved model, or is damaged */
  static fromJSON(json: unknown): GlmModel {
    return new GlmModel(glmFromJson(json));
  }

  #criterion(price: number): number | null {
    return this.logLikelihood === null ? null : -2 * this.logLikelihood + price * this.numParameters;
  }
}
