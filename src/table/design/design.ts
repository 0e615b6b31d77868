import type { BlockMatrix } from "../../numeric/index.ts";
import type { CategoricalColumn, ColumnDescription } from "../column.ts";
import type { SmoothVariable } from "../smooths/smooth-variable.ts";
import type { Basis } from "./basis.ts";
import type { ContrastName } from "./contrasts.ts";

/** How a factor stands in a term: less one level (by its contrasts), or with one column for every level. */
export type FactorCoding = "contrasts" | "indicators";

/** A term of a model: what the user wrote between two plus signs, and the design columns that it became. */
export interface DesignTerm {
  /** R's label: `age`, `log(income)`, `region:age`, `poly(x, 2)`; `(Intercept)` for the intercept. */
  readonly label: string;
  /** The table's columns that it reads, in order of appearance; empty for the intercept. */
  readonly variables: readonly string[];
  /** The single factors of an interaction, as labels: `["region", "age"]`; one for a main effect; none for the intercept. */
  readonly factors: readonly string[];
  /** How each of the factors is coded; null where it is numeric. */
  readonly codings: readonly (FactorCoding | null)[];
  /** Positions of its columns in the design. */
  readonly positions: readonly number[];
}

/** Numbers that a linear model is fitted to, made of a table by a recipe. */
export interface Design {
  /** n × p; factors stay codes, numeric columns are the table's own arrays. */
  readonly matrix: BlockMatrix;
  /** R's names of the p columns: `(Intercept)`, `regionnorth`, `age:regionnorth`. */
  readonly columnNames: readonly string[];
  /** The intercept (where there is one) first, then in R's order. */
  readonly terms: readonly DesignTerm[];
  readonly hasIntercept: boolean;
  /** Sum of the formula's offset() terms; null where there are none. */
  readonly offset: Float64Array | null;
  /** The rows of the table that the design's rows are, ascending; null where it is all of them. */
  readonly rows: Int32Array | null;
}

/** A column of the training table, as a recipe remembers it. */
export interface RecipeInput {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  /** Levels in order, for a categorical column; empty for a numeric one. */
  readonly levels: readonly string[];
  /** Smallest and largest training value of a numeric column; null for a categorical one. */
  readonly range: readonly [number, number] | null;
  readonly description: ColumnDescription;
}

/** A factor of a term that is one number a row: a column, or an expression of columns. */
export interface NumericVariable {
  readonly kind: "numeric";
  readonly label: string;
  /** How it is computed: `log(income)`. */
  readonly expression: string;
}

/** A factor of a term that is several functions of one number: `poly(x, 2)`. */
export interface BasisVariable {
  readonly kind: "basis";
  readonly label: string;
  /** How the number is computed. */
  readonly expression: string;
  readonly basis: Basis;
}

/** A factor of a term that is one of several levels. */
export interface FactorVariable {
  readonly kind: "factor";
  readonly label: string;
  /** The categorical column, or the expression of numbers that are taken as levels. */
  readonly expression: string;
  readonly levels: readonly string[];
  readonly contrast: ContrastName;
  /** Position of the reference level: the one without a column under treatment contrasts. */
  readonly reference: number;
}

export type RecipeVariable = NumericVariable | BasisVariable | FactorVariable | SmoothVariable;

/** The left side of a formula, as a recipe remembers it. */
export interface RecipeResponse {
  readonly kind: DesignResponse["kind"];
  /** R's label of the left side. */
  readonly label: string;
  /** The one expression, or successes and failures. */
  readonly expressions: readonly string[];
  /** Of a categorical response, in order; empty otherwise. */
  readonly levels: readonly string[];
}

/** How to make a design of any table: all that was learned from the training table. Plain JSON. */
export interface DesignRecipe {
  /** The formula in R's spelling. */
  readonly formula: string;
  readonly columnNames: readonly string[];
  readonly terms: readonly DesignTerm[];
  readonly hasIntercept: boolean;
  /** The columns that the terms and offsets read. */
  readonly inputs: readonly RecipeInput[];
  /** What the labels in `DesignTerm.factors` stand for. */
  readonly variables: readonly RecipeVariable[];
  /** What stands within offset(), as expressions. */
  readonly offsets: readonly string[];
  readonly response: RecipeResponse;
}

/** The left side of a formula in the rows of a design. */
export type DesignResponse =
  | { readonly kind: "numeric"; readonly label: string; readonly values: Float64Array }
  | { readonly kind: "categorical"; readonly label: string; readonly column: CategoricalColumn }
  | { readonly kind: "counts"; readonly label: string; readonly successes: Float64Array; readonly failures: Float64Array };
