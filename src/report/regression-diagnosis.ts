import type { RegressionModel } from "../models/index.ts";
import type { Table } from "../table/index.ts";
import type { Diagnosis, Residuals } from "./diagnosis.ts";

/** Outcomes that the model holds for less probable than the smallest double lie farther out than this: the chart shows them here. */
const FARTHEST = 38.5;

function keepFinite(residual: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, residual));
}

/** Quantile residuals; none of events. */
export function findResiduals(model: RegressionModel, data: Table): Residuals | null {
  const { family, recipe, training } = model.fit;
  // A quasi family has a variance, but no distribution; where a single event stands in its own is a random draw.
  if (model.logLikelihood === null || family.varianceName !== null || family.name === "binomial") return null;
  if (data.has(recipe.response.label) && !hasWeights(model)) {
    const fitted = new Float64Array(data.numRows);
    const values = new Float64Array(data.numRows);
    for (const { row, prediction, quantileResidual } of model.anomalies(data, { most: data.numRows })) {
      fitted[row] = prediction;
      values[row] = keepFinite(quantileResidual);
    }
    return { source: "report", fitted, values };
  }
  return training && { source: "training", fitted: training.mean, values: model.residuals("quantile").map(keepFinite) };
}

/** Whether rows weigh differently in the model, which is not known of other rows. */
function hasWeights({ fit: { training, recipe } }: RegressionModel): boolean {
  return recipe.response.kind !== "counts" && training !== null && training.problem.weights.some((weight) => weight !== 1);
}

/** Families that estimate how many times the variation of another one outcomes have. */
const SCALED: ReadonlySet<string> = new Set(["quasipoisson", "quasibinomial"]);

/** Pearson's statistic over its degrees of freedom; single events vary as they must. */
export function findScatter({ fit }: RegressionModel): Diagnosis["scatter"] {
  const { dispersionMethod, family, recipe, pearsonChiSquared, residualDegreesOfFreedom: degrees } = fit;
  const isEvents = family.name.endsWith("binomial") && recipe.response.kind !== "counts";
  const isAllowedFor = SCALED.has(family.name);
  if ((dispersionMethod !== "known" && !isAllowedFor) || isEvents || degrees < 1) return null;
  const ratio = pearsonChiSquared / degrees;
  // Mean and variance of a chi-squared number are its degrees of freedom and twice as much.
  return { ratio, isFound: ratio > 1 + 1.645 * Math.sqrt(2 / degrees), isAllowedFor };
}
