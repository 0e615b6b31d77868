import type { Warning } from "../../../errors.ts";
import type { GlmFit } from "../glm-fit.ts";
import { contains } from "./term-comparisons.ts";
import type { TermTestType } from "./term-comparisons.ts";

/** What to bear in mind when reading an analysis of deviance. */
export function describeTermTests(fit: GlmFit, type: TermTestType, test: "LR" | "Wald" | "F"): Warning[] {
  const warnings: Warning[] = [];
  if (test === "F" && fit.dispersionMethod === "known") {
    const message = `The family ${fit.family.label} has dispersion 1; F divides by an estimate instead, as a quasi family would.`;
    warnings.push({ name: "dispersionEstimated", message });
  }
  const uneven = type === "III" ? unevenFactors(fit) : [];
  if (uneven.length > 0) {
    const message = `Type III tests of terms within interactions are tests at the reference level of ${uneven.join(", ")}: fit with contrasts that sum to 0 ("sum" or "helmert") to test them on average, or use type II.`;
    warnings.push({ name: "contrasts", message, subjects: uneven });
  }
  return warnings;
}

/** Factors with treatment contrasts that a term meets in an interaction: the term's coefficients are then those at the reference level. */
function unevenFactors({ recipe }: GlmFit): string[] {
  const terms = recipe.terms.filter(({ factors }) => factors.length > 0);
  const met = new Set(
    terms.flatMap((term) =>
      terms.filter((other) => contains(other, term)).flatMap(({ factors }) => factors.filter((factor) => !term.factors.includes(factor))),
    ),
  );
  return recipe.variables.flatMap((variable) =>
    variable.kind === "factor" && variable.contrast === "treatment" && met.has(variable.label) ? [variable.label] : [],
  );
}
