import type { Coefficient } from "../glm/coefficient-table.ts";
import { usesNormal } from "../glm/coefficient-table.ts";
import { coefficientRows, layoutTable, SIGNIFICANCE_LEGEND } from "../glm/summary-table.ts";
import { formatFixed, formatPValue, formatSignificant, significanceStars } from "../glm/summary-numbers.ts";
import type { EstimatedParameter } from "./fitting/smoothing-fit.ts";
import type { FittedSmooth, GamFit } from "./gam-fit.ts";
import type { GamModel } from "./gam-model.ts";
import { isLikelihood } from "./gam-options.ts";

/** What mgcv's `summary` tells of a model, as data; as a text it is the table that its users know. */
export class GamSummary {
  readonly formula: string;
  readonly family: string;
  readonly link: string;
  /** Of the parametric terms. */
  readonly coefficients: readonly Coefficient[];
  /** Of the coefficients: `z` where the dispersion is known, else `t`. */
  readonly statistic: "z" | "t";
  readonly smooths: readonly FittedSmooth[];
  /** To how many numbers each covariate of a smooth was rounded; null where it was not. */
  readonly cells: number | null;
  readonly method: GamFit["method"];
  readonly criterion: number;
  readonly scale: number;
  readonly scaleEstimated: boolean;
  readonly adjustedRSquared: number;
  readonly devianceExplained: number;
  readonly effectiveDegreesOfFreedom: number;
  readonly residualDegreesOfFreedom: number;
  readonly numObservations: number;
  readonly converged: boolean;
  /** θ, power and the like, where the family's were estimated. */
  readonly estimatedParameters: readonly EstimatedParameter[];
  readonly warnings: readonly string[];

  constructor(model: GamModel) {
    const { fit } = model;
    const { link } = fit.family;
    const isSmooth = new Set(fit.smooths.flatMap(({ first, size }) => Array.from({ length: size }, (_, j) => first + j)));
    this.formula = fit.formula;
    this.family = fit.family.label;
    this.link = link.exponent === undefined ? link.name : `power(${link.exponent})`;
    this.coefficients = model.coefficients.filter((_, j) => !isSmooth.has(j));
    this.statistic = usesNormal(fit) ? "z" : "t";
    this.smooths = fit.smooths;
    this.cells = fit.cells;
    this.method = fit.method;
    this.criterion = fit.criterion;
    this.scale = fit.dispersion;
    this.scaleEstimated = fit.dispersionMethod !== "known" && fit.dispersionMethod !== "given";
    this.adjustedRSquared = fit.adjustedRSquared;
    this.devianceExplained = model.devianceExplained;
    this.effectiveDegreesOfFreedom = model.effectiveDegreesOfFreedom;
    this.residualDegreesOfFreedom = fit.residualDegreesOfFreedom;
    this.numObservations = fit.numObservations;
    this.converged = fit.converged;
    this.estimatedParameters = fit.estimatedParameters;
    this.warnings = fit.warnings.map(({ message }) => message);
  }

  /** The table that mgcv's users expect. */
  toString(): string {
    return [
      `Family: ${this.family}`,
      `Link function: ${this.link}`,
      "",
      "Formula:",
      this.formula,
      ...(this.coefficients.length > 0
        ? ["", "Parametric coefficients:", ...coefficientRows(this.coefficients, this.statistic), ...legend(this.coefficients)]
        : []),
      ...(this.smooths.length > 0
        ? ["", "Approximate significance of smooth terms:", ...layoutTable(this.#smoothRows()), ...legend(this.smooths)]
        : []),
      "",
      `R-sq.(adj) = ${formatSignificant(this.adjustedRSquared, 3).padStart(6)}   Deviance explained = ${formatSignificant(100 * this.devianceExplained, 3)}%`,
      `${criterionName(this.method)} = ${formatSignificant(this.criterion, 5)}  Scale est. = ${formatSignificant(this.scale, 5)}${this.scaleEstimated ? "" : " (known)"}  n = ${this.numObservations}`,
      ...this.estimatedParameters.map(({ name, value, standardError }) => {
        return `${name} = ${formatSignificant(value, 5)}${standardError === null ? "" : ` (standard error ${formatSignificant(standardError, 4)})`}`;
      }),
      ...(this.cells === null ? [] : [`Covariates of smooths were rounded to at most ${this.cells} numbers each.`]),
      ...(this.converged ? [] : ["(not converged)"]),
      ...this.warnings.map((message) => `Warning: ${message}`),
    ].join("\n");
  }

  #smoothRows(): string[][] {
    const rows = this.smooths.map((smooth) => [
      smooth.label,
      formatFixed(smooth.effectiveDegreesOfFreedom, 3),
      formatFixed(smooth.referenceDegreesOfFreedom, 3),
      formatFixed(smooth.statistic, 3),
      formatPValue(smooth.pValue),
      significanceStars(smooth.pValue),
    ]);
    return [["", "edf", "Ref.df", this.scaleEstimated ? "F" : "Chi.sq", "p-value", ""], ...rows];
  }
}

function criterionName(method: GamFit["method"]): string {
  return isLikelihood(method) || method === "fREML" || method === "EFS" ? `-${method}` : method;
}

function legend(tests: readonly { readonly pValue: number | null }[]): readonly string[] {
  return tests.some(({ pValue }) => pValue !== null && pValue < 0.1) ? SIGNIFICANCE_LEGEND : [];
}
