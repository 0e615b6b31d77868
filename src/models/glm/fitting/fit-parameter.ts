import type { Warning } from "../../../errors.ts";
import { BlockProducts, multiply } from "../../../numeric/index.ts";
import { estimateTheta } from "../../families/estimate-theta.ts";
import type { Family } from "../../families/family.ts";
import { maximizeInTwo } from "../../families/maximize-in-two.ts";
import { poisson } from "../../families/families.ts";
import { tweedieLogLikelihood } from "../../families/tweedie-likelihood.ts";
import type { TweedieRows } from "../../families/tweedie-likelihood.ts";
import type { GlmProblem } from "../glm-fit.ts";
import { drive } from "./drive.ts";
import type { PassSteps } from "./drive.ts";
import { completeSettings, fitProblem } from "./fit-problem.ts";
import type { FitChoices } from "./fit-problem.ts";
import { fitByIrls } from "./irls.ts";
import type { FittedProblem } from "./irls.ts";
import type { FittedRowNumbers } from "./panel-rows.ts";
import { runPass } from "./run-pass.ts";
import { startFromSample } from "./sample-start.ts";

/** A fit, with the family whose θ or power was estimated along with it. */
export interface ParameterFit extends FittedProblem {
  readonly family: Family;
  /** Of an estimated θ or power; null where none was estimated, or it stands at a limit. */
  readonly parameterStandardError: number | null;
  /** Of all rows at the estimates, where the last pass over them was there. */
  readonly rows?: FittedRowNumbers | null;
}

/** θ has settled when a round changes it by less than this share. */
const SETTLED = 1e-10;
const MOST_ROUNDS = 100;

/** Fits a problem, and θ of a negative binomial or the power of a Tweedie family if they are to be estimated. */
export function fitWithParameter(problem: GlmProblem, choices: FitChoices, frequencies: Float64Array | null): ParameterFit {
  const { matrix } = problem;
  const products = new BlockProducts(matrix);
  const rows = { linearPredictor: new Float64Array(matrix.numRows), mean: new Float64Array(matrix.numRows) };
  let place: Float64Array | null = null;
  const fitted = drive(fitParameterSteps(problem, choices, frequencies), (request) => {
    place = request.kind === "working" ? request.coefficients : null;
    return runPass(problem, products, request, rows);
  });
  return { ...fitted, rows: place === fitted.coefficients ? rows : null };
}

/**
 * The same as a conversation. The rows are at hand here too: θ and power are estimated from the means of all of them, and the search for a
 * power fits without asking.
 */
export function* fitParameterSteps(problem: GlmProblem, given: FitChoices, frequencies: Float64Array | null): PassSteps<ParameterFit> {
  const { family } = problem;
  const choices = { ...given, start: startFromSample(problem, given) };
  if (!family.estimatesParameter) return { ...(yield* fitSteps(problem, choices)), family, parameterStandardError: null };
  return family.name === "tweedie" ? fitPower(problem, choices, frequencies) : yield* fitTheta(problem, choices);
}

function fitSteps({ matrix, family }: GlmProblem, choices: FitChoices): PassSteps<FittedProblem> {
  return fitByIrls(matrix.numColumns, family, completeSettings(matrix.numRows, choices));
}

/**
 * Coefficients and θ in turn, each by maximum likelihood given the other, from the Poisson fit on. θ is orthogonal to the coefficients, so
 * that the rounds converge fast and the standard errors need no correction.
 *
 * @see Lawless (1987), doi:10.2307/3314912
 */
function* fitTheta(problem: GlmProblem, choices: FitChoices): PassSteps<ParameterFit> {
  const { family } = problem;
  let fitted = yield* fitSteps({ ...problem, family: poisson({ link: family.link }) }, choices);
  let theta = NaN;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const mean = meansOf(problem, fitted.coefficients);
    const estimate = estimateTheta({ response: problem.response, mean, weights: problem.weights }, Number.isNaN(theta) ? undefined : theta);
    const hasSettled = estimate.converged && Math.abs(estimate.theta - theta) <= SETTLED * estimate.theta;
    theta = estimate.theta;
    const current = family.withParameter(theta);
    fitted = yield* fitSteps({ ...problem, family: current }, { ...choices, start: fitted.coefficients });
    if (!hasSettled && round < MOST_ROUNDS) continue;
    const warnings = [...fitted.warnings, ...estimate.warnings, ...(hasSettled ? [] : [unsettled("theta")])];
    return {
      ...fitted,
      family: current,
      parameterStandardError: estimate.standardError,
      warnings,
      converged: fitted.converged && hasSettled,
    };
  }
  throw new Error("unreachable: the last round returns");
}

/** Where the search for the power starts, and how near it may come to the Poisson (1) and gamma (2) ends, where the series lose all speed. */
const START = 1.5;
const NEAR_END = 0.01;
/**
 * The power at the peak of the likelihood, profiled over coefficients and dispersion.
 *
 * @see Dunn and Smyth (2005), doi:10.1007/s11222-005-4070-y
 */
function fitPower(problem: GlmProblem, choices: FitChoices, frequencies: Float64Array | null): ParameterFit {
  const { family, response, weights } = problem;
  let start = choices.start ?? null;
  const fitAt = (power: number): FittedProblem => {
    const fitted = fitProblem({ ...problem, family: family.withParameter(power) }, { ...choices, start });
    start = fitted.coefficients;
    return fitted;
  };
  let known: { power: number; mean: Float64Array } = { power: NaN, mean: new Float64Array(0) };
  const rowsAt = (power: number): TweedieRows => {
    if (known.power !== power) known = { power, mean: meansOf(problem, fitAt(power).coefficients) };
    return { response, mean: known.mean, weights, ...(frequencies ? { frequencies } : {}) };
  };
  const first = tweedieLogLikelihood(START, rowsAt(START));
  const peak = maximizeInTwo((x, y) => tweedieLogLikelihood(toPower(x), rowsAt(toPower(x)), { dispersion: Math.exp(y) }).logLikelihood, {
    x: Math.log((START - 1) / (2 - START)),
    y: Math.log(first.dispersion),
  });
  const power = toPower(peak.x);
  const atEnd = power < 1 + 2 * NEAR_END || power > 2 - 2 * NEAR_END;
  const fitted = fitAt(power);
  return {
    ...fitted,
    family: family.withParameter(power),
    parameterStandardError: atEnd || !(peak.curvatureOfX > 0) ? null : slopeOfPower(peak.x) / Math.sqrt(peak.curvatureOfX),
    converged: fitted.converged && (peak.converged || atEnd),
    warnings: [
      ...fitted.warnings,
      ...(atEnd ? [powerAtEnd(power)] : []),
      ...(peak.converged || atEnd ? [] : [{ name: "notConverged", message: "The search for the Tweedie power did not settle: give one." }]),
    ],
  };
}

/** The power is searched on the logit of power − 1, so that no step leaves (1, 2). */
function toPower(x: number): number {
  return 1 + NEAR_END + (1 - 2 * NEAR_END) / (1 + Math.exp(-x));
}

function slopeOfPower(x: number): number {
  const share = 1 / (1 + Math.exp(-x));
  return (1 - 2 * NEAR_END) * share * (1 - share);
}

function meansOf({ matrix, offset, family }: GlmProblem, coefficients: Float64Array): Float64Array {
  return multiply(matrix, coefficients).map((value, row) => family.link.inverse(offset ? value + offset[row] : value));
}

function unsettled(name: string): Warning {
  return { name: "notConverged", message: `Coefficients and ${name} did not settle within ${MOST_ROUNDS} rounds.` };
}

function powerAtEnd(power: number): Warning {
  const message = `The likelihood rises up to the end of the range that is searched (power ${power.toFixed(2)}): a ${power < 1.5 ? "Poisson" : "gamma"} family may fit as well.`;
  return { name: "powerAtLimit", message };
}
