import type { GlmModel } from "../models/index.ts";
import type { Table } from "../table/index.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { findResiduals, findScatter } from "./regression-diagnosis.ts";
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
    curves: null,
    warnings: model.warnings,
  };
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
