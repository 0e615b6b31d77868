import type { Warning } from "../../errors.ts";
import type { DesignTerm, RecipeInput, TableLike } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import { coefficientTable } from "./coefficient-table.ts";
import type { Coefficient } from "./coefficient-table.ts";
import { covarianceOf, hasCovariance } from "./covariance.ts";
import { anomalies } from "./diagnostics/anomalies.ts";
import type { Anomaly, AnomalyOptions } from "./diagnostics/anomalies.ts";
import { cooksDistances, leverages } from "./diagnostics/leverage.ts";
import { residualsOf } from "./diagnostics/residuals.ts";
import type { ResidualType } from "./diagnostics/residuals.ts";
import type { GlmFit } from "./glm-fit.ts";
import { predictMeans, predictTerms, predictWithErrors } from "./predictions.ts";
import type { PredictOptions, PredictionsWithErrors, TermPredictions } from "./predictions.ts";

/** What models have in common whose link of the mean is an offset plus a sum of terms: `GlmModel` and `GamModel`. */
export abstract class RegressionModel<Fit extends GlmFit = GlmFit> {
  /** All that fitting found, as data. */
  readonly fit: Fit;
  /** For messages. */
  protected abstract readonly className: string;
  #coefficients: readonly Coefficient[] | undefined;

  constructor(fit: Fit) {
    this.fit = fit;
  }

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

  /** Parameters that the likelihood is charged for: (effective) coefficients, and a dispersion, θ or power where one was estimated. */
  abstract get numParameters(): number;

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
   * Predictions, one a row, on the scale of the response unless told otherwise. Offsets of the formula are added; those given to the fit as an
   * option are not known for new rows: pass them again.
   *
   * @throws {@link InputError} when a column is missing, or holds a level that the model does not know or a missing value
   */
  predict(data: TableLike, options: PredictOptions = {}): Float64Array {
    return predictMeans(this.fit, data, options, `${this.className}.predict`);
  }

  /** Predictions with their standard errors (of the mean, not of a new observation). @throws as {@link predict} */
  predictWithErrors(data: TableLike, options: PredictOptions = {}): PredictionsWithErrors {
    return predictWithErrors(this.fit, data, options, `${this.className}.predictWithErrors`);
  }

  /**
   * What each term adds to the linear predictor, centred at the mean of the training rows: `constant + sum of a row = linear predictor`
   * without the offset. @throws as {@link predict}
   */
  predictTerms(data: TableLike): TermPredictions {
    return predictTerms(this.fit, data, `${this.className}.predictTerms`);
  }

  /** Residuals of the training rows. @throws {@link InputError} when the data were not kept */
  residuals(type: ResidualType = "deviance"): Float64Array {
    return residualsOf(this.fit, type, `${this.className}.residuals`);
  }

  /** How far each training row determines its own prediction, 0 to 1; they sum to the (effective) number of coefficients. @throws as {@link residuals} */
  leverage(): Float64Array {
    return leverages(this.fit, `${this.className}.leverage`);
  }

  /** How far each training row moves all coefficients together: Cook's distance. @throws as {@link residuals} */
  cooksDistance(): Float64Array {
    return cooksDistances(this.fit, `${this.className}.cooksDistance`);
  }

  /** The rows that the model understands least: see {@link anomalies}. @throws as {@link anomalies} */
  anomalies(data?: TableLike, options: AnomalyOptions = {}): Anomaly[] {
    return anomalies(this, data, options);
  }

  #criterion(price: number): number | null {
    return this.logLikelihood === null ? null : -2 * this.logLikelihood + price * this.numParameters;
  }
}
