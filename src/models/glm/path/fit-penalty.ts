import { describeReceived, InputError, refuseUnknownOptions } from "../../../errors.ts";
import { assembleFit } from "../assemble-fit.ts";
import type { GlmFit } from "../glm-fit.ts";
import type { GlmOptions, PenaltyOptions } from "../glm-options.ts";
import type { PreparedFit } from "../prepare-fit.ts";
import { refuseEstimatedParameter } from "./check-path-family.ts";
import type { ColumnPenalty, PathSettings } from "./column-penalty.ts";
import { checkL1Ratio } from "./glm-path-options.ts";
import { makeSolver, preparePathProblem, undoShifts } from "./path-problem.ts";
import type { PathPoint } from "./path-solver.ts";
import { penalizedFit } from "./penalized-fit.ts";
import { readPenalty } from "./read-penalty.ts";

/** Tight enough that seven digits or more of the coefficients are right. */
export const DEFAULT_SETTINGS: PathSettings = { tolerance: 1e-8, maxIterations: 100 };

/** The fit at one strength of a penalty. @throws {@link InputError} for a penalty that cannot be read */
export function fitPenaltyOf(call: string, prepared: PreparedFit, options: GlmOptions & { readonly penalty?: PenaltyOptions }): GlmFit {
  const words = checkPenalty(call, options.penalty);
  refuseEstimatedParameter(call, prepared.problem.family);
  const penalty = readPenalty(call, "penalty.", words, prepared.recipe);
  const point = fitStrength(prepared, penalty, { ...DEFAULT_SETTINGS, ...given(options) }, words.strength);
  return assembleFit(prepared, penalizedFit(prepared.problem, point.coefficients, point, call), options, "penalty");
}

/** Coefficients of the design at one strength. */
export function fitStrength(
  { problem }: Pick<PreparedFit, "problem">,
  penalty: ColumnPenalty,
  settings: PathSettings,
  strength: number,
): PathPoint {
  const pathProblem = preparePathProblem(problem, penalty.intercept);
  const point = makeSolver(pathProblem, pathProblem.problem.weights, penalty, settings).solve(strength);
  return { ...point, coefficients: undoShifts(pathProblem, point.coefficients) };
}

function given({ maxIterations, tolerance }: GlmOptions): Partial<PathSettings> {
  return { ...(maxIterations === undefined ? {} : { maxIterations }), ...(tolerance === undefined ? {} : { tolerance }) };
}

function checkPenalty(call: string, penalty: unknown): PenaltyOptions {
  if (typeof penalty !== "object" || penalty === null) {
    const mend = "Leave it out for maximum likelihood.";
    throw new InputError({ call, argument: "penalty", expected: "{ strength, … }", received: describeReceived(penalty), mend });
  }
  refuseUnknownOptions(call, penalty, ["strength", "l1Ratio", "factors"]);
  const { strength, l1Ratio } = penalty as PenaltyOptions;
  if (!(typeof strength === "number" && strength >= 0 && strength < Number.POSITIVE_INFINITY)) {
    const mend = "Choose one with fitGlmPath.";
    throw new InputError({
      call,
      argument: "penalty.strength",
      expected: "a finite number of at least 0",
      received: describeReceived(strength),
      mend,
    });
  }
  checkL1Ratio(call, "penalty.l1Ratio", l1Ratio);
  return penalty as PenaltyOptions;
}
