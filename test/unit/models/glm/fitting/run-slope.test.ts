import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addSums, runPass } from "../../../../../src/models/glm/fitting/run-pass.ts";
import type { SlopeRequest, SlopeSums, WorkingSums } from "../../../../../src/models/glm/fitting/pass.ts";
import type { GlmProblem } from "../../../../../src/models/glm/glm-fit.ts";
import { binomial, type Family, gamma, negativeBinomial, poisson, tweedie } from "../../../../../src/models/index.ts";
import { BlockProducts, createRandom, dot, multiply, rowQuadratics, sliceRows } from "../../../../../src/numeric/index.ts";
import { makeMatrix, matrixPlans, type MatrixPlan } from "../../../../support/random-matrices.ts";
import { runWork } from "../../families/run-work.ts";

/** Five-point differences with a step of 1e-3: h⁴ of the fifth derivative beside sums of a few hundred terms of order 1. */
const DIFFERENCE = 1e-7;
/** The same sums in another order. */
const ROUNDING = 1e-11;

const families: readonly (readonly [string, Family])[] = [
  ["binomial logit", binomial()],
  ["binomial probit", binomial({ link: "probit" })],
  ["poisson log", poisson()],
  ["poisson sqrt", poisson({ link: "sqrt" })],
  ["gamma log", gamma({ link: "log" })],
  ["negative binomial log", negativeBinomial({ theta: 1.7 })],
  ["tweedie log", tweedie({ power: 1.4 })],
];

function makeCase(plan: MatrixPlan, family: Family, observed: boolean): { problem: GlmProblem; request: SlopeRequest } {
  const matrix = makeMatrix(plan);
  const random = createRandom(plan.seed + 1);
  const draw = (length: number, low: number, high: number): Float64Array =>
    Float64Array.from({ length }, () => low + (high - low) * random.next());
  const p = matrix.numColumns;
  // A positive definite P: A'A with a ridge.
  const root = draw(p * p, -0.5, 0.5);
  const inverse = Float64Array.from({ length: p * p }, (_, at) => {
    const [j, k] = [Math.floor(at / p), at % p];
    let sum = j === k ? 1 : 0;
    for (let l = 0; l < p; l++) sum += root[j * p + l] * root[k * p + l];
    return sum;
  });
  const isShare = family.name === "binomial";
  const frequencies = Float64Array.from({ length: plan.numRows }, () => 1 + random.integer(3));
  const problem = {
    matrix,
    response: draw(plan.numRows, 0.1, isShare ? 0.9 : 4).map((y) => (family.name === "poisson" ? Math.round(y) : y)),
    weights: draw(plan.numRows, 0.5, 2).map((w, i) => (i % 7 === 3 ? 0 : w * frequencies[i])),
    frequencies,
    // The square root link has means for linear predictors above 0 alone.
    offset: draw(plan.numRows, 0, 0.2).map((value) => value + (family.link.name === "sqrt" ? 3 : 0)),
    family,
  };
  return { problem, request: { kind: "slope", family, coefficients: draw(p, -0.05, 0.05), inverse, observed, dispersion: 0.8 } };
}

function passOf(problem: GlmProblem, request: SlopeRequest): SlopeSums {
  return runPass(problem, new BlockProducts(problem.matrix, { panelRows: 64 }), request) as SlopeSums;
}

/** tr(P XᵀWX) from the loops of the family. */
function traceOf({ matrix, response, weights, offset, family }: GlmProblem, coefficients: Float64Array, request: SlopeRequest): number {
  const linearPredictor = multiply(matrix, coefficients);
  const quadratics = rowQuadratics(matrix, request.inverse as Float64Array);
  return quadratics.reduce((sum, h, i) => {
    const eta = linearPredictor[i] + (offset ? offset[i] : 0);
    return sum + h * runWork(family.work, response[i], eta, weights[i], request.observed).information;
  }, 0);
}

describe("slope pass", () => {
  const plans = matrixPlans(fc.integer({ min: 1, max: 150 })).filter((plan) => makeMatrix(plan).numColumns > 0);

  it.each(families)("%s: its product is the slope of tr(P XᵀWX) along any direction", (_, family) => {
    fc.assert(
      fc.property(plans, fc.boolean(), (plan, observed) => {
        const { problem, request } = makeCase(plan, family, observed);
        const random = createRandom(plan.seed + 2);
        const direction = request.coefficients.map(() => 0.2 * (random.next() - 0.5));
        const at = (t: number): number =>
          traceOf(
            problem,
            request.coefficients.map((value, j) => value + t * direction[j]),
            request,
          );
        const h = 1e-3;
        const difference = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
        const { product } = passOf(problem, request);
        expect(Math.abs(dot(product, direction) - difference)).toBeLessThanOrEqual(DIFFERENCE * (1 + Math.abs(at(0))));
      }),
      { numRuns: 25 },
    );
  });

  it("adds up over blocks of rows", () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(...families), fc.double({ min: 0, max: 1, noNaN: true }), (plan, [, family], share) => {
        const { problem, request } = makeCase(plan, family, true);
        const cut = Math.floor(share * plan.numRows);
        const parts = [
          [0, cut],
          [cut, plan.numRows],
        ].map(([start, end]): GlmProblem => {
          const pick = (values: Float64Array): Float64Array => values.subarray(start, end);
          const { matrix, response, weights, frequencies, offset } = problem;
          return {
            family,
            matrix: sliceRows(matrix, start, end),
            response: pick(response),
            weights: pick(weights),
            frequencies: frequencies ? pick(frequencies) : null,
            offset: offset && pick(offset),
          };
        });
        const whole = passOf(problem, request);
        const joined = addSums(passOf(parts[0], request), passOf(parts[1], request)) as SlopeSums;
        const expectNear = (value: number, expected: number): void =>
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(ROUNDING * plan.numRows * (1 + Math.abs(expected)));
        joined.product.forEach((value, j) => expectNear(value, whole.product[j]));
        joined.saturated.forEach((value, k) => expectNear(value, whole.saturated[k]));
      }),
      { numRuns: 50 },
    );
  });

  it("takes the saturated log-likelihood at the dispersion asked for", () => {
    const { problem, request } = makeCase({ seed: 5, numRows: 40, kinds: ["dense"] }, gamma({ link: "log" }), false);
    const { response, weights, frequencies } = problem;
    expect(passOf(problem, request).saturated).toEqual(problem.family.saturated({ response, weights, frequencies, dispersion: 0.8 }));
  });

  it.each(families.filter(([, { parameterSlopes }]) => parameterSlopes))(
    "%s: differentiates by the family's own parameter",
    (_, family) => {
      fc.assert(
        fc.property(plans, fc.boolean(), (plan, observed) => {
          const { problem, request } = makeCase(plan, family, observed);
          const [{ toFree, fromFree }] = family.parameters;
          const free = toFree(family.parameters[0].value as number);
          const at = (x: number): GlmProblem => ({ ...problem, family: family.withParameters([fromFree(x)]) });
          const h = 1e-3;
          const differenceOf = (f: (x: number) => number): number =>
            (8 * (f(free + h) - f(free - h)) - (f(free + 2 * h) - f(free - 2 * h))) / (12 * h);
          const { byParameters } = passOf(problem, { ...request, byParameters: true });
          if (!byParameters) throw new Error("not asked for");
          const traceAt = (x: number): number => traceOf(at(x), request.coefficients, request);
          expect(Math.abs(byParameters.trace[0] - differenceOf(traceAt))).toBeLessThanOrEqual(DIFFERENCE * (1 + Math.abs(traceAt(free))));
          const scoreAt = (x: number, j: number): number => {
            const asked = { kind: "working", coefficients: request.coefficients, observed, curvature: "none", firth: null } as const;
            const products = new BlockProducts(problem.matrix);
            return (runPass(at(x), products, { ...asked, family: at(x).family }) as WorkingSums).score[j];
          };
          byParameters.score[0].forEach((value, j) => {
            expect(Math.abs(value - differenceOf((x) => scoreAt(x, j)))).toBeLessThanOrEqual(DIFFERENCE * plan.numRows);
          });
        }),
        { numRuns: 15 },
      );
    },
  );

  it("adds derivatives by parameters over blocks of rows", () => {
    const { problem, request } = makeCase({ seed: 8, numRows: 150, kinds: ["dense", "select"] }, tweedie({ power: 1.4 }), true);
    const asked = { ...request, byParameters: true };
    const whole = passOf(problem, asked).byParameters;
    const part = passOf(problem, { ...request, byParameters: false });
    expect(part.byParameters).toBe(null);
    const doubled = (addSums(passOf(problem, asked), passOf(problem, asked)) as SlopeSums).byParameters;
    if (!whole || !doubled) throw new Error("not asked for");
    for (const name of ["gradient", "hessian", "withDispersion", "trace"] as const) {
      expect(Array.from(doubled[name])).toEqual(Array.from(whole[name], (value) => 2 * value));
      expect(whole[name].every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
    }
    expect(Array.from(doubled.score[0])).toEqual(Array.from(whole.score[0], (value) => 2 * value));
    expect(passOf({ ...problem, family: poisson() }, { ...asked, family: poisson() }).byParameters).toBe(null);
  });
});
