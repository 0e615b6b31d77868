import { checkArithmetic } from "../formula/check-arithmetic.ts";
import type { ColumnKinds } from "../formula/check-arithmetic.ts";
import { expandFormula } from "../formula/expand-formula.ts";
import type { ExpandedFormula } from "../formula/expand-formula.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import { readModelFormula } from "../formula/model-formula.ts";
import type { ModelFormula, ReadFormula } from "../formula/model-formula.ts";
import { readSmooth } from "../smooths/read-smooth.ts";
import type { SmoothSpec } from "../smooths/smooth-spec.ts";
import { classifyVariable } from "./classify-variable.ts";
import type { VariableSpec } from "./classify-variable.ts";
import { classifyResponse } from "./read-response.ts";
import type { ResponseSpec } from "./read-response.ts";

/** A formula understood against a table's columns, before anything is learned of their values. */
export interface DesignPlan {
  readonly source: FormulaSource;
  readonly text: string;
  readonly expanded: ExpandedFormula;
  readonly variables: readonly VariableSpec[];
  /** The smooth terms, in order. */
  readonly smooths: readonly SmoothSpec[];
  readonly response: ResponseSpec;
  /** The columns that the terms and offsets read, each once, in order. */
  readonly columns: readonly string[];
}

/** Understands a formula. @throws InputError with a caret under what the table or, where it has no smooths, a linear model does not have */
export function planDesign(call: string, modelFormula: ModelFormula, columns: ColumnKinds, hasSmooths: boolean = false): DesignPlan {
  const read = readModelFormula(call, modelFormula, columns);
  const { source, formula } = read;
  if (formula.response === null) {
    const mend = "Name a column left of the tilde.";
    throw formulaError(source, { at: 0, end: 1 }, { expected: "made of a response, a tilde and terms", received: "no response", mend });
  }
  const response = classifyResponse(source, formula.response, columns);
  const expanded = expandFormula(source, formula, [...columns.keys()]);
  if (!hasSmooths) refuseSmooths(source, expanded);
  const smooths = expanded.smooths.map((place) => readSmooth(source, place, columns, response));
  const variables = expanded.variables.map((variable) => withBuilder(classifyVariable(source, variable, columns), read));
  const ofOffsets = expanded.offsets.flatMap((offset) => checkArithmetic(source, offset, columns));
  const ofTerms = [...variables, ...smooths].flatMap((term) => term.columns);
  return { source, text: read.text, expanded, variables, smooths, response, columns: [...new Set([...ofTerms, ...ofOffsets])] };
}

function refuseSmooths(source: FormulaSource, { smooths }: ExpandedFormula): void {
  if (smooths.length === 0) return;
  throw formulaError(source, smooths[0], {
    expected: "made of parametric terms for a generalized linear model",
    received: `the smooth term ${expressionText(smooths[0])}`,
    mend: "Fit a generalized additive model, or take the splines bs( ) or ns( ) with a number of degrees of freedom.",
  });
}

/** A categorical column that the builders named carries their options. */
function withBuilder(spec: VariableSpec, { factors }: ReadFormula): VariableSpec {
  const built = spec.kind === "factor" && spec.expression.kind === "name" ? factors.get(spec.expression.name) : undefined;
  if (spec.kind !== "factor" || built === undefined) return spec;
  const { contrast, reference } = built;
  return {
    ...spec,
    factor: { ...(contrast === undefined ? {} : { contrast }), ...(reference === undefined ? {} : { first: reference }) },
  };
}
