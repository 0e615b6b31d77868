import type { FitChoices } from "./fitting/fit-problem.ts";
import type { GlmOptions } from "./glm-options.ts";

/** Firth's steps converge linearly: what is left when one is small is not squared away. */
const FIRTH_TOLERANCE = 1e-20;

/** What the options say of how a fit is sought. */
export function fitChoices({ biasReduction, maxIterations, tolerance }: GlmOptions): FitChoices {
  const firth = biasReduction === "firth";
  return {
    firth,
    ...(firth ? { tolerance: FIRTH_TOLERANCE } : {}),
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(maxIterations === undefined ? {} : { maxIterations }),
  };
}
