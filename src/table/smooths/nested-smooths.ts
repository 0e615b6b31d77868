import { findDependentColumns, QrAccumulator, symmetricEigen } from "../../numeric/index.ts";
import type { Warning } from "../../errors.ts";
import { InputError } from "../../errors.ts";
import type { FinishedSmooth } from "./finish-smooth.ts";
import type { SmoothContext } from "./smooth-context.ts";
import { absorbConstraint, basisMargins, evaluateProducts } from "./smooth-matrix.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { LearnedSmooth, SmoothVariable } from "./smooth-variable.ts";

/** A share of a column that rounding may leave of one that depends on others. */
const TOLERANCE = Math.sqrt(Number.EPSILON);

/**
 * Drops columns of smooths that smooths of fewer covariates, or earlier ones of the same, have already: of s(x) + te(x, z) the straight line
 * in x stands in both. Only functions without a penalty count: what a penalty draws to zero can be told apart.
 *
 * @throws InputError when nothing of a smooth is left
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.6.3 (identifiability of nested smooths)
 */
export function dropNested(
  context: SmoothContext,
  smooths: readonly FinishedSmooth[],
  hasIntercept: boolean,
): { smooths: FinishedSmooth[]; warnings: Warning[] } {
  const all = smooths.map((smooth, position) => ({ smooth, position, covariates: listCovariates(smooth.variable) }));
  const result = [...smooths];
  const warnings: Warning[] = [];
  // Those of fewer covariates come first; of as many, the earlier ones.
  for (const own of [...all].sort((one, other) => one.covariates.length - other.covariates.length || one.position - other.position)) {
    const others = all.filter((other) => other !== own && other.covariates.length > 0 && comesBefore(other, own));
    if (own.covariates.length === 0 || others.length === 0) continue;
    const lower = others.map(({ position }) => result[position]);
    const dropped = findDropped(context, lower, own.smooth, hasIntercept);
    if (dropped.length === 0) continue;
    const labels = lower.map(({ variable }) => variable.label);
    if (dropped.length === own.smooth.learned.size) throw refuseCollinear(context, own.smooth.variable.label, labels);
    result[own.position] = dropColumns(own.smooth, dropped);
    warnings.push(warnNested(own.smooth.variable, dropped.length, labels));
  }
  return { smooths: result, warnings };
}

interface Placed {
  readonly position: number;
  readonly covariates: readonly string[];
}

/** Whether all covariates of a smooth are among another's, which has more of them or comes later. */
function comesBefore(one: Placed, other: Placed): boolean {
  if (!one.covariates.every((text) => other.covariates.includes(text))) return false;
  return one.covariates.length < other.covariates.length || one.position < other.position;
}

/** The covariates of a smooth of numbers, each with what multiplies it; none of smooths of levels, which are penalized as a whole. */
function listCovariates({ margins, multipliers, by }: SmoothVariable): string[] {
  if (margins.length === 0 || margins.some(({ kind }) => kind === "levels")) return [];
  const times = [...multipliers, ...(by === null ? [] : [`${by.expression} = ${by.levels[by.level]}`])].join(" * ");
  return basisMargins(margins).flatMap(({ expressions }) => expressions.map((text) => `${text} * ${times}`));
}

function findDropped(context: SmoothContext, lower: readonly FinishedSmooth[], own: FinishedSmooth, hasIntercept: boolean): number[] {
  const smooths = [...lower, own];
  const sizes = smooths.map(({ learned }) => learned.size);
  const offset = hasIntercept ? 1 : 0;
  const numColumns = offset + sizes.reduce((sum, size) => sum + size, 0);
  const { triangle, means } = reduceRows(context, smooths, numColumns, offset);
  const penalties: number[] = [];
  let first = offset;
  for (const [k, { learned }] of smooths.entries()) {
    for (const row of penaltyRows(learned, means[k])) {
      const whole = new Float64Array(numColumns);
      whole.set(row, first);
      penalties.push(...whole);
    }
    first += sizes[k];
  }
  const rows = Float64Array.from([...triangle, ...penalties]);
  return findDependentColumns(rows, numColumns, numColumns - own.learned.size, TOLERANCE);
}

/** R of the columns of smooths over the training rows, p × p, and the mean size of each smooth's numbers. */
function reduceRows(
  { covariates }: SmoothContext,
  smooths: readonly FinishedSmooth[],
  numColumns: number,
  offset: number,
): { triangle: number[]; means: number[] } {
  const { variable: own } = smooths[smooths.length - 1];
  // All of them have the same multiplier and level, and the others' covariates are among its own; rows in which multipliers are 0 add nothing.
  const texts = [...new Set([...coordinateTexts(own), ...own.multipliers])];
  const { coordinates, counts } = covariates.points(texts);
  const coordinatesOf = (some: readonly string[]): Float64Array[] => some.map((text) => coordinates[texts.indexOf(text)]);
  const parts = smooths.map(({ variable }): PointMatrix => {
    const { margins, order } = variable;
    const isWhole = variable === own && texts.length === coordinateTexts(own).length;
    const products = isWhole
      ? covariates.products(margins, order)
      : evaluateProducts(basisMargins(margins), order, coordinatesOf(coordinateTexts(variable)));
    return absorbConstraint(variable, products);
  });
  const multipliers = coordinatesOf(own.multipliers);
  const qr = new QrAccumulator(numColumns);
  const row = new Float64Array(numColumns + 1);
  for (let point = 0; point < counts.length; point++) {
    const weight = Math.sqrt(counts[point]);
    if (offset === 1) row[0] = weight;
    const factor = multipliers.reduce((product, values) => product * values[point], weight);
    let to = offset;
    for (const { width, matrix } of parts) for (let k = 0; k < width; k++) row[to++] = factor * matrix[point * width + k];
    qr.addRows(row, 1);
  }
  const upper = qr.triangle();
  const triangle = Array.from(
    { length: numColumns ** 2 },
    (_, at) => upper[Math.floor(at / numColumns) * (numColumns + 1) + (at % numColumns)],
  );
  return { triangle, means: parts.map(({ matrix }) => matrix.reduce((sum, value) => sum + Math.abs(value), 0) / matrix.length) };
}

function coordinateTexts({ margins }: SmoothVariable): string[] {
  return basisMargins(margins).flatMap(({ expressions }) => expressions);
}

/** Rows whose squares sum to a smooth's penalties, each brought to the size of the smooth's numbers. */
function penaltyRows({ penalties, size }: FinishedSmooth["learned"], mean: number): Float64Array[] {
  if (penalties.length === 0) return [];
  const total = new Float64Array(size * size);
  for (const penalty of penalties) {
    const factor = mean ** 2 / (penalty.reduce((sum, value) => sum + Math.abs(value), 0) / penalty.length);
    for (let k = 0; k < total.length; k++) total[k] += factor * penalty[k];
  }
  const { values, vectors } = symmetricEigen(total, size);
  return Array.from(values, (value, j) =>
    Float64Array.from({ length: size }, (_, i) => Math.sqrt(Math.max(0, value)) * vectors[i * size + j]),
  ).filter((_, j) => values[j] > values[0] * 1e-12);
}

function dropColumns({ variable, columns, learned }: FinishedSmooth, dropped: readonly number[]): FinishedSmooth {
  const gone = new Set(dropped);
  const kept = Array.from({ length: learned.size }, (_, column) => column).filter((column) => !gone.has(column));
  const choose = (matrix: Float64Array, rows: readonly number[]): Float64Array =>
    Float64Array.from(rows.flatMap((row) => kept.map((column) => matrix[row * learned.size + column])));
  const { shape } = learned;
  const nullSpaceDimension = Math.max(0, learned.nullSpaceDimension - dropped.length);
  const described: Omit<LearnedSmooth, "first"> = {
    ...learned,
    size: kept.length,
    penalties: learned.penalties.map((penalty) => choose(penalty, kept)),
    ranks: learned.ranks.map((rank) => Math.min(rank, kept.length)),
    nullSpaceDimension,
    isFullyPenalized: nullSpaceDimension === 0,
    shape: shape && {
      ...shape,
      matrix: choose(
        shape.matrix,
        Array.from({ length: shape.numRows }, (_, row) => row),
      ),
    },
  };
  return { columns, variable: { ...variable, dropped }, learned: described };
}

function warnNested({ label, margins }: SmoothVariable, count: number, labels: readonly string[]): Warning {
  const texts = basisMargins(margins).flatMap(({ expressions }) => expressions);
  const advice = texts.length > 1 && !label.startsWith("ti(") ? `: ti(${texts.join(", ")}) is what their product adds to them` : "";
  const message =
    `${count} ${count === 1 ? "column" : "columns"} of ${label} went, because ${labels.join(" and ")} ` +
    `${labels.length === 1 ? "has" : "have"} the same functions${advice}.`;
  return { name: "nestedSmooths", message, subjects: [label, ...labels] };
}

function refuseCollinear({ source }: SmoothContext, label: string, labels: readonly string[]): InputError {
  return new InputError({
    call: source.call,
    argument: `the smooth ${label}`,
    expected: "more than a combination of other smooths",
    received: `nothing beyond ${labels.join(" and ")}`,
    mend: "Take one of them out.",
  });
}
