import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import { finishSmooth } from "./finish-smooth.ts";
import type { FinishedSmooth } from "./finish-smooth.ts";
import { learnMargin } from "./learn-margin.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import type { SmoothContext } from "./smooth-context.ts";
import type { SmoothSpec } from "./smooth-spec.ts";

/** Learns a smooth from the training rows: one, or one for each level of its `by`. @throws InputError with a caret */
export function learnSmooth(context: SmoothContext, spec: SmoothSpec): FinishedSmooth[] {
  const raw = learnRaw(context, spec);
  const { smoothing, place } = spec;
  if (smoothing !== null && smoothing.length !== raw.penalties.length) {
    throw formulaError(context.source, place, {
      expected: `made of ${place.name}( ) with ${raw.penalties.length} smoothing parameters as sp, one for each penalty`,
      received: `${smoothing.length}`,
      mend: "Give one number for each penalty; NA or −1 leaves it to be estimated.",
    });
  }
  return finishSmooth(context, spec, raw);
}

function learnRaw(context: SmoothContext, spec: SmoothSpec): RawSmooth {
  const [margin] = spec.margins;
  if (margin.basis === "re") return randomEffect(context, spec);
  if (spec.type !== "s" || spec.shape !== null || margin.basis === "fs" || margin.basis === "ad") {
    const mend = "Take an s( ) of another basis.";
    throw formulaError(context.source, spec.place, { expected: "made of smooths that can be learned", received: spec.label, mend });
  }
  const points = context.where.rows.points(margin.covariates.map(({ text }) => text));
  const learned = learnMargin(context, spec, margin, points);
  return {
    margins: [learned.margin],
    order: null,
    ...(margin.penalized ? learned : { penalties: [], ranks: [], nullSpaceDimension: learned.width }),
    constrained: "all",
    multipliers: [],
  };
}

/** Independent effects of all combinations of levels, the first covariate's changing fastest, times the covariates that are numbers. */
function randomEffect(context: SmoothContext, spec: SmoothSpec): RawSmooth {
  const [{ covariates, penalized }] = spec.margins;
  const factors = covariates.filter(({ kind }) => kind === "levels").reverse();
  const margins = factors.map((one) => ({
    kind: "levels" as const,
    expression: expressionText(one.expression),
    levels: context.levelsOf(one),
  }));
  const size = margins.reduce((product, { levels }) => product * levels.length, 1);
  const identity = new Float64Array(size * size);
  for (let k = 0; k < size; k++) identity[k * size + k] = 1;
  return {
    margins,
    order: null,
    penalties: penalized ? [identity] : [],
    ranks: penalized ? [size] : [],
    nullSpaceDimension: penalized ? 0 : size,
    constrained: null,
    multipliers: covariates.filter(({ kind }) => kind === "numbers").map(({ text }) => text),
  };
}
