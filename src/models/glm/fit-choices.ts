import { readConstraints } from "./constraints.ts";
import { checkFirth } from "./firth.ts";
import type { FitChoices } from "./fitting/fit-problem.ts";
import { constantCoefficients } from "./fitting/null-model.ts";
import type { GlmOptions } from "./glm-options.ts";
import type { PreparedFit } from "./prepare-fit.ts";
import { readStart } from "./read-start.ts";

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

/** The same with what depends on the rows. @throws {@link InputError} for a start, constraints or a bias reduction that do not fit the model */
export function readFitChoices(call: string, { problem, design, recipe }: PreparedFit, options: GlmOptions): FitChoices {
  if (options.biasReduction) checkFirth(call, problem.family);
  return {
    ...fitChoices(options),
    start: readStart(call, options.start, design),
    fallback: constantCoefficients(problem, design.hasIntercept ? design.terms[0].positions[0] : null),
    constraints: options.constraints ? readConstraints(call, options.constraints, design, recipe) : null,
  };
}
