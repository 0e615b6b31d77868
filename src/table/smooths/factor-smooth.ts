import { expressionText } from "../formula/expression-text.ts";
import { naturalMargin } from "./natural-margin.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import type { SmoothTask } from "./smooth-context.ts";
import type { LevelsMargin } from "./smooth-variable.ts";
import { learnSinglePenalty } from "./tensor-smooth.ts";

/**
 * A curve for each level of a factor, all with the same smoothing parameters: one for what the basis penalizes, and one for each function
 * that it leaves alone, so that the curves are random effects as a whole.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 7.7.4 (`fs` of mgcv)
 */
export function learnFactorSmooth(task: SmoothTask): RawSmooth {
  const { context, spec } = task;
  const [own] = spec.margins;
  const factor = own.covariates.find(({ kind }) => kind === "levels")!;
  const learned = learnSinglePenalty(task, own);
  const natural = naturalMargin(learned, task.points(own.covariates.filter(({ kind }) => kind === "numbers")), true);
  const levels: LevelsMargin = { kind: "levels", expression: expressionText(factor.expression), levels: context.levelsOf(factor) };
  const [rank] = learned.ranks;
  const { width } = natural;
  const numLevels = levels.levels.length;
  const free = Array.from({ length: width - rank }, (_, k) => [rank + k, rank + k + 1, 1] as const);
  const parts = own.penalized ? [[0, rank, natural.penalties[0][0]] as const, ...free] : [];
  return {
    margins: [levels, natural.margin],
    order: null,
    penalties: parts.map(([from, to, value]) => repeatDiagonal(width, numLevels, from, to, value)),
    ranks: parts.map(([from, to]) => (to - from) * numLevels),
    nullSpaceDimension: own.penalized ? 0 : width * numLevels,
    constrained: null,
    multipliers: [],
  };
}

/** A diagonal matrix that has `value` at positions `from` up to `to` of each of `times` blocks. */
function repeatDiagonal(width: number, times: number, from: number, to: number, value: number): Float64Array {
  const size = width * times;
  const out = new Float64Array(size * size);
  for (let block = 0; block < times; block++) {
    for (let k = block * width + from; k < block * width + to; k++) out[k * size + k] = value;
  }
  return out;
}
