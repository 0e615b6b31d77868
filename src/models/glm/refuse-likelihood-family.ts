import { InputError } from "../../errors.ts";
import type { Family } from "../families/family.ts";

/** Least squares with weights suit families that a variance function makes. @throws {@link InputError} for those of another likelihood */
export function refuseLikelihoodFamily(call: string, { name, isExponential }: Family): void {
  if (isExponential) return;
  throw new InputError({
    call,
    argument: "family",
    expected: "a family of a generalized linear model",
    received: `${name}()`,
    mend: "fitGam takes it, also for a formula without smooth terms.",
  });
}
