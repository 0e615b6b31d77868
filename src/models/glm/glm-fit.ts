import type { Warning } from "../../errors.ts";
import type { BlockMatrix } from "../../numeric/index.ts";
import type { Design, DesignRecipe, Table } from "../../table/index.ts";
import type { Family } from "../families/family.ts";

/** What IRLS works on: numbers alone. */
export interface GlmProblem {
  readonly matrix: BlockMatrix;
  /** One number a row; proportions for binomial families. */
  readonly response: Float64Array;
  /** Prior weights × frequencies; one a row. */
  readonly weights: Float64Array;
  /** How often each row counts, where that is apart from its prior weight: the saturated log-likelihood needs to know; null: once. */
  readonly frequencies?: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly family: Family;
}

/** The rows that a model was fitted to, kept for residuals and tests unless `keepData: false`. */
export interface TrainingData {
  readonly table: Table;
  readonly design: Design;
  readonly problem: GlmProblem;
  /** How often each row counts in the degrees of freedom; null: once. */
  readonly frequencies: Float64Array | null;
  readonly linearPredictor: Float64Array;
  readonly mean: Float64Array;
}

/** What fitting found. Matrices are p × p, row-major, over all p columns of the design; NaN where a column is aliased. */
export interface GlmFit {
  readonly formula: string;
  readonly family: Family;
  readonly recipe: DesignRecipe;
  /** p estimates; NaN where aliased. */
  readonly estimates: Float64Array;
  /** 1 where a column depends on earlier ones. */
  readonly aliased: Uint8Array;
  readonly rank: number;
  /** p means of the design's columns over the training rows, unweighted: where terms are centred. */
  readonly columnMeans: Float64Array;
  /** Inverse of the expected information at dispersion 1. */
  readonly unscaledCovariance: Float64Array;
  /** A covariance to use instead of dispersion × `unscaledCovariance`: a robust one. p × p, NaN where aliased; null for none. */
  readonly givenCovariance: Float64Array | null;
  readonly dispersion: number;
  readonly dispersionMethod: "known" | "pearson" | "deviance" | "fletcher" | "likelihood" | "given";
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly pearsonChiSquared: number;
  readonly logLikelihood: number | null;
  /** Rows with weight above 0 (frequencies counted). */
  readonly numObservations: number;
  readonly residualDegreesOfFreedom: number;
  readonly nullDegreesOfFreedom: number;
  /** Steps over all rows; what a sample of many rows gave to start from is not counted. */
  readonly iterations: number;
  readonly converged: boolean;
  /** Standard error of an estimated θ or power; null where none was estimated. */
  readonly parameterStandardError: number | null;
  /** `null` for a maximum-likelihood fit; standard errors are not given for the others that bias or bound estimates. */
  readonly restriction: "penalty" | "constraints" | "firth" | null;
  readonly warnings: readonly Warning[];
  readonly training: TrainingData | null;
}
