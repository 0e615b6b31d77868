import type { DesignTerm, Table } from "../../table/index.ts";

/** A coefficient with its 95 % interval on the score scale; ends are null where none is known, all is 0 where it is aliased. */
export interface AdditiveCoefficient {
  /** `ageYoung`: for levels the label of the term and the level. */
  readonly name: string;
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What each term adds to the score of each row; rows × terms, row-major. NaN where an error is not known. */
interface TermParts {
  readonly values: Float64Array;
  readonly standardErrors: Float64Array;
}

/** A model whose scores are a constant and a sum of terms with coefficients. */
export interface AdditiveModel {
  /** Without the intercept. */
  readonly terms: readonly DesignTerm[];
  /** In the order of the design. */
  readonly coefficients: readonly AdditiveCoefficient[];
  /** The levels of a categorical column, in order. */
  levelsOf(column: string): readonly string[];
  /** Of the hypothesis that a term moves nothing; null where it is not known. */
  pValueOf(term: DesignTerm): number | null;
  /** So many standard errors make half of a 95 % interval. */
  readonly errorsInHalfInterval: number;
  /** Whether parts are told against those of the average row. */
  readonly isCentred: boolean;
  /** In the order of `terms`. */
  predictTerms(data: Table): TermParts;
}
