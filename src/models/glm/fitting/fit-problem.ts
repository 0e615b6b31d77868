import { BlockProducts } from "../../../numeric/index.ts";
import type { GlmProblem } from "../glm-fit.ts";
import { drive } from "./drive.ts";
import { fitByIrls } from "./irls.ts";
import type { FitSettings, FittedProblem } from "./irls.ts";
import { runPass } from "./run-pass.ts";

/** What a caller may leave out of {@link FitSettings}. */
export type FitChoices = Partial<Omit<FitSettings, "numRows">>;

/**
 * Share of the deviance that a step may still promise when the search ends. The step is made all the same and Newton's method squares the
 * distance, so that coefficients end within about 1e-10 of their standard errors even where steps converge linearly.
 */
const FIT_TOLERANCE = 1e-13;
/** Newton's method takes 4 to 8 iterations; separated data take as many as they are given. */
const MAX_ITERATIONS = 50;

/** Fits a problem whose rows are in memory. */
export function fitProblem(problem: GlmProblem, choices: FitChoices = {}): FittedProblem {
  const { matrix, family } = problem;
  const products = new BlockProducts(matrix);
  const steps = fitByIrls(matrix.numColumns, family, completeSettings(matrix.numRows, choices));
  return drive(steps, (request) => runPass(problem, products, request));
}

/** Settings with the defaults for what is left out. */
export function completeSettings(numRows: number, choices: FitChoices): FitSettings {
  return {
    tolerance: FIT_TOLERANCE,
    maxIterations: MAX_ITERATIONS,
    start: null,
    fallback: null,
    constraints: null,
    firth: false,
    ...choices,
    numRows,
  };
}
