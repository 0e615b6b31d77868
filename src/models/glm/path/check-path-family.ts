import { InputError } from "../../../errors.ts";
import type { Family } from "../../families/family.ts";

/** A penalty takes the family as given. @throws {@link InputError} where θ or a power is to be estimated */
export function refuseEstimatedParameter(call: string, family: Family): void {
  if (!family.estimatesParameter) return;
  const name = family.name === "tweedie" ? "power" : "theta";
  throw new InputError({
    call,
    argument: "family",
    expected: `a family with its ${name} given, where coefficients are penalised`,
    received: `${family.name}() with ${name} to be estimated`,
    mend: `Estimate it with fitGlm first, and give it: ${family.name}({ ${name} }).`,
  });
}
