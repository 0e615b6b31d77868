import { learnSmoothBasis } from "../../numeric/index.ts";
import type { BasisPoints, LearnedBasis, SmoothBasisKind } from "../../numeric/index.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { SmoothContext, SmoothTask } from "./smooth-context.ts";
import type { BasisName, MarginSpec, SmoothSpec } from "./smooth-spec.ts";
import type { BasisMargin } from "./smooth-variable.ts";

const KINDS: Readonly<Partial<Record<BasisName, SmoothBasisKind>>> = {
  tp: "thinPlate",
  ts: "thinPlate",
  fs: "thinPlate",
  cr: "cubicRegression",
  cs: "cubicRegression",
  cc: "cyclicCubic",
  ps: "pSpline",
  ad: "pSpline",
  cp: "cyclicPSpline",
  bs: "bSpline",
};

/** A margin of numbers with the penalties of its functions. */
export interface LearnedMargin {
  readonly margin: BasisMargin;
  readonly width: number;
  /** width × width each. */
  readonly penalties: readonly Float64Array[];
  readonly ranks: readonly number[];
  readonly nullSpaceDimension: number;
}

/**
 * Learns the basis of a margin's numbers from the distinct points of the training rows.
 * @throws InputError with a caret when the points are too few, or the knots do not suit them
 */
export function learnMargin({ context, spec, points: find }: SmoothTask, margin: MarginSpec): LearnedMargin {
  const numbers = margin.covariates.filter(({ kind }) => kind === "numbers");
  const points = find(numbers);
  checkPoints(context, spec, margin, points, numbers.length);
  const { basis, order, size } = margin;
  const learned: LearnedBasis = learnSmoothBasis(KINDS[basis]!, points, {
    size,
    ...(order === null ? {} : { order: basis === "ad" ? [2, 2] : order }),
    knots: findKnots(context, spec, margin, points),
    shrinkage: basis === "cs" || basis === "ts",
  });
  const expressions = numbers.map(({ text }) => text);
  const { penalties, ranks, nullSpaceDimension } = learned;
  const width = Math.round(Math.sqrt(penalties[0].length));
  return { margin: { kind: "basis", expressions, basis: learned.basis, transform: null }, width, penalties, ranks, nullSpaceDimension };
}

/** Bases and penalties take powers of covariates, which must not leave the range of numbers. */
const EXTREME = 1e30;

function checkPoints(context: SmoothContext, spec: SmoothSpec, margin: MarginSpec, { coordinates }: BasisPoints, dimension: number): void {
  for (const [k, values] of coordinates.entries()) {
    if (values.some((value) => value !== values[0])) continue;
    throw formulaError(context.source, spec.place, {
      expected: "made of smooths of covariates that vary",
      received: `${values[0]} in every row as ${margin.covariates[k].text}`,
      mend: "Take the term out: what does not vary explains nothing.",
    });
  }
  for (const [k, values] of coordinates.entries()) {
    const [least, most] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
    if (most - least >= 1 / EXTREME && Math.max(-least, most) <= EXTREME) continue;
    throw formulaError(context.source, spec.place, {
      expected: `made of smooths of covariates that differ by ${1 / EXTREME} at least and are below ${EXTREME}`,
      received: `values from ${least} to ${most} as ${margin.covariates[k].text}`,
      mend: "Measure it in another unit.",
    });
  }
  const numPoints = coordinates[0].length;
  if (numPoints >= margin.size) return;
  const texts = margin.covariates.filter(({ kind }) => kind === "numbers").map(({ text }) => text);
  throw formulaError(context.source, spec.place, {
    expected: `made of smooths with k of at most the number of distinct values, ${numPoints} of ${texts.join(" and ")}`,
    received: `k = ${margin.size}`,
    mend: `Give k = ${numPoints} or less${dimension === 1 && numPoints < 5 ? `, or let ${texts[0]} stand as a linear or a factor term` : ""}.`,
  });
}

/** The user's knots of a margin, dimension after dimension; null where there are none. */
function findKnots(context: SmoothContext, spec: SmoothSpec, margin: MarginSpec, { coordinates }: BasisPoints): number[] | null {
  const texts = margin.covariates.filter(({ kind }) => kind === "numbers").map(({ text }) => text);
  const given = texts.map((text) => (Object.hasOwn(spec.knots, text) ? spec.knots[text] : context.knots.get(text)));
  if (given.every((one) => one === undefined)) return null;
  const allowed = countKnots(margin);
  const lengths = given.map((one) => one?.length ?? 0);
  if (!lengths.every((length) => length === lengths[0] && (allowed === null ? length >= margin.size : allowed.includes(length)))) {
    throw refuseKnots(
      context,
      spec,
      texts,
      `${allowed === null ? `${margin.size} or more` : allowed.join(" or ")} in number`,
      lengths.join(", "),
    );
  }
  if (margin.basis !== "tp" && margin.basis !== "ts" && margin.basis !== "fs")
    checkKnots(context, spec, texts[0], given[0]!, margin, coordinates[0]);
  return given.flatMap((one) => [...one!]);
}

/** How many knots a basis takes; null for any number from its size on. */
function countKnots({ basis, size, order }: MarginSpec): number[] | null {
  switch (basis) {
    case "cr":
    case "cs":
      return [size];
    case "cc":
      return [2, size];
    case "ps":
    case "ad":
      return [2, size + (order?.[0] ?? 2) + 2];
    case "cp":
      return [2, size + 1];
    case "bs":
      return [2, 4, size + (order?.[0] ?? 3) + 1];
    default:
      return null;
  }
}

function checkKnots(
  context: SmoothContext,
  spec: SmoothSpec,
  text: string,
  knots: readonly number[],
  margin: MarginSpec,
  values: Float64Array,
): void {
  const sorted = [...knots].sort((a, b) => a - b);
  const twice = sorted.find((knot, k) => k > 0 && knot === sorted[k - 1]);
  if (twice !== undefined && margin.basis !== "bs") throw refuseKnots(context, spec, [text], "different from each other", `${twice} twice`);
  // All knots of B-splines reach beyond the interval at both ends; what counts is the part in which the functions sum to one.
  const isFull = sorted.length === margin.size + (margin.order?.[0] ?? (margin.basis === "bs" ? 3 : 2)) + (margin.basis === "bs" ? 1 : 2);
  const degree = margin.basis === "bs" ? (margin.order?.[0] ?? 3) : (margin.order?.[0] ?? 2) + 1;
  const isSplined = margin.basis === "ps" || margin.basis === "ad" || margin.basis === "bs";
  const inner = isSplined && isFull ? sorted.slice(degree, -degree) : sorted;
  const [low, high] = [inner[0], inner.at(-1)!];
  if (margin.basis === "cr" || margin.basis === "cs" || (values[0] >= low && values.at(-1)! <= high)) return;
  throw refuseKnots(context, spec, [text], `around all values, from ${values[0]} to ${values.at(-1)}`, `from ${low} to ${high}`);
}

function refuseKnots(context: SmoothContext, spec: SmoothSpec, texts: readonly string[], expected: string, received: string): Error {
  return formulaError(context.source, spec.place, {
    expected: `made of smooths whose knots of ${texts.join(" and ")} are ${expected}`,
    received,
    mend: "Correct the knots, or leave them out.",
  });
}
