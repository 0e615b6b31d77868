import type { GlmModel } from "../models/index.ts";
import type { Table } from "../table/index.ts";
import type { Diagnosis, Residuals } from "./diagnosis.ts";
import { groupTerms } from "./terms/group-terms.ts";

/** Families whose counts may have more zeros than expected. */
const WITH_ZEROS: ReadonlySet<string> = new Set(["poisson", "negativeBinomial"]);
/** An excess is found where chance gives as much in one case of twenty. */
const SIGNIFICANT = 0.05;

/** What a generalized linear model tells of its weaknesses, as far as its rows and those of the report allow. */
export function diagnoseGlm(model: GlmModel, data: Table): Diagnosis {
  return {
    residuals: findResiduals(model, data),
    scatter: findScatter(model),
    zeros: findZeros(model),
    widenings: findWidenings(model),
    warnings: model.warnings,
  };
}

/** Quantile residuals; none of events. */
function findResiduals(model: GlmModel, data: Table): Residuals | null {
  const { family, recipe, training } = model.fit;
  // A quasi family has a variance, but no distribution; where a single event stands in its own is a random draw.
  if (model.logLikelihood === null || family.varianceName !== null || family.name === "binomial") return null;
  if (data.has(recipe.response.label) && !hasWeights(model)) {
    const fitted = new Float64Array(data.numRows);
    const values = new Float64Array(data.numRows);
    for (const { row, prediction, quantileResidual } of model.anomalies(data, { most: data.numRows })) {
      fitted[row] = prediction;
      values[row] = quantileResidual;
    }
    return { source: "report", fitted, values };
  }
  return training && { source: "training", fitted: training.mean, values: model.residuals("quantile") };
}

/** Whether rows weigh differently in the model, which is not known of other rows. */
function hasWeights({ fit: { training, recipe } }: GlmModel): boolean {
  return recipe.response.kind !== "counts" && training !== null && training.problem.weights.some((weight) => weight !== 1);
}

/** Families that estimate how many times the variation of another one outcomes have. */
const SCALED: ReadonlySet<string> = new Set(["quasipoisson", "quasibinomial"]);

/** Pearson's statistic over its degrees of freedom; single events vary as they must. */
function findScatter({ fit }: GlmModel): Diagnosis["scatter"] {
  const { dispersionMethod, family, recipe, pearsonChiSquared, residualDegreesOfFreedom: degrees } = fit;
  const isEvents = family.name.endsWith("binomial") && recipe.response.kind !== "counts";
  const isAllowedFor = SCALED.has(family.name);
  if ((dispersionMethod !== "known" && !isAllowedFor) || isEvents || degrees < 1) return null;
  const ratio = pearsonChiSquared / degrees;
  // Mean and variance of a chi-squared number are its degrees of freedom and twice as much.
  return { ratio, isFound: ratio > 1 + 1.645 * Math.sqrt(2 / degrees), isAllowedFor };
}

function findZeros(model: GlmModel): Diagnosis["zeros"] {
  if (model.fit.training === null || !WITH_ZEROS.has(model.family.name)) return null;
  const { observed, expected, pValue } = model.testZeroInflation();
  return observed > expected && pValue !== null && pValue < SIGNIFICANT ? { observed, expected } : null;
}

/** Without terms that share a column, such as those of an interaction, which go together by their making. */
function findWidenings(model: GlmModel): Diagnosis["widenings"] {
  if (model.coefficients.every(({ standardError }) => standardError === null)) return [];
  const sharers = new Set(groupTerms(model.terms).flatMap(({ terms }) => (terms.length > 1 ? terms : [])));
  const shared = new Set(model.terms.flatMap(({ label }, position) => (sharers.has(position) ? [label] : [])));
  return model
    .varianceInflation()
    .filter(({ term }) => !shared.has(term))
    .map(({ term, scaled }) => ({ columns: model.terms.find(({ label }) => label === term)?.variables ?? [], times: scaled }))
    .sort((a, b) => b.times - a.times);
}
