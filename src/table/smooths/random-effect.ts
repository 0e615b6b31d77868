import { expressionText } from "../formula/expression-text.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import { numberTexts } from "./smooth-context.ts";
import type { SmoothTask } from "./smooth-context.ts";
import type { SmoothMargin } from "./smooth-variable.ts";
import { makeIdentity } from "./transform-margin.ts";

/** Independent effects of all combinations of levels, the first covariate's changing fastest, times the covariates that are numbers. */
export function learnRandomEffect({ context, spec }: SmoothTask): RawSmooth {
  const [{ covariates, penalized }] = spec.margins;
  const factors = covariates.filter(({ kind }) => kind === "levels").reverse();
  const margins = factors.map((one): SmoothMargin => ({
    kind: "levels",
    expression: expressionText(one.expression),
    levels: context.levelsOf(one),
  }));
  const size = margins.reduce((product, margin) => product * (margin.kind === "levels" ? margin.levels.length : 1), 1);
  return {
    margins,
    order: null,
    penalties: penalized ? [makeIdentity(size)] : [],
    ranks: penalized ? [size] : [],
    nullSpaceDimension: penalized ? 0 : size,
    constrained: null,
    multipliers: numberTexts(covariates),
  };
}
