import { InputError } from "../../../errors.ts";
import { chiSquared, factorCholesky, multiplyTransposed, normal, sandwich, solveCholesky } from "../../../numeric/index.ts";
import type { GlmFit, TrainingData } from "../glm-fit.ts";
import { trainingOf } from "./training.ts";

/** Whether responses vary more than the family says. */
export interface OverdispersionTest {
  /** Σ squared Pearson residuals / residual degrees of freedom: near 1 where the variance is as assumed. */
  readonly ratio: number;
  /** Σ squared Pearson residuals. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** One-sided, of no more variation than assumed, by the chi-squared distribution; rough where expected counts are small. */
  readonly pValue: number;
  /** Cameron and Trivedi's regression tests against variance = mean + α mean and mean + α mean²; null but for Poisson counts. */
  readonly regression: { readonly linear: RegressionTest; readonly quadratic: RegressionTest } | null;
}

/** One of Cameron and Trivedi's tests. */
export interface RegressionTest {
  /** α: above 0 the counts vary more than Poisson counts. */
  readonly estimate: number;
  readonly statistic: number;
  /** One-sided, of α ≤ 0. */
  readonly pValue: number;
}

/** Whether there are more zeros than the model expects. */
export interface ZeroInflationTest {
  readonly observed: number;
  /** Σ of the fitted probabilities of 0. */
  readonly expected: number;
  /** Score statistic, chi-squared with one degree of freedom; null but for Poisson counts. */
  readonly statistic: number | null;
  readonly pValue: number | null;
}

/**
 * Tests the variance against the family's. @throws InputError for families that estimate their dispersion
 * @see Cameron and Trivedi (1990), doi:10.1016/0304-4076(90)90014-K
 */
export function testOverdispersion(fit: GlmFit): OverdispersionTest {
  const call = "GlmModel.testOverdispersion";
  if (fit.family.dispersionParameters === 1 || fit.family.varianceName !== null) {
    throw unfit(call, "one of a family whose variance follows from its mean", fit, "Read model.dispersion: it is estimated.");
  }
  const { pearsonChiSquared: statistic, residualDegreesOfFreedom: degreesOfFreedom } = fit;
  return {
    ratio: degreesOfFreedom > 0 ? statistic / degreesOfFreedom : NaN,
    statistic,
    degreesOfFreedom,
    pValue: degreesOfFreedom > 0 ? chiSquared.upper(statistic, degreesOfFreedom) : NaN,
    regression: fit.family.name === "poisson" ? regressionTests(trainingOf(call, fit)) : null,
  };
}

/** Auxiliary regressions of ((y − mean)² − y) / mean on a constant and on the mean. */
function regressionTests({ problem, mean }: TrainingData): { linear: RegressionTest; quadratic: RegressionTest } {
  const { response, weights } = problem;
  const rows = [...weights.keys()].filter((row) => weights[row] > 0);
  const excess = Float64Array.from(rows, (row) => ((response[row] - mean[row]) ** 2 - response[row]) / mean[row]);
  return {
    linear: throughOrigin(new Float64Array(rows.length).fill(1), excess),
    quadratic: throughOrigin(
      Float64Array.from(rows, (row) => mean[row]),
      excess,
    ),
  };
}

/** Least squares of y on one column without intercept, and its one-sided t statistic. */
function throughOrigin(x: Float64Array, y: Float64Array): RegressionTest {
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xx += x[i] * x[i];
    xy += x[i] * y[i];
  }
  const estimate = xy / xx;
  for (let i = 0; i < x.length; i++) yy += (y[i] - estimate * x[i]) ** 2;
  const statistic = estimate / Math.sqrt(yy / (x.length - 1) / xx);
  return { estimate, statistic, pValue: normal.upper(statistic) };
}

/**
 * Compares zeros with what the fitted distributions expect. @throws InputError for families that do not count
 * @see van den Broek (1995), A score test for zero inflation in a Poisson distribution, doi:10.2307/2532959
 */
export function testZeroInflation(fit: GlmFit): ZeroInflationTest {
  const call = "GlmModel.testZeroInflation";
  if (!["poisson", "negativeBinomial", "tweedie"].includes(fit.family.name)) {
    throw unfit(call, "one of counts, or of amounts with an exact zero", fit, "Zeros mean nothing special to this family.");
  }
  const training = trainingOf(call, fit);
  const { response, weights } = training.problem;
  let [observed, expected] = [0, 0];
  for (let row = 0; row < response.length; row++) {
    if (!(weights[row] > 0)) continue;
    if (response[row] === 0) observed++;
    expected += fit.family.cumulative(0, training.mean[row], weights[row], fit.dispersion)?.atOrBelow ?? 0;
  }
  if (fit.family.name !== "poisson") return { observed, expected, statistic: null, pValue: null };
  const statistic = zeroScore(training);
  return { observed, expected, statistic, pValue: chiSquared.upper(statistic, 1) };
}

/** (Σ 1{y = 0} / p₀ − 1)² / (Σ (1 − p₀) / p₀ − μ'X (X' diag μ X)⁻¹ X'μ), with p₀ = exp(−μ). */
function zeroScore({ problem, mean }: TrainingData): number {
  const { matrix, response, weights } = problem;
  const used = mean.map((value, row) => (weights[row] > 0 ? value : 0));
  let [score, information] = [0, 0];
  for (let row = 0; row < used.length; row++) {
    if (!(weights[row] > 0)) continue;
    score += (response[row] === 0 ? Math.exp(used[row]) : 0) - 1;
    information += Math.expm1(used[row]);
  }
  const gradient = multiplyTransposed(matrix, used);
  const solved = solveCholesky(factorCholesky(sandwich(matrix, used), gradient.length), gradient);
  const explained = gradient.reduce((sum, value, j) => sum + value * solved[j], 0);
  return (score * score) / (information - explained);
}

function unfit(call: string, expected: string, { family }: GlmFit, mend: string): InputError {
  return new InputError({ call, argument: "model", expected, received: `the family "${family.name}"`, mend });
}
