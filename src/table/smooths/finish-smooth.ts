import { expressionText } from "../formula/expression-text.ts";
import { findReflector, reflectSymmetric } from "../../numeric/index.ts";
import { evaluateMargin, evaluateProducts, smoothWidth } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import type { SmoothContext } from "./smooth-context.ts";
import type { SmoothSpec } from "./smooth-spec.ts";
import type { LearnedSmooth, SmoothVariable } from "./smooth-variable.ts";

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
export function finishSmooth(context: SmoothContext, spec: SmoothSpec, raw: RawSmooth): FinishedSmooth[] {
  const needsMatrix = raw.constrained !== null || raw.margins.some(({ kind }) => kind === "basis");
  const products = needsMatrix ? evaluateProducts(raw.margins, raw.order, context.where) : null;
  const scales = findScales(raw, products, largestMultiplier(context, raw));
  const scaled = raw.penalties.map((penalty, k) => penalty.map((value) => value / scales[k]));
  const by = spec.by === null ? null : { text: spec.by.text, kind: spec.by.kind };
  const isFree = by?.kind === "numbers" && context.where.rows.points([by.text]).counts.length > 1;
  const reflector = raw.constrained === null || isFree ? null : findConstraint(spec, raw, products!);
  const base: Omit<SmoothVariable, "label" | "by"> = {
    kind: "smooth",
    margins: raw.margins,
    order: raw.order,
    reflector: reflector && [...reflector],
    dropped: [],
    multipliers: by?.kind === "numbers" ? [...raw.multipliers, by.text] : raw.multipliers,
  };
  const penalties = reflector === null ? scaled : scaled.map((penalty) => reflectSymmetric(penalty, reflector));
  const lost = reflector === null ? 0 : 1;
  return listCopies(context, spec).map(({ label, level }) => {
    const variable: SmoothVariable = { ...base, label, by: level };
    const size = smoothWidth(variable);
    return { variable, columns: spec.columns, learned: describeSmooth(spec, raw, { label, size, lost, penalties, scales }) };
  });
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
): Omit<LearnedSmooth, "first"> {
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
    shape: null,
  };
}

/** ‖S‖₁/‖X‖²∞ of each penalty S: numbers that bring penalties of all smooths to the size of X'X. */
function findScales(raw: RawSmooth, products: PointMatrix | null, multiplier: number): number[] {
  let largest = 1;
  if (products !== null) {
    const { matrix, width } = products;
    largest = 0;
    for (let at = 0; at < matrix.length; at += width) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += Math.abs(matrix[at + k]);
      if (sum > largest) largest = sum;
    }
  }
  return raw.penalties.map((penalty) => largestColumn(penalty) / (largest * multiplier) ** 2);
}

/** ‖S‖₁ of a symmetric matrix. */
function largestColumn(penalty: Float64Array): number {
  const size = Math.round(Math.sqrt(penalty.length));
  let largest = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += Math.abs(penalty[i * size + j]);
    if (sum > largest) largest = sum;
  }
  return largest;
}

function largestMultiplier({ where }: SmoothContext, { multipliers }: RawSmooth): number {
  if (multipliers.length === 0) return 1;
  const columns = multipliers.map((text) => where.rows.covariate(text));
  let largest = 0;
  for (let row = 0; row < columns[0].length; row++) {
    let product = 1;
    for (const values of columns) product *= values[row];
    largest = Math.max(largest, Math.abs(product));
  }
  return largest;
}

/** The reflection that takes away what the columns sum to over the training rows, or what they are at the point given. */
function findConstraint(spec: SmoothSpec, raw: RawSmooth, { points, width, matrix }: PointMatrix): Float64Array | null {
  const sums = spec.point === null ? sumColumns(points.counts, width, matrix) : valuesAtPoint(spec, raw);
  if (raw.constrained !== "all") {
    for (let column = 0; column < width; column++) if (!raw.constrained!.includes(column)) sums[column] = 0;
  }
  return sums.some((sum) => sum !== 0) ? findReflector(sums) : null;
}

function sumColumns(counts: Float64Array, width: number, matrix: Float64Array): Float64Array {
  const sums = new Float64Array(width);
  for (let point = 0; point < counts.length; point++) {
    for (let column = 0; column < width; column++) sums[column] += counts[point] * matrix[point * width + column];
  }
  return sums;
}

function valuesAtPoint(spec: SmoothSpec, raw: RawSmooth): Float64Array {
  const texts = spec.covariates.map(({ text }) => text);
  const rows = raw.margins.map((margin) => {
    if (margin.kind !== "basis") throw new Error("vitrine: a point of levels"); // readSmooth lets none pass
    return evaluateMargin(
      margin,
      margin.expressions.map((text) => Float64Array.of(spec.point![texts.indexOf(text)])),
    );
  });
  const product = rows.reduce((one, other) =>
    Float64Array.from({ length: one.length * other.length }, (_, i) => one[Math.floor(i / other.length)] * other[i % other.length]),
  );
  return raw.order === null ? product : Float64Array.from(raw.order, (column) => product[column]);
}

/** One copy, or one for each level of `by`. */
function listCopies(context: SmoothContext, { by, label }: SmoothSpec): { label: string; level: SmoothVariable["by"] }[] {
  if (by === null || by.kind === "numbers") return [{ label, level: null }];
  const levels = context.levelsOf(by);
  const expression = expressionText(by.expression);
  return levels.map((name, level) => ({ label: `${label}:${by.text}${name}`, level: { expression, levels, level } }));
}
