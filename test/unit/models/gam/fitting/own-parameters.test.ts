import { describe, expect, test } from "vitest";
import type { Evaluation } from "../../../../../src/models/gam/fitting/evaluation.ts";
import { openSearch } from "../../../../../src/models/gam/fitting/open-search.ts";
import { ownParameters } from "../../../../../src/models/gam/fitting/own-parameters.ts";
import type { PenaltyBlock } from "../../../../../src/models/gam/fitting/penalty-block.ts";
import { frameAt } from "../../../../../src/models/gam/fitting/penalty-frame.ts";
import { evaluateLaplace } from "../../../../../src/models/gam/fitting/reml.ts";
import { settle } from "../../../../../src/models/gam/fitting/settle.ts";
import { beta, negativeBinomial, poisson, scaledT, tweedie, type Family } from "../../../../../src/models/index.ts";
import { createRandom, randomNormal } from "../../../../../src/numeric/index.ts";
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
const random = createRandom(11);
const x = Array.from({ length: numRows }, () => random.next());
const noise = Array.from({ length: numRows }, () => randomNormal(random));
const signal = x.map((value) => Math.sin(6 * value));
const responses = {
  any: signal.map((value, i) => value + 0.3 * noise[i] * (i % 20 === 0 ? 6 : 1)),
  amount: signal.map((value, i) => (i % 4 === 0 ? 0 : Math.exp(value + 0.4 * noise[i]))),
  count: signal.map((value, i) => Math.floor(Math.exp(value + 0.9 * noise[i]) * 3)),
  share: signal.map((value, i) => 1 / (1 + Math.exp(-value - 0.4 * noise[i]))),
};
/** Counts less spread than Poisson's. */
const even = signal.map((value) => Math.round(Math.exp(value + 1)));

const spline = splineColumns(x, 8);
const blocks: readonly PenaltyBlock[] = [
  {
    label: "s(x)",
    first: 1,
    size: 8,
    matrices: [spline.penalty],
    ranks: [7],
    nullSpaceDimension: 1,
    parameters: [0],
    fixed: [null],
    shape: null,
  },
];
const matrix = joinColumns(spline.columns);

function problemOf(family: Family, response: readonly number[]): SmoothingProblem {
  return { problem: makeProblem(matrix, response, family), blocks };
}

const families: readonly [string, Family, keyof typeof responses][] = [
  ["negative binomial log", negativeBinomial(), "count"],
  ["tweedie log", tweedie(), "amount"],
  ["scaledT identity", scaledT(), "any"],
  ["scaledT of given degrees", scaledT({ degreesOfFreedom: 4 }), "any"],
  ["scaledT of given scale", scaledT({ scale: 0.4 }), "any"],
  ["beta logit", beta(), "share"],
  ["beta probit", beta({ link: "probit" }), "share"],
];

/** Central differences of step h err by h² of a third derivative and by rounding over h: 1e-8 and 1e-9 here. */
const STEP = 1e-4;
const DIFFERENCE = 2e-6;

/** The criterion at log λ, own parameters on their free scales, and log dispersion. */
function evaluator(
  { problem, blocks: penalties }: SmoothingProblem,
  isMarginal: boolean,
): { at: (outer: number[]) => Evaluation; start: number[] } {
  const settings = { ...defaultSettings, numObservations: numRows };
  const own = ownParameters(problem.family, problem.family.startParameters(problem));
  const options = { seeksParameters: true };
  const { rows, place } = answer(problem, openSearch(matrix.numColumns, own.familyAt(own.start), penalties, settings, options));
  const seeksDispersion = !problem.family.hasKnownDispersion;
  return {
    start: [0.7, ...Array.from(own.start, (value) => value + 0.3), ...(seeksDispersion ? [-0.4] : [])],
    at: (outer) => {
      const dispersion = seeksDispersion ? Math.exp(outer[outer.length - 1]) : 1;
      const here = rows.withFamily(own.familyAt(Float64Array.from(outer.slice(1, 1 + own.chosen.length))), true);
      const frame = frameAt(rows.system, Float64Array.of(Math.exp(outer[0])));
      const settled = answer(problem, settle(here, frame, place.visit, { dispersion, numRows, tolerance: 1e-20 }));
      if (!settled) throw new Error("no coefficients");
      const laplace = { seeksDispersion, isMarginal, gamma: 1.3, chosen: own.chosen };
      return answer(problem, evaluateLaplace(here, settled, { outer: Float64Array.from(outer), dispersion }, laplace));
    },
  };
}

describe("the gradient by own parameters is that of central differences", () => {
  test.each(families)("%s", (_, family, response) => {
    for (const isMarginal of [false, true]) {
      const { at, start } = evaluator(problemOf(family, responses[response]), isMarginal);
      const { gradient, hessian } = at(start);
      expect(gradient.length).toBe(start.length);
      start.forEach((__, k) => {
        const [above, below] = [STEP, -STEP].map((step) => at(start.map((value, l) => (l === k ? value + step : value))));
        const difference = (above.value - below.value) / (2 * STEP);
        expect(Math.abs(gradient[k] - difference)).toBeLessThan(DIFFERENCE * (1 + Math.abs(difference)));
        start.forEach((___, l) => {
          const [one, other] = [hessian[k * start.length + l], hessian[l * start.length + k]];
          expect(Math.abs(one - other)).toBeLessThan(1e-9 * (1 + Math.abs(one)));
        });
      });
    }
  });
});

describe("searches over own parameters", () => {
  test.each(families)("%s: settle where the criterion is level, and keep what is given", (_, family, response) => {
    const fit = fitSmooths(problemOf(family, responses[response]));
    expect(fit.converged).toBe(true);
    expect(fit.family.estimatesParameter).toBe(false);
    family.parameters.forEach(({ value }, k) => {
      const settled = fit.family.parameters[k].value as number;
      if (value === null) expect(settled).toBeGreaterThan(0);
      else expect(settled).toBe(value);
    });
    // Newton's last step changes the criterion by less than 1e-10.
    fit.gradient.forEach((slope) => expect(Math.abs(slope)).toBeLessThan(1e-3));
    // A fit with these values given finds the same.
    const given = fitSmooths(problemOf(fit.family, responses[response]));
    expect(given.criterion).toBeCloseTo(fit.criterion, 7);
    expect(given.parameters[0] / fit.parameters[0]).toBeCloseTo(1, 3);
  });

  test("of counts that are not overdispersed end at the Poisson fit, and say so", () => {
    const fit = fitSmooths(problemOf(negativeBinomial(), even));
    const ofPoisson = fitSmooths(problemOf(poisson(), even));
    expect(fit.converged).toBe(true);
    expect(fit.criterion).toBeCloseTo(ofPoisson.criterion, 5);
    expect(fit.warnings).toContainEqual(expect.objectContaining({ name: "parameterAtLimit", subjects: ["theta"] }));
    expect(ofPoisson.family.name).toBe("poisson");
  });
});
