import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  binomial,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasipoisson,
  tweedie,
  type Family,
} from "../../../src/models/index.ts";
import { multiply } from "../../../src/numeric/index.ts";
import type { SmoothingMethod } from "../../../src/models/gam/fitting/smoothing-fit.ts";
import { blockMatrix, fitSmooths, makeProblem, type SmoothingProblem } from "../../support/smoothing-problems.ts";

// Written by make-fits.R beside this file: mgcv, converged as tightly as it goes.
const reference = JSON.parse(readFileSync(new URL("fits.json", import.meta.url), "utf8"));

interface ReferenceFit {
  readonly design: string;
  readonly response: string;
  readonly family: string;
  readonly link: "log" | "logit" | "identity" | "probit" | "cloglog";
  readonly method: SmoothingMethod;
  readonly gamma: number;
  readonly weights: string;
  readonly smoothing: readonly number[];
  readonly criterion: number;
  readonly dispersion: number;
  readonly linearPredictor: readonly number[];
  readonly deviance: number;
  readonly edf: number;
  /** θ or the power. */
  readonly parameter?: number;
}

const families: Record<string, (options: { link: ReferenceFit["link"] }) => Family> = {
  gaussian,
  poisson,
  binomial,
  gamma,
  inverseGaussian,
  quasipoisson,
  negativeBinomial,
  "negativeBinomial 2": () => negativeBinomial({ theta: 2 }),
  tweedie,
  "tweedie 1.5": () => tweedie({ power: 1.5 }),
};

function problemOf({ design, response, family, link, weights }: ReferenceFit): SmoothingProblem {
  const { numColumns, matrix, blocks } = reference.designs[design];
  let parameters = 0;
  return {
    problem: makeProblem(blockMatrix(matrix, reference.numRows, numColumns), reference.columns[response], families[family]({ link }), {
      weights: reference.columns[weights],
    }),
    blocks: blocks.map((block: { matrices: number[][] }) => ({
      ...block,
      matrices: block.matrices.map((values) => Float64Array.from(values)),
      parameters: block.matrices.map(() => parameters++),
      fixed: block.matrices.map(() => null),
    })),
  };
}

/** As a share of the largest number expected. */
function largestDifference(actual: Float64Array, expected: readonly number[]): number {
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / Math.max(...expected.map(Math.abs));
}

/** tr(A B) of symmetric matrices. */
function traceOfProduct(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, cell) => sum + value * b[cell], 0);
}

/** Beyond this a smoothing parameter of mgcv's stands for infinity: how far it went is a matter of when it stopped. */
const INFINITE = 1e6;
/** mgcv stops when its gradient is below 1e-10 of the criterion; ours when the criterion can fall by 1e-10. */
const CRITERION = 1e-6;
const SHARE = 1e-4;
const FITTED = 1e-5;

describe("mgcv's fits", () => {
  test.each(reference.fits as readonly ReferenceFit[])(
    "of $response by $design, $family $link $method gamma $gamma weights $weights",
    (expected) => {
      const problem = problemOf(expected);
      const fit = fitSmooths(problem, { method: expected.method, gamma: expected.gamma });
      expect(fit.converged).toBe(true);
      expect(fit.criterion).toBeLessThan(expected.criterion + CRITERION);
      const isInterior = expected.smoothing.every((smoothing) => smoothing < INFINITE);
      if (isInterior) expect(fit.criterion).toBeCloseTo(expected.criterion, 6);
      expected.smoothing.forEach((smoothing, k) => {
        if (smoothing < INFINITE) expect(Math.abs(fit.parameters[k] / smoothing - 1)).toBeLessThan(SHARE);
        else expect(fit.parametersAtInfinity).toContain(k);
      });
      if (expected.method === "REML" || expected.method === "ML")
        expect(Math.abs(fit.dispersion / expected.dispersion - 1)).toBeLessThan(FITTED);
      fit.estimatedParameters.forEach(({ value }) => expect(Math.abs(value / (expected.parameter as number) - 1)).toBeLessThan(FITTED));
      const degrees = traceOfProduct(fit.fisherInverse, fit.fisherGram);
      expect(Math.abs(degrees / expected.edf - 1)).toBeLessThan(isInterior ? FITTED : SHARE);
      expect(Math.abs(fit.deviance / expected.deviance - 1)).toBeLessThan(FITTED);
      expect(largestDifference(multiply(problem.problem.matrix, fit.coefficients), expected.linearPredictor)).toBeLessThan(FITTED);
    },
  );
});

/** mgcv's EFS takes an unknown dispersion from the Pearson statistic, ours from the restricted likelihood: it is given here, and mgcv stops at 1e-3. */
const LOOSE = 2e-3;

describe("the approximations of mgcv's", () => {
  test.each(reference.approximations as readonly (ReferenceFit & { readonly method: "fREML" | "EFS" })[])(
    "$method of $response, $family $link",
    (expected) => {
      const problem = problemOf(expected);
      const isGiven = expected.method === "EFS" && expected.family === "gamma";
      const fit = fitSmooths(problem, { method: expected.method, dispersion: isGiven ? expected.dispersion : null });
      expect(fit.converged).toBe(true);
      if (expected.method === "EFS" && !isGiven) expect(fit.criterion).toBeLessThan(expected.criterion + CRITERION);
      expected.smoothing.forEach((smoothing, k) => {
        expect(Math.abs(fit.parameters[k] / smoothing - 1)).toBeLessThan(isGiven ? LOOSE : SHARE);
      });
      const difference = largestDifference(multiply(problem.problem.matrix, fit.coefficients), expected.linearPredictor);
      expect(difference).toBeLessThan(isGiven ? LOOSE : FITTED);
    },
  );
});
