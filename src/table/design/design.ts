import type { BlockMatrix } from "../../numeric/index.ts";
import type { ColumnDescription } from "../column.ts";

/** A term of a model: what the user wrote between two plus signs, and the design columns that it became. */
export interface DesignTerm {
  /** R's label: `age`, `log(income)`, `region:age`, `poly(x, 2)`; `(Intercept)` for the intercept. */
  readonly label: string;
  /** The table's columns that it reads, in order of appearance; empty for the intercept. */
  readonly variables: readonly string[];
  /** The single factors of an interaction, as labels: `["region", "age"]`; one for a main effect; none for the intercept. */
  readonly factors: readonly string[];
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

/** How to make a design of any table: all that was learned from the training table. Plain JSON. */
export interface DesignRecipe {
  readonly columnNames: readonly string[];
  readonly terms: readonly DesignTerm[];
  readonly hasIntercept: boolean;
  /** The columns that the terms and offsets read. */
  readonly inputs: readonly RecipeInput[];
}
