import type { Expression, SmoothNode } from "./expression.ts";
import { expressionText } from "./expression-text.ts";
import type { FormulaSource } from "./formula-error.ts";
import type { Formula } from "./parse-formula.ts";
import { collectNames } from "./collect-names.ts";
import { TermExpander } from "./term-expander.ts";

/** A variable of a formula: what the operators among terms take as one. */
export interface FormulaVariable {
  /** R's name of it: `age`, `log(income)`, `poly(x, 2)`. */
  readonly label: string;
  readonly expression: Expression;
}

/** A term of a formula: one variable, or an interaction of several. */
export interface FormulaTerm {
  /** R's label: `region:age`. */
  readonly label: string;
  /** Positions among the variables, ascending. */
  readonly variables: readonly number[];
}

/** A formula without `*`, `/`, `^`, `.` and minus: what R calls its terms object. */
export interface ExpandedFormula {
  /** In the order in which the formula names them first. */
  readonly variables: readonly FormulaVariable[];
  /** Main effects first, then interactions of two, of three …; within each in the order in which they came. */
  readonly terms: readonly FormulaTerm[];
  readonly hasIntercept: boolean;
  /** What stands within offset(). */
  readonly offsets: readonly Expression[];
  /** The smooth terms, in order. */
  readonly smooths: readonly SmoothNode[];
}

/**
 * The terms of a formula, in R's order.
 *
 * @param columnNames - what `.` stands for, less the columns of the response
 * @throws {@link InputError} with a caret under what is no term
 * @see `terms.formula` of R; Chambers and Hastie (1992), Statistical Models in S, section 2.4
 */
export function expandFormula(source: FormulaSource, formula: Formula, columnNames: readonly string[]): ExpandedFormula {
  const ofResponse = formula.response === null ? [] : collectNames(formula.response).map(({ name }) => name);
  const others = columnNames.filter((name) => !ofResponse.includes(name));
  const expander = new TermExpander(source, others, formula.response === null ? null : expressionText(formula.response));
  const expanded = [...expander.expand(formula.terms, true)];
  const byOrder = expanded.sort((one, other) => one.length - other.length); // stable: what came first stays first
  return {
    variables: expander.variables,
    terms: byOrder.map((variables) => ({ label: variables.map((v) => expander.variables[v].label).join(":"), variables })),
    hasIntercept: expander.hasIntercept,
    offsets: expander.offsets,
    smooths: expander.smooths,
  };
}
