import type { Coefficient } from "./coefficient-table.ts";
import { usesNormal } from "./coefficient-table.ts";
import type { GlmModel } from "./glm-model.ts";
import { formatFixed, formatPValue, formatSignificant, significanceStars } from "./summary-numbers.ts";

/** What R's `summary` tells of a model, as data; as a text it is the table that R users know. */
export class GlmSummary {
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  readonly coefficients: readonly Coefficient[];
  /** `z` where the dispersion is known, else `t`. */
  readonly statistic: "z" | "t";
  /** Whether standard errors come from a covariance that was put in place of the fit's own, such as a robust one. */
  readonly hasGivenCovariance: boolean;
  readonly dispersion: number;
  readonly dispersionMethod: string;
  readonly nullDeviance: number;
  readonly nullDegreesOfFreedom: number;
  readonly deviance: number;
  readonly residualDegreesOfFreedom: number;
  readonly numObservations: number;
  readonly logLikelihood: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly iterations: number;
  readonly converged: boolean;
  /** θ or power, where the family has one. */
  readonly parameter: { readonly value: number; readonly standardError: number | null } | null;
  readonly warnings: readonly string[];

  constructor(model: GlmModel) {
    const { fit } = model;
    this.formula = fit.formula;
    this.family = fit.family.label;
    this.link = fit.family.link.exponent === undefined ? fit.family.link.name : `power(${fit.family.link.exponent})`;
    this.coefficients = model.coefficients;
    this.statistic = usesNormal(fit) ? "z" : "t";
    this.hasGivenCovariance = fit.givenCovariance !== null;
    this.dispersion = fit.dispersion;
    this.dispersionMethod = fit.dispersionMethod;
    this.nullDeviance = fit.nullDeviance;
    this.nullDegreesOfFreedom = fit.nullDegreesOfFreedom;
    this.deviance = fit.deviance;
    this.residualDegreesOfFreedom = fit.residualDegreesOfFreedom;
    this.numObservations = fit.numObservations;
    this.logLikelihood = model.logLikelihood;
    this.aic = model.aic;
    this.bic = model.bic;
    this.iterations = fit.iterations;
    this.converged = fit.converged;
    const { parameter } = fit.family;
    this.parameter = parameter === null ? null : { value: parameter, standardError: fit.parameterStandardError };
    this.warnings = fit.warnings.map(({ message }) => message);
  }

  /** The table that an R user expects. */
  toString(): string {
    return [
      `Formula: ${this.formula}`,
      `Family: ${this.family}, link: ${this.link}`,
      "",
      "Coefficients:",
      ...this.#table(),
      ...(this.coefficients.some(({ pValue }) => pValue !== null && pValue < 0.1)
        ? ["---", "Signif. codes:  0 '***' 0.001 '**' 0.01 '*' 0.05 '.' 0.1 ' ' 1"]
        : []),
      ...(this.hasGivenCovariance ? ["", "(Standard errors from the covariance given to withCovariance)"] : []),
      "",
      `(Dispersion parameter for ${this.family} family ${this.dispersionMethod === "known" ? "taken to be" : "estimated as"} ${formatSignificant(this.dispersion, 6)})`,
      "",
      ...this.#deviances(),
      ...(this.parameter
        ? [
            `${this.family.startsWith("Negative") ? "Theta" : "Power"}: ${formatSignificant(this.parameter.value, 5)}${this.#parameterError()}`,
          ]
        : []),
      `AIC: ${this.aic === null ? "NA" : formatSignificant(this.aic, 5)}${this.bic === null ? "" : `   BIC: ${formatSignificant(this.bic, 5)}`}`,
      "",
      `Number of Fisher scoring iterations: ${this.iterations}${this.converged ? "" : " (not converged)"}`,
      ...this.warnings.map((message) => `Warning: ${message}`),
    ].join("\n");
  }

  #table(): string[] {
    const heads = ["", "Estimate", "Std. Error", `${this.statistic} value`, `Pr(>|${this.statistic}|)`, ""];
    const places = decimalPlaces(this.coefficients);
    const rows = this.coefficients.map(({ name, estimate, standardError, statistic, pValue }) => [
      name,
      estimate === null ? "NA" : formatFixed(estimate, places),
      standardError === null ? "NA" : formatFixed(standardError, places),
      statistic === null ? "NA" : formatFixed(statistic, 3),
      pValue === null ? "NA" : formatPValue(pValue),
      pValue === null ? "" : significanceStars(pValue),
    ]);
    const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column].length)));
    return [heads, ...rows].map((cells) =>
      cells
        .map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join(" ")
        .trimEnd(),
    );
  }

  #deviances(): string[] {
    const [none, rest] = [this.nullDeviance, this.deviance].map((value) => formatSignificant(value, 5));
    const width = Math.max(none.length, rest.length);
    return [
      `    Null deviance: ${none.padStart(width)}  on ${this.nullDegreesOfFreedom}  degrees of freedom`,
      `Residual deviance: ${rest.padStart(width)}  on ${this.residualDegreesOfFreedom}  degrees of freedom`,
    ];
  }

  #parameterError(): string {
    const error = this.parameter?.standardError;
    return error === null || error === undefined ? "" : ` (standard error ${formatSignificant(error, 4)})`;
  }
}

/** So many decimals that the smallest standard error keeps four significant digits, as R prints them; at most 8. */
function decimalPlaces(coefficients: readonly Coefficient[]): number {
  const sizes = coefficients.flatMap(({ estimate, standardError }) => {
    const size = Math.min(
      ...[estimate, standardError].filter((value) => value !== null && value !== 0).map((value) => Math.abs(value ?? 1)),
    );
    return Number.isFinite(size) ? [size] : [];
  });
  const smallest = Math.min(1, ...sizes);
  return Math.max(0, Math.min(8, 3 - Math.floor(Math.log10(smallest))));
}
