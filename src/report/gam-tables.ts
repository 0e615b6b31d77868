import { formatCount, formatNumber, formatPercent } from "../charts/index.ts";
import type { FittedSmooth, GamModel } from "../models/index.ts";
import { dataTable } from "./data-table.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { writeDigits, writePValue } from "./table-numbers.ts";

/** The tables that an analyst expects of a fitted additive model: smooths, coefficients of the other terms, measures of fit. */
export function showGam(model: GamModel): Html {
  return html`${model.smooths.length > 0 ? smoothTable(model) : null}
    <h3>Coefficients of the other terms, on the scale on which the model adds up</h3>
    ${coefficientTable(model)}
    <h3>Measures of fit</h3>
    ${fitTable(model)}`;
}

function smoothTable(model: GamModel): Html {
  const { scaleEstimated } = model.summary();
  return html`<h3>Curves, maps and groups</h3>
    <p>
      A curve may bend as much as it likes, and is charged for it, so that it bends no more than the data ask for. What it then is worth is
      counted in degrees of freedom: a straight line is worth 1, a plain arch 2, and more the more often it turns. Groups are pulled towards
      their mean, the more the fewer cases they have, and are worth less than their number.
    </p>
    ${dataTable(
      "Curves, maps and groups",
      ["Term", "What it is", "Degrees of freedom", "of at most", scaleEstimated ? "F" : "χ²", "p"].map((name, k) => ({
        name,
        isNumber: k > 1,
      })),
      model.smooths.map((smooth) => [
        smooth.label,
        describeSmooth(model, smooth),
        formatNumber(smooth.effectiveDegreesOfFreedom, 1),
        smooth.size,
        Number.isNaN(smooth.statistic) ? "–" : formatNumber(smooth.statistic),
        writePValue(Number.isNaN(smooth.pValue) ? null : smooth.pValue),
      ]),
    )}`;
}

/** Up to so many degrees of freedom more than a straight line is one. */
const STRAIGHT = 0.05;

/** `a straight line`, `a curve`, `a map of two columns`, `27 groups`. */
function describeSmooth({ terms }: GamModel, { label, size, effectiveDegreesOfFreedom, isRandomEffect }: FittedSmooth): string {
  const numColumns = terms.find((term) => term.label === label)?.variables.length ?? 1;
  if (effectiveDegreesOfFreedom < STRAIGHT) return "smoothed away";
  if (isRandomEffect) return formatCount(size, "group", "groups");
  if (numColumns > 1) return `a map of ${formatCount(numColumns)} columns`;
  return Math.abs(effectiveDegreesOfFreedom - 1) < STRAIGHT ? "a straight line" : "a curve";
}

function coefficientTable(model: GamModel): Html {
  const { coefficients, statistic } = model.summary();
  return dataTable(
    "Coefficients of the other terms",
    ["Coefficient", "Estimate", "Standard error", `${statistic} value`, "p"].map((name, k) => ({ name, isNumber: k > 0 })),
    coefficients.map(({ name, estimate, standardError, statistic: value, pValue, aliased }) => [
      name,
      aliased ? "left out" : writeDigits(estimate),
      writeDigits(standardError),
      value === null ? "–" : formatNumber(value, 2),
      writePValue(pValue),
    ]),
  );
}

function fitTable(model: GamModel): Html {
  const { scaleEstimated } = model.summary();
  const rows: (readonly [string, string])[] = [
    ["Rows that it was fitted to", formatCount(model.numObservations)],
    ["Deviance explained", formatPercent(model.devianceExplained)],
    ["R², adjusted", writeDigits(model.adjustedRSquared)],
    ["Degrees of freedom, all terms", formatNumber(model.effectiveDegreesOfFreedom, 1)],
    [`Criterion (${model.method})`, writeDigits(model.criterion)],
    ["Dispersion", `${writeDigits(model.scale)}${scaleEstimated ? "" : " (known)"}`],
    ...model.estimatedParameters.map(({ name, value }) => [`Parameter of the family (${name})`, writeDigits(value)] as const),
    ["Log-likelihood", writeDigits(model.logLikelihood)],
    ["AIC", writeDigits(model.aic)],
    ...(model.converged ? [] : [["Search for the smoothing", "not converged"] as const]),
  ];
  return dataTable("Measures of fit", [{ name: "Measure" }, { name: "On the rows that it was fitted to" }], rows);
}
