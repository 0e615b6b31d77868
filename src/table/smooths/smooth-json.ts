import * as v from "valibot";
import { smoothBasisSize } from "../../numeric/index.ts";
import type { SmoothBasis } from "../../numeric/index.ts";
import { countPolynomials } from "./margin-sizes.ts";
import { marginWidth } from "./smooth-matrix.ts";
import type { SmoothMargin, SmoothVariable } from "./smooth-variable.ts";

const MOST = 1_000_000;
const text = v.pipe(v.string(), v.maxLength(200_000));
const levels = v.pipe(
  v.array(text),
  v.minLength(1),
  v.maxLength(MOST),
  v.check((all) => new Set(all).size === all.length),
);
const finite = v.pipe(v.number(), v.finite());
const finites = v.pipe(v.array(finite), v.maxLength(MOST));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST));
const ascending = v.check<number[]>((values) => values.every((value, k) => k === 0 || values[k - 1] < value));
const growing = v.check<number[]>((values) => values.every((value, k) => k === 0 || values[k - 1] <= value));

/** Splines that are made of their degree and all knots. */
const byDegree = v.pipe(
  v.strictObject({
    kind: v.picklist(["pSpline", "cyclicPSpline", "bSpline"]),
    degree: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(21)),
    knots: v.pipe(finites, growing),
  }),
  // There must be an interval in which all functions of the degree stand.
  v.check(({ kind, degree, knots }) =>
    kind === "cyclicPSpline"
      ? knots.length > degree + 1 && knots[0] < knots.at(-1)!
      : knots.length >= 2 * degree + 2 && knots[degree] < knots[knots.length - 1 - degree],
  ),
);
const thinPlate = v.pipe(
  v.strictObject({
    kind: v.literal("thinPlate"),
    order: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20)),
    shift: v.pipe(finites, v.minLength(1), v.maxLength(20)),
    points: v.pipe(v.array(finites), v.minLength(1), v.maxLength(20)),
    weights: v.pipe(v.array(finite), v.maxLength(100 * MOST)),
    polynomialScales: finites,
    means: finites,
  }),
  v.check(({ order, shift, points, weights, polynomialScales, means }) => {
    const dimension = shift.length;
    const [{ length: numPoints }] = points;
    if (points.length !== dimension || 2 * order <= dimension || numPoints === 0) return false;
    if (dimension === 1 && points[0].some((value, k) => k > 0 && value <= points[0][k - 1])) return false;
    if (points.some((values) => values.length !== numPoints) || weights.length === 0 || weights.length % numPoints !== 0) return false;
    const numPolynomials = countPolynomials(order, dimension);
    const hasPolynomials = polynomialScales.length > 0;
    return hasPolynomials ? polynomialScales.length === numPolynomials && means.length === 0 : means.length === weights.length / numPoints;
  }),
);
const basis = v.variant("kind", [
  v.strictObject({ kind: v.literal("cubicRegression"), knots: v.pipe(finites, v.minLength(3), ascending) }),
  v.strictObject({ kind: v.literal("cyclicCubic"), knots: v.pipe(finites, v.minLength(4), ascending) }),
  byDegree,
  thinPlate,
]);

const margin = v.variant("kind", [
  v.pipe(
    v.strictObject({
      kind: v.literal("basis"),
      expressions: v.pipe(v.array(text), v.minLength(1), v.maxLength(100)),
      basis,
      transform: v.nullable(finites),
    }),
    v.check(({ basis: own, expressions, transform }) => {
      const size = smoothBasisSize(own as SmoothBasis);
      return (
        size > 0 &&
        dimensionOf(own as SmoothBasis) === expressions.length &&
        (transform === null || (transform.length > 0 && transform.length % size === 0))
      );
    }),
  ),
  v.strictObject({ kind: v.literal("levels"), expression: text, levels }),
]);

/** What the JSON of a smooth variable has besides its kind. */
export const smoothEntries: { readonly [Key in Exclude<keyof SmoothVariable, "kind">]: v.GenericSchema<unknown, SmoothVariable[Key]> } = {
  label: text,
  margins: v.pipe(v.array(margin), v.maxLength(50)) as v.GenericSchema<unknown, SmoothMargin[]>,
  order: v.nullable(v.pipe(v.array(count), v.minLength(1), v.maxLength(MOST))),
  reflector: v.nullable(finites),
  centres: v.nullable(finites),
  dropped: v.pipe(v.array(count), v.maxLength(MOST), ascending),
  multipliers: v.pipe(v.array(text), v.maxLength(100)),
  by: v.nullable(
    v.pipe(
      v.strictObject({ expression: text, levels, level: count }),
      v.check(({ levels: all, level }) => level < all.length),
    ),
  ),
};

/** Whether the sizes of a smooth variable fit together. */
export function fitsTogether({ margins, order, reflector, centres, dropped, multipliers }: SmoothVariable): boolean {
  const all = margins.reduce((product, one) => product * marginWidth(one), 1);
  if (all > MOST || (margins.length === 0 && multipliers.length === 0)) return false;
  if (order !== null && order.some((column) => column >= all)) return false;
  const isOfNumbers = margins.length > 0 && margins.every(({ kind }) => kind === "basis");
  if (!isOfNumbers && (order !== null || reflector !== null || centres !== null || dropped.length > 0)) return false;
  const chosen = order?.length ?? all;
  if (reflector !== null && (reflector.length !== chosen || reflector.every((value) => value === 0))) return false;
  const free = chosen - (reflector === null ? 0 : 1);
  if (centres !== null && centres.length !== free) return false;
  return dropped.length < free && dropped.every((column) => column < free);
}

/** How many numbers a basis is of. */
function dimensionOf(one: SmoothBasis): number {
  return one.kind === "thinPlate" ? one.shift.length : 1;
}
