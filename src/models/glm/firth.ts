import { InputError } from "../../errors.ts";
import type { Family } from "../families/family.ts";

/** Bias reduction is for families whose dispersion is known. @throws {@link InputError} for others */
export function checkFirth(call: string, family: Family): void {
  if (family.hasKnownDispersion && !family.estimatesParameter) return;
  throw new InputError({
    call,
    argument: "biasReduction",
    expected: "left out unless the family is binomial, poisson, or negativeBinomial with a given theta",
    received: `the family "${family.name}"`,
    mend: "Its estimates do not run away under separation: leave it out.",
  });
}
