import type { GamModel } from "../models/index.ts";
import type { Table } from "../table/index.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { findResiduals, findScatter } from "./regression-diagnosis.ts";

/** What a generalized additive model tells of its weaknesses, as far as its rows and those of the report allow. */
export function diagnoseGam(model: GamModel, data: Table): Diagnosis {
  return { residuals: findResiduals(model, data), scatter: findScatter(model), zeros: null, widenings: [], warnings: model.warnings };
}
