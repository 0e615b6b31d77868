import { denseRows } from "../../../numeric/index.ts";
import type { DesignRecipe, DesignTerm, RecipeInput, RecipeVariable } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { gridDesign, levelsOfInput } from "./grid.ts";
import type { LinearForms } from "./wald.ts";

type FactorVariable = Extract<RecipeVariable, { kind: "factor" }>;

/** The levels of a factor against one of them. */
export interface LevelForms {
  readonly levels: readonly string[];
  /** Position of the level that others are compared with. */
  readonly reference: number;
  /** The column that it is read from. */
  readonly input: RecipeInput;
  /** One form a level: its part of the linear predictor less that of the reference level. */
  readonly forms: LinearForms;
  /** For each level the position of the coefficient that is its form; null where not all forms are single coefficients. */
  readonly columns: readonly (number | null)[] | null;
}

/** The factor that a term is the main effect of, if it is one and its levels are values of a column. */
export function factorOf(recipe: DesignRecipe, { factors, variables }: DesignTerm): { factor: FactorVariable; input: RecipeInput } | null {
  const factor = factors.length === 1 ? recipe.variables.find(({ label }) => label === factors[0]) : undefined;
  const input = recipe.inputs.find(({ name }) => name === variables[0]);
  if (factor?.kind !== "factor" || input === undefined || levelsOfInput(recipe, input)?.length !== factor.levels.length) return null;
  return { factor, input };
}

/** @param term a main effect of a factor, see {@link factorOf} */
export function levelForms(call: string, fit: GlmFit, term: DesignTerm): LevelForms {
  const { recipe } = fit;
  const { factor, input } = factorOf(recipe, term) as { factor: FactorVariable; input: RecipeInput };
  const axes = recipe.inputs.map((each) => {
    if (each === input) return { input, values: levelsOfInput(recipe, input) as number[] };
    return { input: each, values: [levelsOfInput(recipe, each)?.[0] ?? each.range?.[0] ?? 0] };
  });
  const { matrix } = gridDesign(call, fit, axes);
  const rows = denseRows(matrix, 0, matrix.numRows);
  const p = recipe.columnNames.length;
  const { reference, levels } = factor;
  const forms = { matrix: new Float64Array(levels.length * p), constants: new Float64Array(levels.length) };
  for (let k = 0; k < levels.length; k++) {
    for (const position of term.positions) forms.matrix[k * p + position] = rows[k * p + position] - rows[reference * p + position];
  }
  return { levels, reference, input, forms, columns: singleColumns(forms.matrix, term, levels.length, reference, p) };
}

function singleColumns(
  matrix: Float64Array,
  { positions }: DesignTerm,
  numLevels: number,
  reference: number,
  p: number,
): (number | null)[] | null {
  const columns: (number | null)[] = [];
  for (let k = 0; k < numLevels; k++) {
    const used = positions.filter((position) => matrix[k * p + position] !== 0);
    const isSingle = used.length === 1 && matrix[k * p + used[0]] === 1;
    if (k !== reference && !isSingle) return null;
    columns.push(k === reference ? null : used[0]);
  }
  return columns;
}
