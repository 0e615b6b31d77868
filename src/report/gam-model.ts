import { formatCount } from "../charts/index.ts";
import type { GamModel } from "../models/index.ts";
import { diagnoseGam } from "./gam-diagnosis.ts";
import { showGam } from "./gam-tables.ts";
import { readAdditiveGam } from "./gam-terms.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { nameRegression, reportRegression } from "./regression-model.ts";
import type { ReportedModel } from "./reported-model.ts";

/** A generalized additive model as the report sees it. @throws InputError where it has no terms, or an offset that is not known for other rows */
export function reportGam(call: string, model: GamModel): ReportedModel {
  return reportRegression(call, model, () => ({
    name: nameModel(model),
    description: describeModel(model),
    additive: readAdditiveGam(model),
    showFit: () => showGam(model),
    diagnose: (data) => diagnoseGam(model, data),
  }));
}

function nameModel({ family }: GamModel): string {
  const name = nameRegression(family);
  return name === null ? "Generalized additive model" : `Additive ${name}`;
}

const CRITERIA: Readonly<Record<string, string>> = {
  REML: "restricted maximum likelihood",
  ML: "maximum likelihood",
  GCV: "generalized cross-validation",
  UBRE: "the unbiased risk estimate",
  fREML: "restricted maximum likelihood of the working model",
  EFS: "the steps of Fellner and Schall",
};

function describeModel(model: GamModel): Html {
  const { family, formula, fit, method } = model;
  return html`${nameModel(model)}: family ${family.label}, link ${family.link.name}, formula <code>${formula}</code>, fitted to
    ${formatCount(fit.numObservations, "row", "rows")}. How much each curve may bend was chosen by ${CRITERIA[method]} (${method})`;
}
