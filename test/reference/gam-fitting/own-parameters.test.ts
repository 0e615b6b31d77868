import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { beta, negativeBinomial, scaledT, tweedie, zeroInflatedPoisson, type Family } from "../../../src/models/index.ts";
import { multiply } from "../../../src/numeric/index.ts";
import type { SmoothingMethod } from "../../../src/models/gam/fitting/smoothing-fit.ts";
import { blockMatrix, fitSmooths, makeProblem, type SmoothingProblem } from "../../support/smoothing-problems.ts";

// Written by make-own-parameters.R beside this file: mgcv's nb, tw, scat and betar, converged as tightly as they go.
const reference = JSON.parse(readFileSync(new URL("own-parameters.json", import.meta.url), "utf8"));

interface ReferenceFit {
  readonly response: string;
  readonly family: string;
  readonly link: "log" | "logit" | "identity" | "sqrt" | "cloglog" | "none";
  readonly method: SmoothingMethod;
  readonly weights: string;
  readonly parameters: readonly number[];
  readonly smoothing: readonly number[];
  readonly criterion: number;
  readonly dispersion: number;
  readonly coefficients: readonly number[];
  readonly deviance: number;
  readonly edf: number;
}

const families: Record<string, (options: { link: Exclude<ReferenceFit["link"], "none"> }) => Family> = {
  negativeBinomial,
  tweedie,
  scaledT,
  beta,
  zeroInflatedPoisson: () => zeroInflatedPoisson(),
};

function problemOf({ response, family, link, weights }: ReferenceFit): SmoothingProblem {
  const { numColumns, matrix, blocks } = reference.design;
  return {
    problem: makeProblem(
      blockMatrix(matrix, reference.numRows, numColumns),
      reference.columns[response],
      families[family]({ link: link as Exclude<typeof link, "none"> }),
      {
        weights: reference.columns[weights],
      },
    ),
    blocks: blocks.map((block: { matrices: number[][] }, b: number) => ({
      ...block,
      matrices: block.matrices.map((values) => Float64Array.from(values)),
      parameters: [b],
      fixed: [null],
    })),
  };
}

/** mgcv stops when its gradient is below 1e-10 of the criterion, or when no step lowers it any more. */
const CRITERION = 6;
const SHARE = 1e-3;
const FITTED = 1e-4;

describe("mgcv's fits of families with own parameters", () => {
  test.each(reference.fits as readonly ReferenceFit[])("$response by $family $link $method weights $weights", (expected) => {
    const problem = problemOf(expected);
    const fit = fitSmooths(problem, { method: expected.method });
    expect(fit.converged).toBe(true);
    expect(fit.criterion).toBeCloseTo(expected.criterion, CRITERION);
    expected.parameters.forEach((value, k) => {
      expect(Math.abs((fit.family.parameters[k].value as number) / value - 1)).toBeLessThan(FITTED);
    });
    expected.smoothing.forEach((smoothing, k) => expect(Math.abs(fit.parameters[k] / smoothing - 1)).toBeLessThan(SHARE));
    expect(Math.abs(fit.dispersion / expected.dispersion - 1)).toBeLessThan(FITTED);
    expect(Math.abs(fit.deviance / expected.deviance - 1)).toBeLessThan(FITTED);
    const theirs = multiply(problem.problem.matrix, Float64Array.from(expected.coefficients));
    const scale = Math.max(...theirs.map(Math.abs));
    multiply(problem.problem.matrix, fit.coefficients).forEach((value, row) => {
      expect(Math.abs(value - theirs[row])).toBeLessThan(FITTED * scale);
    });
    // mgcv's expected information of a scaled t leaves the prior weights out, and with it its degrees of freedom.
    if (expected.family === "scaledT" && expected.weights !== "one") return;
    const degrees = fit.fisherInverse.reduce((sum, value, cell) => sum + value * fit.fisherGram[cell], 0);
    expect(Math.abs(degrees / expected.edf - 1)).toBeLessThan(FITTED);
  });
});
