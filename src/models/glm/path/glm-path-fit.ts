import type { Warning } from "../../../errors.ts";
import type { DesignRecipe } from "../../../table/index.ts";
import type { Family } from "../../families/family.ts";
import type { GlmFit } from "../glm-fit.ts";
import type { PreparedFit } from "../prepare-fit.ts";
import type { ColumnPenalty, PathSettings } from "./column-penalty.ts";
import type { CrossValidation } from "./cross-validation.ts";

/** What a path needs to fit further strengths. */
export interface PathTraining {
  readonly prepared: PreparedFit;
  readonly penalty: ColumnPenalty;
  readonly settings: PathSettings;
}

/** What fitting a path found. */
export interface GlmPathFit {
  readonly formula: string;
  readonly family: Family;
  readonly recipe: DesignRecipe;
  readonly l1Ratio: number;
  /** Descending. */
  readonly strengths: Float64Array;
  /** strengths × p, row-major. */
  readonly coefficients: Float64Array;
  readonly degreesOfFreedom: Int32Array;
  readonly devianceRatio: Float64Array;
  readonly nullDeviance: number;
  /** For each strength 1 where the search settled. */
  readonly converged: Uint8Array;
  readonly crossValidation: CrossValidation | null;
  readonly warnings: readonly Warning[];
  readonly training: PathTraining | null;
}

/** Coefficients dressed as a fit, for predictions alone: all that they do not read is NaN. */
export function bareFit({ formula, family, recipe, nullDeviance }: GlmPathFit, coefficients: Float64Array): GlmFit {
  const p = coefficients.length;
  return {
    formula,
    family,
    recipe,
    estimates: coefficients,
    aliased: new Uint8Array(p),
    rank: p,
    columnMeans: new Float64Array(p).fill(Number.NaN),
    unscaledCovariance: new Float64Array(p * p).fill(Number.NaN),
    givenCovariance: null,
    dispersion: Number.NaN,
    dispersionMethod: "given",
    deviance: Number.NaN,
    nullDeviance,
    pearsonChiSquared: Number.NaN,
    logLikelihood: null,
    numObservations: 0,
    residualDegreesOfFreedom: 0,
    nullDegreesOfFreedom: 0,
    iterations: 0,
    converged: true,
    parameterStandardError: null,
    restriction: "penalty",
    warnings: [],
    training: null,
  };
}
