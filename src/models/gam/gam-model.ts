import type { TableLike } from "../../table/index.ts";
import type { PredictionsWithErrors, PredictOptions, TermPredictions } from "../glm/predictions.ts";
import { RegressionModel } from "../glm/regression-model.ts";
import { predictMeans, predictTerms, predictWithErrors } from "../glm/predictions.ts";
import { checkBases } from "./checks/basis-check.ts";
import type { BasisCheck, BasisCheckOptions } from "./checks/basis-check.ts";
import { measureConcurvity } from "./checks/concurvity.ts";
import type { Concurvity } from "./checks/concurvity.ts";
import { checkRange } from "./checks/range-check.ts";
import type { RangeCheck } from "./checks/range-check.ts";
import { chooseTerms, withUnconditional } from "./chosen-terms.ts";
import type { TermChoice } from "./chosen-terms.ts";
import { correctFit } from "./corrected-fit.ts";
import type { EstimatedParameter } from "./fitting/smoothing-fit.ts";
import type { CorrectedFit, FittedSmooth, GamFit } from "./gam-fit.ts";
import { gamFromJson, gamToJson } from "./gam-json.ts";
import type { GamJson } from "./gam-json.ts";
import { GamSummary } from "./gam-summary.ts";
import { drawCoefficients, drawPredictions } from "./posterior.ts";
import type { CoefficientDraws, DrawOptions, PredictionDraws } from "./posterior.ts";
import { smoothDerivative, smoothDifference, smoothEffect } from "./smooth-effects.ts";
import type { DerivativeOptions, DifferenceOptions, SmoothEffect, SmoothEffectOptions } from "./smooth-effects.ts";
import { testGamTerms } from "./term-tests.ts";
import type { GamTermTest } from "./term-tests.ts";

/** How a {@link GamModel} predicts. */
export interface GamPredictOptions extends PredictOptions, TermChoice {
  /** Standard errors with the uncertainty of the smoothing parameters. @defaultValue false */
  readonly unconditional?: boolean;
}

/** How a {@link GamModel} tells its terms. */
export type GamTermOptions = Pick<GamPredictOptions, "unconditional">;

/**
 * A fitted generalized additive model: `link(mean) = offset + Σ of its terms`, of which some are smooth functions. Made by {@link fitGam}, saved
 * with `JSON.stringify(model)`, restored by {@link GamModel.fromJSON}.
 */
export class GamModel extends RegressionModel<GamFit> {
  readonly kind = "gam" as const;
  protected readonly className = "GamModel";
  #corrected: CorrectedFit | null | undefined;

  /** The smooth terms with their effective degrees of freedom and tests. */
  get smooths(): readonly FittedSmooth[] {
    return this.fit.smooths;
  }

  /** How the smoothing parameters were chosen. */
  get method(): GamFit["method"] {
    return this.fit.method;
  }

  /** What {@link method} made least: minus the log restricted likelihood, or a GCV or UBRE score. */
  get criterion(): number {
    return this.fit.criterion;
  }

  /** The dispersion that standard errors use, mgcv's scale. */
  get scale(): number {
    return this.fit.dispersion;
  }

  /** How many coefficients the model is worth after smoothing, parametric ones included. */
  get effectiveDegreesOfFreedom(): number {
    return this.fit.rank;
  }

  /** θ, power and the like, where the family's were estimated along with the smoothing. */
  get estimatedParameters(): readonly EstimatedParameter[] {
    return this.fit.estimatedParameters;
  }

  /** Share of the response's variance that is explained, charged for degrees of freedom: mgcv's R-sq.(adj). */
  get adjustedRSquared(): number {
    return this.fit.adjustedRSquared;
  }

  /** Covariance of the coefficients over samples from a fixed truth, mgcv's Ve; p × p, row-major. `covariance` is the Bayesian one, Vp. */
  get samplingCovariance(): Float64Array {
    return this.fit.samplingCovariance.slice();
  }

  /** `covariance` with the uncertainty of the smoothing parameters, mgcv's Vc; p × p, row-major. Null where the method leaves none. */
  get unconditionalCovariance(): Float64Array | null {
    return this.#correct()?.covariance.slice() ?? null;
  }

  /**
   * Effective degrees of freedom, and a dispersion where one was estimated. Under "REML" and "ML" they count the uncertainty of the smoothing
   * parameters; under "fREML" their upper bound is taken for that, as `bam` does.
   */
  override get numParameters(): number {
    const { family, dispersionMethod, estimatedParameters, degreesOfFreedom, referenceDegreesOfFreedom, method } = this.fit;
    const degrees = this.#correct()?.degreesOfFreedom ?? (method === "fREML" ? referenceDegreesOfFreedom : degreesOfFreedom);
    const others = (dispersionMethod === "given" ? 0 : family.dispersionParameters) + estimatedParameters.length;
    return degrees.reduce((sum, value) => sum + value, 0) + others;
  }

  /**
   * Predictions, one a row, on the scale of the response unless told otherwise. Offsets of the formula are added; those given to `fitGam` as a
   * list are not known for new rows: pass them again.
   *
   * @throws {@link InputError} when a column is missing, or holds a level that the model does not know or a missing value
   */
  override predict(data: TableLike, options: GamPredictOptions = {}): Float64Array {
    const call = "GamModel.predict";
    const { fit, rest } = chooseTerms(call, this.fit, options);
    return predictMeans(fit, data, rest, call);
  }

  /** Predictions with their standard errors (of the mean, not of a new observation). @throws as {@link predict} */
  override predictWithErrors(data: TableLike, options: GamPredictOptions = {}): PredictionsWithErrors {
    const call = "GamModel.predictWithErrors";
    const { unconditional, ...others } = options;
    const { fit, rest } = chooseTerms(call, this.#conditioned(call, unconditional), others);
    return predictWithErrors(fit, data, rest, call);
  }

  /**
   * What each term adds to the linear predictor: smooths as they are (they sum to 0 over the training rows), the others centred at the mean of the
   * training rows: `constant + sum of a row = linear predictor` without the offset. @throws as {@link predict}
   */
  override predictTerms(data: TableLike, options: GamTermOptions = {}): TermPredictions {
    const call = "GamModel.predictTerms";
    return predictTerms(this.#conditioned(call, options.unconditional), data, call);
  }

  /**
   * A smooth over an even grid of its covariates, on the scale of the linear predictor, with standard errors and a pointwise or simultaneous band.
   *
   * @param label - as `model.smooths` shows it, or the column of a smooth that reads one alone
   * @throws {@link InputError} for an unknown label or option
   * @example
   * const { x, estimate, low, high } = model.smoothEffect("s(age)", { simultaneous: true });
   */
  smoothEffect(label: string, options: SmoothEffectOptions = {}): SmoothEffect {
    return smoothEffect(this.#conditioned("GamModel.smoothEffect", options.unconditional), label, options);
  }

  /**
   * The first or second derivative of a smooth by one of its covariates over an even grid, per unit of the covariate, with a band: where the smooth
   * rises, falls or bends. @throws as {@link smoothEffect}
   *
   * @example
   * const { x, low } = model.smoothDerivative("s(age)", { simultaneous: true });
   * const rises = x.filter((_, k) => low[k] > 0);
   */
  smoothDerivative(label: string, options: DerivativeOptions = {}): SmoothEffect {
    return smoothDerivative(this.#conditioned("GamModel.smoothDerivative", options.unconditional), label, options);
  }

  /**
   * The difference of two smooths of the same covariates, such as those of two levels of a factor, with a band: the first less the second.
   * @throws as {@link smoothEffect}
   *
   * @example
   * model.smoothDifference("s(hour):daysunday", "s(hour):daymonday");
   */
  smoothDifference(label: string, other: string, options: DifferenceOptions = {}): SmoothEffect {
    return smoothDifference(this.#conditioned("GamModel.smoothDifference", options.unconditional), label, other, options);
  }

  /**
   * Tests of all terms: Wald tests of parametric ones with all their columns, and those of {@link smooths}; mgcv's `anova` of one model.
   *
   * @example
   * for (const { term, degreesOfFreedom, pValue } of model.testTerms()) console.log(term, degreesOfFreedom, pValue);
   */
  testTerms(): GamTermTest[] {
    return testGamTerms(this.fit);
  }

  /**
   * Coefficients drawn from their posterior distribution, a normal one around the estimates.
   *
   * @param count - how many draws
   * @throws {@link InputError} for odd options
   * @example
   * const { values, numCoefficients } = model.posteriorDraws(1000, { seed: 7 }); // draw k starts at k × numCoefficients
   */
  posteriorDraws(count: number, options: DrawOptions = {}): CoefficientDraws {
    return drawCoefficients("GamModel.posteriorDraws", this.#conditioned("GamModel.posteriorDraws", options.unconditional), count, options);
  }

  /**
   * Predictions for each row by coefficients drawn from their posterior distribution: for intervals of anything made of predictions, such as ratios
   * and sums. They vary as means do, not as new observations. @throws as {@link predict} and {@link posteriorDraws}
   *
   * @example
   * const { values, numRows } = model.posteriorPredictions(data, 1000); // draw k starts at k × numRows
   */
  posteriorPredictions(data: TableLike, count: number, options: DrawOptions & PredictOptions = {}): PredictionDraws {
    const call = "GamModel.posteriorPredictions";
    return drawPredictions(call, this.#conditioned(call, options.unconditional), data, count, options);
  }

  /**
   * Whether each smooth has functions enough to follow the data, with what to do where it has not: mgcv's `k.check`.
   *
   * @throws {@link InputError} when the data were not kept, or for odd options
   * @example
   * for (const { label, advice } of model.checkBases()) if (advice) console.log(label, advice);
   */
  checkBases(options: BasisCheckOptions = {}): BasisCheck[] {
    return checkBases(this.fit, options);
  }

  /**
   * How far each term could be made of the others, in figures from 0 to 1 and in words: mgcv's `concurvity`.
   *
   * @throws {@link InputError} when the data were not kept
   * @example
   * for (const { label, observed, words } of model.concurvity()) console.log(label, observed, words);
   */
  concurvity(): Concurvity[] {
    return measureConcurvity(this.fit);
  }

  /**
   * Which rows lie outside of what the model was fitted to; places far from all training rows are found where the training data were kept.
   *
   * @throws {@link InputError} when a column is missing
   * @example
   * const { isOutside, warnings } = model.checkRange(applicants);
   */
  checkRange(data: TableLike): RangeCheck {
    return checkRange(this.fit, data);
  }

  /** The summary that mgcv's users expect, as data; `String(model.summary())` prints it. */
  summary(): GamSummary {
    return new GamSummary(this);
  }

  /** The model without its training data. Restored, it predicts the same bits. */
  toJSON(): GamJson {
    return gamToJson(this.fit, this.#correct());
  }

  /** @throws {@link InputError} when the JSON is no saved model, or is damaged */
  static fromJSON(json: unknown): GamModel {
    return new GamModel(gamFromJson(json));
  }

  #conditioned(call: string, unconditional: boolean | undefined): GamFit {
    return unconditional === true ? withUnconditional(call, this.fit, this.#correct()) : withUnconditional(call, this.fit, unconditional);
  }

  /** Found when first asked for: it takes passes over the rows. */
  #correct(): CorrectedFit | null {
    if (this.#corrected === undefined) this.#corrected = this.fit.corrected ?? correctFit(this.fit);
    return this.#corrected;
  }
}
