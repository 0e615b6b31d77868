import type { Warning } from "../../errors.ts";
import { multiply } from "../../numeric/index.ts";
import { applyDesign, namesOfExpression } from "../../table/index.ts";
import type { DesignRecipe, DesignTerm, RecipeInput, Table, TableLike } from "../../table/index.ts";

/** A model whose linear predictor is a constant plus terms (plus offsets): what {@link additiveShap} reads of a `GlmModel`. */
export interface AdditiveModel {
  /** Linear predictors, one a row. */
  predict(data: TableLike, options: { readonly scale: "link" }): Float64Array;
  /** What each term adds: rows × terms, row-major, on the link scale; offsets apart. */
  predictTerms(data: TableLike): { readonly constant: number; readonly names: readonly string[]; readonly values: Float64Array };
  /** The terms by label, with the columns that each reads. */
  readonly terms: readonly { readonly label: string; readonly variables: readonly string[] }[];
  /** The columns that terms and offsets read. */
  readonly inputs: readonly RecipeInput[];
  readonly family: { readonly link: { readonly name: string } };
  readonly warnings: readonly Warning[];
  readonly fit: {
    readonly recipe: DesignRecipe;
    /** One a column of the recipe's design; NaN where aliased. */
    readonly estimates: Float64Array;
    /** The rows that the model was fitted to; null where they were not kept. */
    readonly training: { readonly table: Table } | null;
  };
}

/** A part of a linear predictor that depends on some columns alone. */
export interface ModelPart {
  /** Its place among the terms of `predictTerms`; the offsets together come after all terms. */
  readonly index: number;
  readonly label: string;
  /** The columns that it reads. */
  readonly columns: readonly string[];
}

/** A linear predictor, row by row, and what its parts add to it. */
export interface PartValues {
  readonly constant: number;
  /** rows × parts, row-major. */
  readonly values: Float64Array;
  readonly numParts: number;
  readonly linearPredictor: Float64Array;
}

/** The terms of a model and its offsets, which count as one part. */
export function listParts(model: AdditiveModel): ModelPart[] {
  const { recipe } = model.fit;
  const names = new Set(model.inputs.map(({ name }) => name));
  // The intercept alone reads nothing and is no term of `predictTerms`.
  const parts = model.terms
    .filter(({ label }) => label !== "(Intercept)")
    .map(({ label, variables }, index): ModelPart => ({ index, label, columns: variables }));
  if (recipe.offsets.length === 0) return parts;
  const read = recipe.offsets.flatMap((text) => namesOfExpression(text, "additiveShap"));
  const columns = [...new Set(read)].filter((name) => names.has(name));
  return [...parts, { index: parts.length, label: "offset", columns }];
}

/** What each part adds in each row of a table: the terms as the model tells them, and what the linear predictor has besides. */
export function evaluateParts(model: AdditiveModel, table: Table): PartValues {
  const { constant, names, values: terms } = model.predictTerms(table);
  const linearPredictor = model.predict(table, { scale: "link" });
  const numTerms = names.length;
  if (model.fit.recipe.offsets.length === 0) return { constant, values: terms, numParts: numTerms, linearPredictor };
  const numParts = numTerms + 1;
  const values = new Float64Array(table.numRows * numParts);
  for (let row = 0; row < table.numRows; row++) {
    let rest = linearPredictor[row] - constant;
    for (let t = 0; t < numTerms; t++) {
      const value = terms[row * numTerms + t];
      values[row * numParts + t] = value;
      rest -= value;
    }
    values[row * numParts + numTerms] = rest;
  }
  return { constant, values, numParts, linearPredictor };
}

/** What one part adds in each row, but for a constant, without the cost of the others. */
export function evaluatePart(model: AdditiveModel, part: ModelPart, table: Table): Float64Array {
  const { recipe, estimates } = model.fit;
  const term = recipe.terms.find(({ label }) => label === part.label);
  if (term === undefined) {
    const { values, numParts } = evaluateParts(model, table);
    return Float64Array.from({ length: table.numRows }, (_, row) => values[row * numParts + part.index]);
  }
  const { matrix } = applyDesign("additiveShap.explain", recipeOfTerm(recipe, term), table, { missing: "fail" });
  return multiply(
    matrix,
    Float64Array.from(term.positions, (position) => estimates[position] || 0),
  );
}

/** A recipe that makes the columns of one term alone. */
function recipeOfTerm(recipe: DesignRecipe, term: DesignTerm): DesignRecipe {
  return {
    ...recipe,
    columnNames: term.positions.map((position) => recipe.columnNames[position]),
    terms: [{ ...term, positions: term.positions.map((_, position) => position) }],
    hasIntercept: false,
    inputs: recipe.inputs.filter(({ name }) => term.variables.includes(name)),
    variables: recipe.variables.filter(({ label }) => term.factors.includes(label)),
    offsets: [],
  };
}
