import { describe, expect, test } from "vitest";
import {
  binomial,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasi,
  tweedie,
  type Family,
} from "../../../../../src/models/index.ts";
import { createRandom, multiply, randomNormal } from "../../../../../src/numeric/index.ts";
import type { Evaluation } from "../../../../../src/models/gam/fitting/evaluation.ts";
import { openSearch } from "../../../../../src/models/gam/fitting/open-search.ts";
import { ownParameters } from "../../../../../src/models/gam/fitting/own-parameters.ts";
import type { PenaltyBlock } from "../../../../../src/models/gam/fitting/penalty-block.ts";
import { frameAt } from "../../../../../src/models/gam/fitting/penalty-frame.ts";
import { evaluateLaplace } from "../../../../../src/models/gam/fitting/reml.ts";
import { evaluatePredictionError } from "../../../../../src/models/gam/fitting/prediction-error.ts";
import type { SmoothingMethod } from "../../../../../src/models/gam/fitting/smoothing-fit.ts";
import { settle } from "../../../../../src/models/gam/fitting/settle.ts";
import {
  answer,
  defaultSettings,
  fitSmooths,
  joinColumns,
  makeProblem,
  splineColumns,
  type SmoothingProblem,
} from "../../../../support/smoothing-problems.ts";

const numRows = 150;
const random = createRandom(4);
const x = Array.from({ length: numRows }, () => random.next());
const z = Array.from({ length: numRows }, () => random.next());
const noise = Array.from({ length: numRows }, () => randomNormal(random));
const signal = x.map((value, i) => Math.sin(6 * value) + z[i] / 2);

const responses = {
  any: signal.map((value, i) => value + 0.4 * noise[i]),
  positive: signal.map((value, i) => Math.exp(value / 2 + 0.3 * noise[i])),
  count: signal.map((value, i) => Math.floor(Math.exp(value + 0.5 * noise[i]) * 2)),
  event: signal.map((value, i) => Number(value + noise[i] > 0.5)),
};

const ofX = splineColumns(x, 8);
const ofZ = splineColumns(z, 7);
const plain = { nullSpaceDimension: 0, fixed: [null], shape: null };
const ridge = Float64Array.from({ length: 49 }, (_, cell) => (cell % 8 === 0 ? 1 + cell / 49 : 0));

const blocks: readonly PenaltyBlock[] = [
  { ...plain, label: "s(x)", first: 1, size: 8, matrices: [ofX.penalty], ranks: [7], nullSpaceDimension: 1, parameters: [0] },
  { ...plain, label: "s(z)", first: 9, size: 7, matrices: [ofZ.penalty, ridge], ranks: [6, 7], parameters: [1, 2], fixed: [null, null] },
];
const matrix = joinColumns([...ofX.columns, ...ofZ.columns]);

function problemOf(family: Family, response: readonly number[]): SmoothingProblem {
  return { problem: makeProblem(matrix, response, family), blocks };
}

const families: readonly [string, Family, keyof typeof responses][] = [
  ["gaussian identity", gaussian(), "any"],
  ["gaussian log", gaussian({ link: "log" }), "positive"],
  ["poisson log", poisson(), "count"],
  ["poisson sqrt", poisson({ link: "sqrt" }), "count"],
  ["binomial logit", binomial(), "event"],
  ["binomial probit", binomial({ link: "probit" }), "event"],
  ["binomial cloglog", binomial({ link: "cloglog" }), "event"],
  ["gamma log", gamma({ link: "log" }), "positive"],
  ["gamma inverse", gamma(), "positive"],
  ["inverse gaussian log", inverseGaussian({ link: "log" }), "positive"],
  ["quasi mu log", quasi({ link: "log", variance: "mu" }), "count"],
];

/** Log λ far from each other, and log dispersion. */
const PLACE = [1.5, -2, 0.5, -0.7];
/** Central differences of step h err by h² of a third derivative and by rounding over h: 1e-8 and 1e-9 here. */
const STEP = 1e-4;
const DIFFERENCE = 2e-6;

function evaluator(
  { problem, blocks: penalties }: SmoothingProblem,
  method: SmoothingMethod,
  known: boolean,
): (outer: number[]) => Evaluation {
  const settings = { ...defaultSettings, numObservations: numRows };
  const fallback = new Float64Array(matrix.numColumns);
  fallback[0] = problem.family.link.apply(1);
  const { rows, place } = answer(problem, openSearch(matrix.numColumns, problem.family, penalties, { ...settings, fallback }));
  return (outer) => {
    const dispersion = known ? 1 : Math.exp(outer[3]);
    const frame = frameAt(rows.system, Float64Array.from(outer.slice(0, 3), Math.exp));
    const settled = answer(problem, settle(rows, frame, place.visit, { dispersion, numRows, tolerance: 1e-20 }));
    if (!settled) throw new Error("no coefficients");
    if (method === "GCV" || method === "UBRE") {
      const options = { numRows, dispersion: method === "UBRE" ? 0.8 : null, gamma: 1.3 };
      return answer(problem, evaluatePredictionError(rows, settled, Float64Array.from(outer), options));
    }
    const options = { seeksDispersion: !known, isMarginal: method === "ML", gamma: 1.3 };
    return answer(problem, evaluateLaplace(rows, settled, { outer: Float64Array.from(outer), dispersion }, options));
  };
}

describe("the gradient of the criterion is that of central differences", () => {
  test.each(families)("%s", (_, family, response) => {
    for (const method of ["REML", "ML", "GCV", "UBRE"] as const) {
      const known = family.hasKnownDispersion || method === "GCV" || method === "UBRE";
      const evaluate = evaluator(problemOf(family, responses[response]), method, known);
      const at = PLACE.slice(0, known ? 3 : 4);
      const { gradient } = evaluate(at);
      gradient.forEach((slope, k) => {
        const [above, below] = [STEP, -STEP].map((step) => evaluate(at.map((value, l) => (l === k ? value + step : value))).value);
        const difference = (above - below) / (2 * STEP);
        expect(Math.abs(slope - difference)).toBeLessThan(DIFFERENCE * (1 + Math.abs(difference)));
      });
    }
  });
});

test.each(["REML", "ML", "GCV", "UBRE"] as const)("where the information is constant the Hessian of %s is exact", (method) => {
  const problem = problemOf(gaussian(), responses.any);
  const at = method === "REML" || method === "ML" ? PLACE : PLACE.slice(0, 3);
  const evaluate = evaluator(problem, method, at.length === 3);
  const { hessian } = evaluate(at);
  at.forEach((_, k) => {
    const [above, below] = [STEP, -STEP].map((step) => evaluate(at.map((value, l) => (l === k ? value + step : value))).gradient);
    above.forEach((value, l) => {
      const difference = (value - below[l]) / (2 * STEP);
      expect(Math.abs(hessian[k * at.length + l] - difference)).toBeLessThan(DIFFERENCE * (1 + Math.abs(difference)));
    });
  });
});

test("where the information is constant the rows are read twice", () => {
  const problem = problemOf(gaussian(), responses.any);
  const seen: string[] = [];
  fitSmooths(problem, {}, (request) => {
    if (request.kind === "working") seen.push(request.curvature);
    if (request.kind === "slope") seen.push(request.inverse === null ? "no columns" : "columns");
  });
  expect(seen).toEqual(["gram", "none", "no columns"]);
});

describe("a fit", () => {
  test.each(families)("of %s ends where the score equals the penalties' pull, at a minimum of the criterion", (_, family, response) => {
    const problem = problemOf(family, responses[response]);
    const fallback = new Float64Array(matrix.numColumns);
    fallback[0] = family.link.apply(1);
    const fit = fitSmooths(problem, { fallback });
    expect(fit.converged).toBe(true);
    fit.gradient.forEach((slope) => expect(Math.abs(slope)).toBeLessThan(1e-3));
    const linearPredictor = multiply(matrix, fit.coefficients);
    const deviance = problem.problem.response.reduce((sum, y, i) => sum + family.unitDevianceAt(y, linearPredictor[i]), 0);
    expect(Math.abs(fit.deviance / deviance - 1)).toBeLessThan(1e-10);
  });

  test("shares linked parameters and keeps fixed ones", () => {
    const linked = blocks.map((block, b) => (b === 0 ? block : { ...block, parameters: [0, 7], fixed: [null, 2.5] }));
    const fit = fitSmooths({ ...problemOf(poisson(), responses.count), blocks: linked });
    expect(fit.parameters.length).toBe(1);
    expect(fit.smoothing).toEqual([[fit.parameters[0]], [fit.parameters[0], 2.5]]);
    expect(Math.abs(fit.gradient[0])).toBeLessThan(1e-4);
  });

  test("leaves out columns that depend on others, and says which", () => {
    const twice = joinColumns([Float64Array.from(x), Float64Array.from(x, (value) => 3 * value - 1), ...ofX.columns]);
    const problem = { problem: makeProblem(twice, responses.any, gaussian()), blocks: [{ ...blocks[0], first: 3 }] };
    const fit = fitSmooths(problem);
    expect([...fit.aliased.subarray(0, 3)]).toEqual([0, 0, 1]);
    expect(fit.coefficients[2]).toBe(0);
    const once = joinColumns([Float64Array.from(x), ...ofX.columns]);
    const same = fitSmooths({ problem: makeProblem(once, responses.any, gaussian()), blocks: [{ ...blocks[0], first: 2 }] });
    expect(fit.criterion).toBeCloseTo(same.criterion, 8);
  });
});

describe("a family's own parameter", () => {
  const amounts = responses.count.map((count, i) => (count === 0 ? 0 : count * Math.exp(0.4 * noise[(i + 7) % numRows])));
  const estimated: readonly [string, Family, readonly number[]][] = [
    ["negative binomial", negativeBinomial(), responses.count],
    ["tweedie", tweedie(), amounts],
  ];

  test.each(estimated)("of %s: the gradient of the criterion is that of central differences", (_, family, response) => {
    const { problem } = problemOf(family, response);
    const own = ownParameters(family, null);
    const settings = { ...defaultSettings, numObservations: numRows };
    const options = { seeksParameters: true };
    const opening = answer(problem, openSearch(matrix.numColumns, own.familyAt(own.start), blocks, settings, options));
    const evaluate = (outer: number[]): Evaluation => {
      const rows = opening.rows.withFamily(own.familyAt(Float64Array.of(outer[3])), true);
      const frame = frameAt(rows.system, Float64Array.from(outer.slice(0, 3), Math.exp));
      const dispersion = outer.length === 5 ? Math.exp(outer[4]) : 1;
      const settled = answer(problem, settle(rows, frame, opening.place.visit, { dispersion, numRows, tolerance: 1e-20 }));
      if (!settled) throw new Error("no coefficients");
      const laplace = { seeksDispersion: outer.length === 5, isMarginal: false, gamma: 1.3, chosen: own.chosen };
      return answer(problem, evaluateLaplace(rows, settled, { outer: Float64Array.from(outer), dispersion }, laplace));
    };
    const at = [...PLACE.slice(0, 3), 0.4, ...(family.hasKnownDispersion ? [] : [-0.2])];
    const { gradient } = evaluate(at);
    gradient.forEach((slope, k) => {
      const [above, below] = [STEP, -STEP].map((step) => evaluate(at.map((value, l) => (l === k ? value + step : value))).value);
      const difference = (above - below) / (2 * STEP);
      expect(Math.abs(slope - difference)).toBeLessThan(DIFFERENCE * (1 + Math.abs(difference)));
    });
  });

  test.each(estimated)("of %s is found by every method", (_, family, response) => {
    const problem = problemOf(family, response);
    const exact = fitSmooths(problem);
    const [{ value, standardError }] = exact.estimatedParameters;
    expect(exact.family.parameters[0].value).toBe(value);
    expect(standardError).toBeGreaterThan(0);
    for (const method of ["ML", "EFS", "fREML", "GCV"] as const) {
      const fit = fitSmooths(problem, { method });
      expect(fit.converged).toBe(true);
      const [estimate] = fit.estimatedParameters;
      expect(Math.abs(estimate.value - value)).toBeLessThan(standardError as number);
      expect(estimate.standardError).toBeGreaterThan(0);
    }
  });

  test("at the end of its range is said to be there", () => {
    const fit = fitSmooths(
      problemOf(
        negativeBinomial(),
        responses.count.map((_, i) => i % 3),
      ),
    );
    expect(fit.warnings.map(({ name }) => name)).toContain("parameterAtLimit");
    expect(fit.estimatedParameters[0].standardError).toBeNull();
  });
});

describe("a shape", () => {
  /** Coefficients of the columns rise, the left-out last one, of size 0, included. */
  const rows = (size: number, sign: number): Float64Array => {
    const steps = new Float64Array(size * size);
    for (let r = 0; r < size; r++) {
      steps[r * size + r] = -sign;
      if (r + 1 < size) steps[r * size + r + 1] = sign;
    }
    return steps;
  };
  const shaped = (sign: number): PenaltyBlock[] => [{ ...blocks[0], shape: { matrix: rows(8, sign) } }, blocks[1]];
  const curveOf = (fit: { coefficients: Float64Array }): number[] => {
    const grid = Array.from({ length: 101 }, (_, i) => i / 100);
    return grid.map((at) =>
      splineColumns([...x, at], 8).columns.reduce((sum, column, j) => sum + column[numRows] * fit.coefficients[1 + j], 0),
    );
  };

  test.each(families)("of %s holds, where the unconstrained curve bends back", (_, family, response) => {
    const fallback = new Float64Array(matrix.numColumns);
    fallback[0] = family.link.apply(1);
    for (const sign of [1, -1]) {
      const fit = fitSmooths({ ...problemOf(family, responses[response]), blocks: shaped(sign) }, { fallback });
      expect(fit.converged).toBe(true);
      expect(fit.binding[0].length).toBeGreaterThan(0);
      expect(fit.binding[1]).toEqual([]);
      const matrixOfShape = rows(8, sign);
      const scale = Math.max(...fit.coefficients.map(Math.abs));
      for (let r = 0; r < 8; r++) {
        let slack = 0;
        for (let j = 0; j < 8; j++) slack += matrixOfShape[r * 8 + j] * fit.coefficients[1 + j];
        expect(slack).toBeGreaterThan(-1e-9 * scale);
        if (fit.binding[0].includes(r)) expect(Math.abs(slack)).toBeLessThan(1e-9 * scale);
      }
    }
  });

  test("that the unconstrained curve has changes nothing", () => {
    const rising = x.map((value, i) => 2 * value + 0.3 * noise[i]);
    const problem = problemOf(gaussian(), rising);
    const free = fitSmooths(problem);
    const held = fitSmooths({ ...problem, blocks: shaped(1) });
    expect(held.binding).toEqual([[], []]);
    expect(held.criterion).toBeCloseTo(free.criterion, 8);
    const curve = curveOf(held);
    curve.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(curve[i] - 1e-9));
  });

  test("is the best there is: no feasible direction lowers the penalized deviance, and the rows of normal responses are read thrice", () => {
    const problem = problemOf(gaussian(), responses.any);
    let passes = 0;
    const fit = fitSmooths({ ...problem, blocks: shaped(1) }, {}, (request) => (passes += Number(request.kind === "working")));
    expect(passes).toBe(2);
    const penalized = (coefficients: Float64Array): number => {
      const fitted = multiply(matrix, coefficients);
      let sum = fitted.reduce((total, value, i) => total + (problem.problem.response[i] - value) ** 2, 0);
      blocks.forEach(({ matrices, first, size }, b) => {
        matrices.forEach((penalty, k) => {
          for (let i = 0; i < size; i++) {
            for (let j = 0; j < size; j++)
              sum += fit.smoothing[b][k] * penalty[i * size + j] * coefficients[first + i] * coefficients[first + j];
          }
        });
      });
      return sum;
    };
    const least = penalized(fit.coefficients);
    const feasible = rows(8, 1);
    for (let trial = 0; trial < 200; trial++) {
      const moved = fit.coefficients.map((value) => value + 1e-3 * randomNormal(random));
      const isFeasible = Array.from({ length: 8 }, (_, r) => r).every((r) => {
        let slack = 0;
        for (let j = 0; j < 8; j++) slack += feasible[r * 8 + j] * moved[1 + j];
        return slack >= 0;
      });
      if (isFeasible) expect(penalized(moved)).toBeGreaterThan(least);
    }
  });
});
