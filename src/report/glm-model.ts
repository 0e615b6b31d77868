import { formatCount } from "../charts/index.ts";
import type { GlmModel } from "../models/index.ts";
import { diagnoseGlm } from "./glm-diagnosis.ts";
import { showFit } from "./glm-tables.ts";
import { readAdditiveGlm } from "./glm-terms.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { nameRegression, reportRegression } from "./regression-model.ts";
import type { ReportedModel } from "./reported-model.ts";
import { capitalize } from "./words.ts";

/** A generalized linear model as the report sees it. @throws InputError where it has no terms, or an offset that is not known for other rows */
export function reportGlm(call: string, model: GlmModel): ReportedModel {
  return reportRegression(call, model, () => ({
    name: nameModel(model),
    description: describeModel(model),
    additive: readAdditiveGlm(model),
    showFit: () => showFit(model),
    diagnose: (data) => diagnoseGlm(model, data),
  }));
}

function nameModel({ family }: GlmModel): string {
  return capitalize(nameRegression(family) ?? "generalized linear model");
}

const FITTED: Readonly<Record<string, string>> = {
  penalty: "with a penalty on the size of its coefficients",
  constraints: "with constraints on its coefficients",
  firth: "with Firth’s bias reduction",
};

function describeModel(model: GlmModel): Html {
  const { family, formula, fit } = model;
  const how = fit.restriction === null ? "by maximum likelihood" : FITTED[fit.restriction];
  return html`${nameModel(model)}: family ${family.label}, link ${family.link.name}, formula <code>${formula}</code>, fitted ${how} to
    ${formatCount(fit.numObservations, "row", "rows")}`;
}
