import type { GamModel } from "../models/index.ts";
import type { Table } from "../table/index.ts";
import type { CurveChecks, Diagnosis } from "./diagnosis.ts";
import { findResiduals, findScatter } from "./regression-diagnosis.ts";

/** What a generalized additive model tells of its weaknesses, as far as its rows and those of the report allow. */
export function diagnoseGam(model: GamModel, data: Table): Diagnosis {
  return {
    residuals: findResiduals(model, data),
    scatter: findScatter(model),
    zeros: null,
    widenings: [],
    curves: checkCurves(model, data),
    warnings: model.warnings,
  };
}

/** A smooth that uses this share of its degrees of freedom may want for more. */
const NEARLY_ALL = 0.8;

function checkCurves(model: GamModel, data: Table): CurveChecks {
  const columnsOf = (label: string): readonly string[] => model.terms.find((term) => term.label === label)?.variables ?? [];
  const isKept = model.fit.training !== null;
  const patterns = isKept ? model.checkBases().filter(({ advice }) => advice !== null) : [];
  const shared = isKept ? model.concurvity().filter(({ label, words }) => words !== null && columnsOf(label).length > 0) : [];
  const { numOutside, warnings } = model.checkRange(data);
  return {
    patterns: patterns
      .sort((a, b) => a.kIndex - b.kIndex)
      .map(({ label, effectiveDegreesOfFreedom, largestDegreesOfFreedom }) => ({
        columns: columnsOf(label),
        isFull: effectiveDegreesOfFreedom > NEARLY_ALL * largestDegreesOfFreedom,
      })),
    shared: shared.sort((a, b) => b.observed - a.observed).map(({ label, observed }) => ({ columns: columnsOf(label), share: observed })),
    outside: {
      count: numOutside,
      columns: warnings.flatMap(({ name, subjects }) => (name === "outsideTrainingRange" ? (subjects ?? []) : [])),
    },
  };
}
