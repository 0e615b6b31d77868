import { formatCount, formatNumber, formatPercent } from "../charts/index.ts";
import type { GlmModel } from "../models/index.ts";
import { dataTable } from "./data-table.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { writeDigits, writePValue } from "./table-numbers.ts";

/** The tables that an analyst expects of a fitted model: coefficients, tests of terms, measures of fit. */
export function showFit(model: GlmModel): Html {
  const hasErrors = model.coefficients.some(({ standardError }) => standardError !== null);
  return html`<h3>Coefficients, on the scale on which the model adds up</h3>
    ${coefficientTable(model, hasErrors)}${hasErrors ? testTable(model) : null}
    <h3>Measures of fit</h3>
    ${fitTable(model)}`;
}

function coefficientTable(model: GlmModel, hasErrors: boolean): Html {
  const { statistic } = model.summary();
  const intervals = new Map(hasErrors ? model.confidenceIntervals().rows.map((row) => [row.name, row]) : []);
  return dataTable(
    "Coefficients, on the scale on which the model adds up",
    ["Coefficient", "Estimate", "Standard error", `${statistic} value`, "p", "95 % interval"].map((name, k) => ({ name, isNumber: k > 0 })),
    model.coefficients.map(({ name, estimate, standardError, statistic: value, pValue, aliased }) => {
      const interval = intervals.get(name);
      return [
        name,
        aliased ? "left out" : writeDigits(estimate),
        writeDigits(standardError),
        value === null ? "–" : formatNumber(value, 2),
        writePValue(pValue),
        interval ? `${writeDigits(interval.low)} to ${writeDigits(interval.high)}` : "–",
      ];
    }),
  );
}

function testTable(model: GlmModel): Html {
  const { rows, type } = model.testTerms({ test: "Wald" });
  const caption = `Tests of terms (Wald, type ${type})`;
  const table = dataTable(
    caption,
    ["Term", "Degrees of freedom", "χ²", "p"].map((name, k) => ({ name, isNumber: k > 0 })),
    rows.map(({ term, degreesOfFreedom, statistic, pValue }) => [
      term,
      degreesOfFreedom,
      Number.isNaN(statistic) ? "–" : formatNumber(statistic),
      Number.isNaN(pValue) ? "–" : writePValue(pValue),
    ]),
  );
  return html`<h3>${caption}</h3>
    ${table}`;
}

function fitTable(model: GlmModel): Html {
  const summary = model.summary();
  const { parameter } = summary;
  const rows: (readonly [string, string])[] = [
    ["Rows that it was fitted to", formatCount(model.numObservations)],
    ["Deviance without any term", withDegrees(model.nullDeviance, model.nullDegreesOfFreedom)],
    ["Deviance", withDegrees(model.deviance, model.residualDegreesOfFreedom)],
    ["Deviance explained", formatPercent(model.devianceExplained)],
    ["Dispersion", `${writeDigits(model.dispersion)} (${summary.dispersionMethod})`],
    ...(parameter ? [["Parameter of the family", writeDigits(parameter.value)] as const] : []),
    ["Log-likelihood", writeDigits(model.logLikelihood)],
    ["AIC", writeDigits(model.aic)],
    ["BIC", writeDigits(model.bic)],
    ["Iterations", `${formatCount(model.iterations)}${model.converged ? "" : " (not converged)"}`],
  ];
  return dataTable("Measures of fit", [{ name: "Measure" }, { name: "On the rows that it was fitted to" }], rows);
}

function withDegrees(value: number, degrees: number): string {
  return `${writeDigits(value)} on ${formatCount(degrees)} degrees of freedom`;
}
