import { symmetricEigen } from "../../numeric/index.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import { learnMargin } from "./learn-margin.ts";
import type { LearnedMargin } from "./learn-margin.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import { numberTexts } from "./smooth-context.ts";
import type { SmoothTask } from "./smooth-context.ts";
import type { MarginSpec } from "./smooth-spec.ts";
import type { SmoothMargin } from "./smooth-variable.ts";
import { centreMargin, makeIdentity, spreadMargin } from "./transform-margin.ts";

/** Bases whose coefficients are values of the function already. */
const BY_VALUES: ReadonlySet<string> = new Set(["cr", "cs", "cc"]);

/** A factor of a product with its one penalty. */
interface TensorMargin {
  readonly margin: SmoothMargin;
  readonly width: number;
  /** width × width. */
  readonly penalty: Float64Array;
  readonly rank: number;
  readonly nullSpaceDimension: number;
  readonly penalized: boolean;
}

/**
 * A tensor product te( ), or ti( ) of margins that are centred first: a penalty for each margin, which is that margin's along all others.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, sections 5.6.1 to 5.6.3
 */
export function learnTensor(task: SmoothTask): RawSmooth {
  const { spec } = task;
  const margins = spec.margins.map((margin) => learnTensorMargin(task, margin));
  const penalized = margins.filter((margin) => margin.penalized);
  const sizes = margins.map(({ width }) => width);
  const size = sizes.reduce((product, width) => product * width, 1);
  return {
    margins: margins.map(({ margin }) => margin),
    order: null,
    penalties: margins.flatMap((margin, k) => (margin.penalized ? [spreadPenalty(scaleToUnit(margin), sizes, k)] : [])),
    ranks: penalized.map(({ rank, width }) => (rank * size) / width),
    // What every penalty leaves alone is a product of what each leaves alone; a margin without one is free as a whole.
    nullSpaceDimension: margins.reduce((product, one) => product * (one.penalized ? one.nullSpaceDimension : one.width), 1),
    // Centred margins make centred products; random effects are penalized towards zero, and need no constraint.
    constrained: spec.margins.some(({ centred, basis }) => centred || basis === "re") ? null : "all",
    multipliers: [],
  };
}

/** A margin as te( ) and ti( ) have it. */
function learnTensorMargin(task: SmoothTask, spec: MarginSpec): TensorMargin {
  if (spec.basis === "re") return learnLevels(task, spec);
  const points = task.points(spec.covariates.filter(({ kind }) => kind === "numbers"));
  const learned = learnSinglePenalty(task, spec);
  const centred = spec.centred ? centreMargin(learned, points) : learned;
  const isSpread = task.spec.reparameterized && spec.covariates.length === 1 && !BY_VALUES.has(spec.basis);
  const { margin, width, penalties, ranks, nullSpaceDimension } = isSpread ? spreadMargin(centred, points) : centred;
  return { margin, width, penalty: penalties[0], rank: ranks[0], nullSpaceDimension, penalized: spec.penalized };
}

/** The margin of a product. @throws InputError with a caret where it has several penalties */
export function learnSinglePenalty(task: SmoothTask, spec: MarginSpec): LearnedMargin {
  const learned = learnMargin(task, spec);
  if (learned.penalties.length === 1) return learned;
  throw formulaError(task.context.source, task.spec.place, {
    expected: "made of products whose margins have one penalty each",
    received: `${learned.penalties.length} penalties of ${numberTexts(spec.covariates).join(" and ")}`,
    mend: "Give two numbers as m of the margin.",
  });
}

function learnLevels({ context }: SmoothTask, spec: MarginSpec): TensorMargin {
  const [covariate] = spec.covariates;
  const levels = context.levelsOf(covariate);
  const margin: SmoothMargin = { kind: "levels", expression: expressionText(covariate.expression), levels };
  const width = levels.length;
  return { margin, width, penalty: makeIdentity(width), rank: width, nullSpaceDimension: 0, penalized: spec.penalized };
}

/** The penalty with 1 as its largest eigenvalue. */
function scaleToUnit({ penalty, width }: TensorMargin): Float64Array {
  const [largest] = symmetricEigen(penalty, width).values;
  return penalty.map((value) => value / largest);
}

/** I ⊗ … ⊗ S ⊗ … ⊗ I, with S in place k. */
function spreadPenalty(penalty: Float64Array, sizes: readonly number[], k: number): Float64Array {
  const width = sizes[k];
  const inner = sizes.slice(k + 1).reduce((product, size) => product * size, 1);
  const outer = sizes.slice(0, k).reduce((product, size) => product * size, 1);
  const size = outer * width * inner;
  const out = new Float64Array(size * size);
  for (let block = 0; block < outer; block++) {
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        for (let at = 0; at < inner; at++) {
          out[((block * width + i) * inner + at) * size + (block * width + j) * inner + at] = penalty[i * width + j];
        }
      }
    }
  }
  return out;
}
