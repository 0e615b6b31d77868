import { formulaError } from "../formula/formula-error.ts";
import { learnSmooth } from "./learn-smooth.ts";
import type { FinishedSmooth } from "./finish-smooth.ts";
import type { SmoothContext } from "./smooth-context.ts";
import type { SmoothSpec } from "./smooth-spec.ts";

/** Learns the smooth terms of a formula, in order. @throws InputError with a caret under a smooth that the training rows do not suit */
export function learnSmooths(context: SmoothContext, specs: readonly SmoothSpec[]): FinishedSmooth[] {
  const labels = new Set<string>();
  return specs.flatMap((spec) => {
    const finished = learnSmooth(context, spec);
    for (const { variable } of finished) {
      if (labels.has(variable.label)) throw refuseTwice(context, spec, variable.label);
      labels.add(variable.label);
    }
    return finished;
  });
}

function refuseTwice(context: SmoothContext, { place }: SmoothSpec, label: string): Error {
  return formulaError(context.source, place, {
    expected: "made of smooths that differ in their covariates",
    received: `${label} twice`,
    mend: "Two smooths of the same covariates cannot be told apart: keep one, with a larger k if need be.",
  });
}
