import { RegressionModel } from "../regression-model.ts";
import { confidenceIntervals } from "./confidence-intervals.ts";
import type { ConfidenceIntervals, IntervalOptions } from "./confidence-intervals.ts";
import { testHypothesis } from "./hypothesis-test.ts";
import type { HypothesisOptions, HypothesisTest } from "./hypothesis-test.ts";
import { marginalMeans } from "./marginal-means.ts";
import type { MarginalMeans, MarginalMeansOptions } from "./marginal-means.ts";
import type { Hypothesis } from "./read-hypothesis.ts";
import { relativities } from "./relativities.ts";
import type { Relativities, RelativityOptions } from "./relativities.ts";
import { robustCovariance } from "./robust-covariance.ts";
import type { RobustOptions } from "./robust-covariance.ts";
import { testTerms } from "./term-tests.ts";
import type { TermTestOptions, TermTests } from "./term-tests.ts";

/** What can be inferred of a fit: intervals, tests, covariances, means and relativities. A part of `GlmModel`. */
export abstract class GlmInference extends RegressionModel {
  /**
   * What the data leave open of each coefficient, on the link scale.
   *
   * @throws {@link InputError} for unknown names and options, and for profiles without training data
   * @example
   * model.confidenceIntervals({ method: "profile" }).rows; // [{ name: "(Intercept)", estimate: 0.3, low: 0.1, high: 0.6 }, …]
   */
  confidenceIntervals(options: IntervalOptions = {}): ConfidenceIntervals {
    return confidenceIntervals(this.fit, options);
  }

  /**
   * Whether each term is needed beside others: R's `anova` (type I), car's `Anova` (II, III), `drop1`.
   *
   * @throws {@link InputError} when refits are needed and the training data were not kept
   * @example
   * model.testTerms({ type: "II" }).rows; // [{ term: "region", degreesOfFreedom: 3, statistic: 14.2, pValue: 0.0027, deviance: 14.2 }, …]
   */
  testTerms(options: TermTestOptions = {}): TermTests {
    return testTerms(this.fit, options);
  }

  /**
   * Covariance of the coefficients that stays right when the family's variance is wrong, or rows of a cluster are correlated; p × p, row-major,
   * NaN where aliased.
   *
   * @throws {@link InputError} when the training data were not kept, or labels do not fit
   * @example
   * model.withCovariance(model.robustCovariance({ clusters: "household" })).coefficients;
   */
  robustCovariance(options: RobustOptions = {}): Float64Array {
    return robustCovariance(this.fit, options);
  }

  /**
   * Tests equations between coefficients, all of them together, by their covariance.
   *
   * @param hypothesis - for example `"regionnorth = regionsouth"`, `["a = 0", "2*b - c = 1"]`, or `{ matrix, rhs }`; names with odd signs may
   * stand in backticks
   * @throws {@link InputError} with a caret under what cannot be read, and for equations that follow from each other
   */
  testHypothesis(hypothesis: Hypothesis, options: HypothesisOptions = {}): HypothesisTest {
    return testHypothesis(this.fit, hypothesis, options);
  }

  /**
   * Predictions for the levels of one or more columns, averaged over the other factors: estimated marginal means.
   *
   * @throws {@link InputError} for unknown columns and levels, and where means of the training rows are needed that were not kept
   * @example
   * const means = model.marginalMeans("region", { at: { age: 40 } });
   * means.rows; // [{ at: { region: "north" }, estimate: 0.21, standardError: 0.02, low: 0.17, high: 0.26, … }, …]
   * means.contrasts({ adjust: "holm" }).rows; // ratios or differences of every two
   */
  marginalMeans(terms: string | readonly string[], options: MarginalMeansOptions = {}): MarginalMeans {
    return marginalMeans(this.fit, terms, options);
  }

  /**
   * By how much each level, or unit of a number, multiplies the mean (log link) or the odds (logit), with the reference levels at 1.
   *
   * @throws {@link InputError} for models with another link
   */
  relativities(options: RelativityOptions = {}): Relativities {
    return relativities(this.fit, options);
  }
}
