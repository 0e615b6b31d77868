import { findReflector, largestColumnSum, reflectRows, reflectSymmetric } from "../../numeric/index.ts";
import { expressionText } from "../formula/expression-text.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import { findShape } from "./shape-constraint.ts";
import type { SmoothContext, SmoothTask } from "./smooth-context.ts";
import { basisMargins, evaluateProducts, smoothWidth } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { SmoothSpec } from "./smooth-spec.ts";
import type { LearnedSmooth, SmoothVariable } from "./smooth-variable.ts";
import { largestRow, sumColumns } from "./sum-columns.ts";

/** A smooth as the recipe remembers it, and what fitting needs to know. */
export interface FinishedSmooth {
  readonly variable: SmoothVariable;
  /** The table's columns that it reads. */
  readonly columns: readonly string[];
  readonly learned: Omit<LearnedSmooth, "first">;
}

/**
 * Scales the penalties, absorbs the constraint and makes a copy for each level of `by`.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.4.1 (constraints)
 */
export function finishSmooth(task: SmoothTask, raw: RawSmooth): FinishedSmooth[] {
  const { context, spec } = task;
  const products = evaluateRaw(task, raw);
  const scales = findScales(context, raw, products);
  const scaled = raw.penalties.map((penalty, k) => penalty.map((value) => value / scales[k]));
  const number = spec.by?.kind === "numbers" ? spec.by.text : null;
  // A curve times a number that varies is no constant, and needs no constraint.
  const isFree = number !== null && !context.covariates.isConstant(number);
  const reflector = raw.constrained === null || isFree ? null : findConstraint(spec, raw, products!);
  const base: Omit<SmoothVariable, "label" | "by"> = {
    kind: "smooth",
    margins: raw.margins,
    order: raw.order,
    reflector: reflector && [...reflector],
    centres: reflector === null || raw.constrained === "all" ? null : findCentres(products!, reflector),
    dropped: [],
    multipliers: number === null ? raw.multipliers : [...raw.multipliers, number],
  };
  const penalties = reflector === null ? scaled : scaled.map((penalty) => reflectSymmetric(penalty, reflector));
  const lost = reflector === null ? 0 : 1;
  return listCopies(context, spec).map(({ label, level }) => {
    const variable: SmoothVariable = { ...base, label, by: level };
    const learned = describeSmooth(spec, raw, { label, size: smoothWidth(variable), lost, penalties, scales });
    return { variable, columns: spec.columns, learned: { ...learned, shape: findShape(spec, raw, reflector) } };
  });
}

/** The products of a smooth's margins of numbers at the distinct points that it is learned from; null where it has none. */
function evaluateRaw(
  { context, points, spec, isLinked }: SmoothTask,
  { margins, order }: RawSmooth,
): (PointMatrix & { readonly counts: Float64Array }) | null {
  const own = basisMargins(margins);
  if (own.length === 0) return null;
  const texts = own.flatMap(({ expressions }) => expressions);
  const { coordinates, counts } = points(texts.map((text) => spec.covariates.find((one) => one.text === text)!));
  return { counts, ...(isLinked ? evaluateProducts(own, order, coordinates) : context.covariates.products(margins, order)) };
}

function describeSmooth(
  spec: SmoothSpec,
  raw: RawSmooth,
  made: {
    readonly label: string;
    readonly size: number;
    readonly lost: number;
    readonly penalties: readonly Float64Array[];
    readonly scales: readonly number[];
  },
): Omit<LearnedSmooth, "first" | "shape"> {
  const { label, size, lost, penalties, scales } = made;
  const isPenalized = penalties.length > 0;
  const nullSpaceDimension = isPenalized ? Math.max(0, raw.nullSpaceDimension - lost) : size;
  return {
    label,
    size,
    penalties,
    ranks: raw.ranks.map((rank) => Math.min(rank, size)),
    scales,
    nullSpaceDimension,
    smoothing: penalties.map((_, k) => spec.smoothing?.[k] ?? null),
    group: spec.group,
    isRandomEffect: spec.margins.length === 1 && spec.margins[0].basis === "re",
    isFullyPenalized: nullSpaceDimension === 0,
  };
}

/** ‖S‖₁/‖X‖²∞ of each penalty S: what brings penalties of all smooths to the size of X'X. */
function findScales({ covariates }: SmoothContext, raw: RawSmooth, products: PointMatrix | null): number[] {
  const largest = products === null ? 1 : largestRow(products);
  const size = largest * (raw.multipliers.length === 0 ? 1 : covariates.largestProduct(raw.multipliers));
  return raw.penalties.map((penalty) => largestColumnSum(penalty, Math.round(Math.sqrt(penalty.length))) / size ** 2);
}

/** The reflection that takes away what the columns sum to over the training rows, or what they are at the point given. */
function findConstraint(spec: SmoothSpec, raw: RawSmooth, products: PointMatrix & { readonly counts: Float64Array }): Float64Array | null {
  const sums = spec.point === null ? sumColumns(products.counts, products) : valuesAtPoint(spec, raw, spec.point);
  if (raw.constrained !== "all") {
    const kept = new Set(raw.constrained);
    for (let column = 0; column < sums.length; column++) if (!kept.has(column)) sums[column] = 0;
  }
  return sums.some((sum) => sum !== 0) ? findReflector(sums) : null;
}

/** The means of all columns where the constraint was about some of them: what penalties hold to the mean of the rows. */
function findCentres({ counts, width, matrix }: PointMatrix & { readonly counts: Float64Array }, reflector: Float64Array): number[] {
  const sums = sumColumns(counts, { width: width - 1, matrix: reflectRows(matrix, counts.length, reflector) });
  const numRows = counts.reduce((sum, count) => sum + count, 0);
  return Array.from(sums, (sum) => sum / numRows);
}

function valuesAtPoint({ covariates }: SmoothSpec, { margins, order }: RawSmooth, point: readonly number[]): Float64Array {
  const own = basisMargins(margins);
  const texts = own.flatMap(({ expressions }) => expressions);
  const coordinates = texts.map((text) => Float64Array.of(point[covariates.findIndex((one) => one.text === text)]));
  return evaluateProducts(own, order, coordinates).matrix;
}

/** One copy, or one for each level of `by`. */
function listCopies(context: SmoothContext, { by, label }: SmoothSpec): { label: string; level: SmoothVariable["by"] }[] {
  if (by === null || by.kind === "numbers") return [{ label, level: null }];
  const levels = context.levelsOf(by);
  const expression = expressionText(by.expression);
  return levels.map((name, level) => ({ label: `${label}:${by.text}${name}`, level: { expression, levels, level } }));
}
