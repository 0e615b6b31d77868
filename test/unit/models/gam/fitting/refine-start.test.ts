import { expect, test } from "vitest";
import { gaussian, poisson, type Family } from "../../../../../src/models/index.ts";
import { createRandom, randomNormal } from "../../../../../src/numeric/index.ts";
import { criterionOptions, evaluateCriterion } from "../../../../../src/models/gam/fitting/criterion.ts";
import type { Evaluation } from "../../../../../src/models/gam/fitting/evaluation.ts";
import { openSearch } from "../../../../../src/models/gam/fitting/open-search.ts";
import { searchOuter, type EvaluateAt } from "../../../../../src/models/gam/fitting/outer-search.ts";
import { lookElsewhere } from "../../../../../src/models/gam/fitting/refine-start.ts";
import type { PassSteps } from "../../../../../src/models/glm/fitting/drive.ts";
import { answer, defaultSettings, fitSmooths, joinColumns, makeProblem, splineColumns } from "../../../../support/smoothing-problems.ts";

const numRows = 200;
const random = createRandom(8);
const x = Array.from({ length: numRows }, () => random.next());
const z = Array.from({ length: numRows }, () => random.next());
const noise = Array.from({ length: numRows }, () => randomNormal(random));
const [ofX, ofZ] = [splineColumns(x, 8), splineColumns(z, 8)];
const block = { ranks: [7], nullSpaceDimension: 1, fixed: [null] };
const blocks = [
  { ...block, label: "s(x)", first: 1, size: 8, matrices: [ofX.penalty], parameters: [0] },
  { ...block, label: "s(z)", first: 9, size: 8, matrices: [ofZ.penalty], parameters: [1] },
];
const matrix = joinColumns([...ofX.columns, ...ofZ.columns]);
const signal = x.map((value, i) => Math.sin(6 * value) + Math.sin(9 * z[i]));

const cases: readonly [string, Family, readonly number[]][] = [
  ["normal responses", gaussian(), signal.map((value, i) => value + noise[i])],
  ["counts", poisson(), signal.map((value, i) => Math.floor(Math.exp(value + 0.3 * noise[i]) * 2))],
];

test.each(cases)("a search of %s that is stuck at an infinite parameter is led to the minimum", (_, family, response) => {
  const problem = makeProblem(matrix, response, family);
  const settings = { ...defaultSettings, numObservations: numRows };
  const best = fitSmooths({ problem, blocks });
  const steps = function* (): PassSteps<readonly Evaluation[]> {
    const { rows, place, smoothing } = yield* openSearch(matrix.numColumns, family, blocks, settings);
    const options = criterionOptions(family, settings, []);
    const evaluateAt: EvaluateAt = (outer, from) => evaluateCriterion(rows, outer, { from: from.place.visit, tolerance: 1e-13 }, options);
    const last = options.seeksDispersion ? [0] : [];
    const at = Float64Array.of(Math.log(smoothing[0]), 40, ...last);
    const start = (yield* evaluateCriterion(rows, at, { from: place.visit, tolerance: 1e-13 }, options)) as Evaluation;
    const outerSettings = { numParameters: 2, tolerance: 1e-10, maxIterations: 100, hasExactHessian: rows.isConstant };
    const stuck = yield* searchOuter(evaluateAt, start, outerSettings);
    const first = Float64Array.of(...smoothing.map(Math.log), ...last);
    const led = yield* lookElsewhere(rows, stuck, first, { evaluateAt, options, settings: outerSettings });
    return [stuck.evaluation, led.evaluation];
  };
  const [stuck, led] = answer(problem, steps());
  expect(stuck.outer[1]).toBe(40);
  expect(led.value).toBeLessThan(stuck.value - 1);
  expect(led.value).toBeCloseTo(best.criterion, 7);
});
