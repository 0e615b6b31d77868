import type { Warning } from "../../errors.ts";
import { learnDesign, toTable } from "../../table/index.ts";
import type { DesignRecipe, LearnedSmooth, LearnOptions, ModelFormula, TableLike } from "../../table/index.ts";
import { resolveFamily } from "../families/resolve-family.ts";
import { foldOffsets, forgottenOffset } from "./fold-offsets.ts";
import type { TrainingData } from "./glm-fit.ts";
import { checkGlmOptions } from "./glm-options.ts";
import type { GlmOptions, RowOptions } from "./glm-options.ts";
import { alongsideOf, checkExposure, checkWeights, makeProblem, readGivenRows } from "./make-problem.ts";
import { refuseLikelihoodFamily } from "./refuse-likelihood-family.ts";

/** A checked fit that has not begun. */
export interface PreparedFit extends Pick<TrainingData, "table" | "design" | "problem" | "frequencies"> {
  readonly formula: string;
  readonly recipe: DesignRecipe;
  /** In the order of their columns; a generalized linear model has none. */
  readonly smooths: readonly LearnedSmooth[];
  readonly warnings: readonly Warning[];
}

/** Reads and checks all that a fit needs. @throws {@link InputError} as `fitGlm` says */
export function prepareFit(call: string, formula: ModelFormula, data: TableLike, options: GlmOptions): PreparedFit {
  checkGlmOptions(call, options);
  refuseLikelihoodFamily(call, resolveFamily(call, options.family, options.link));
  return prepareRows(call, formula, data, options);
}

/** The same once the options are checked, for models with smooth terms too. @throws {@link InputError} as `fitGlm` and `fitGam` say */
export function prepareRows(
  call: string,
  formula: ModelFormula,
  data: TableLike,
  options: RowOptions,
  smooth: Pick<LearnOptions, "smooths" | "knots" | "cells"> = {},
): PreparedFit {
  const family = resolveFamily(call, options.family, options.link);
  const table = toTable(data, call);
  const folded = foldOffsets(call, formula, options, family);
  checkExposure(call, table, options);
  const given = readGivenRows(call, table, folded.options);
  const learned = learnDesign(call, folded.formula, table, {
    ...(options.contrasts ? { contrasts: options.contrasts } : {}),
    unusedLevels: "drop",
    missing: options.missing ?? "drop",
    alongside: alongsideOf(given),
    ...smooth,
  });
  const { recipe, design, smooths } = learned;
  const { problem, frequencies, oddity } = makeProblem(call, learned, given, family);
  checkWeights(call, problem.weights);
  return {
    formula: recipe.formula,
    recipe,
    design,
    table: design.rows ? table.take(design.rows) : table,
    problem,
    frequencies,
    smooths,
    warnings: [
      ...droppedRows(table.numRows, design.matrix.numRows),
      ...learned.warnings,
      ...(oddity === null ? [] : [{ name: "notWhole", message: oddity }]),
      ...constantResponse(problem, learned.response.label),
      ...forgottenOffset(folded.options),
    ],
  };
}

/** How many rows were left out, as a warning. */
export function droppedRows(before: number, after: number): Warning[] {
  if (before === after) return [];
  return [{ name: "missingRows", message: `${before - after} of ${before} rows miss a value that the model needs and were left out.` }];
}

function constantResponse({ response, weights }: { response: Float64Array; weights: Float64Array }, label: string): Warning[] {
  const first = response[weights.findIndex((weight) => weight > 0)];
  if (response.some((value, row) => weights[row] > 0 && value !== first)) return [];
  const message = `The response ${JSON.stringify(label)} is ${first} in every row: there is nothing to explain.`;
  return [{ name: "constantResponse", message, subjects: [label] }];
}
