import type { Coefficient } from "./coefficient-table.ts";
import { usesNormal } from "./coefficient-table.ts";
import type { GlmModel } from "./glm-model.ts";
import { formatSignificant } from "./summary-numbers.ts";
import { coefficientRows, SIGNIFICANCE_LEGEND } from "./summary-table.ts";

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
      ...coefficientRows(this.coefficients, this.statistic),
      ...(this.coefficients.some(({ pValue }) => pValue !== null && pValue < 0.1) ? SIGNIFICANCE_LEGEND : []),
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
