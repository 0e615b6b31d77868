import type { DesignTerm } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";

/** R's names of the ways to order hypotheses on terms. */
export type TermTestType = "I" | "II" | "III";

/** Two models to compare: one with a term and one without. */
export interface TermComparison {
  readonly term: string;
  /** Positions of the term's columns. */
  readonly tested: readonly number[];
  /** Columns that neither model has. */
  readonly left: readonly number[];
  /** Columns of the smaller model, ascending. */
  readonly kept: readonly number[];
}

/** What each term but the intercept is compared beside. */
export function termComparisons({ recipe }: GlmFit, type: TermTestType): TermComparison[] {
  const terms = recipe.terms.filter(({ factors }) => factors.length > 0);
  const all = recipe.columnNames.map((_, position) => position);
  return terms.map((term, t) => {
    const others = type === "III" ? [] : type === "I" ? terms.slice(t + 1) : terms.filter((other) => contains(other, term));
    const left = others.flatMap(({ positions }) => positions);
    const kept = all.filter((position) => !term.positions.includes(position) && !left.includes(position));
    return { term: term.label, tested: term.positions, left, kept };
  });
}

/** Whether a term is an interaction of another with more. */
export function contains(larger: DesignTerm, smaller: DesignTerm): boolean {
  return larger.factors.length > smaller.factors.length && smaller.factors.every((factor) => larger.factors.includes(factor));
}
