import { sandwich, symmetricEigen } from "../../../numeric/index.ts";
import { trainingOf } from "../../glm/diagnostics/training.ts";
import { zeroAliased } from "../../glm/zero-aliased.ts";
import type { GamFit } from "../gam-fit.ts";

/** How far a term could be made of other terms: 0 not at all, 1 altogether. */
export interface ConcurvityMeasures {
  /** Of the function of the term that the others come nearest to. */
  readonly worst: number;
  /** Of the function that was fitted. */
  readonly observed: number;
  /** Of the term's functions on the average, whatever was fitted. */
  readonly estimate: number;
}

/** How far a smooth, or all parametric terms together, can be made of the other terms. */
export interface Concurvity extends ConcurvityMeasures {
  /** Of the smooth, or `parametric terms`. */
  readonly label: string;
  /** The same against each other term alone. */
  readonly pairs: readonly (ConcurvityMeasures & { readonly label: string })[];
  /** What it means, in words; null where the term stands on its own. */
  readonly words: string | null;
}

const PARAMETRIC = "parametric terms";
/** A fitted function of which others could make more than this share is not told apart well. */
const HIGH = 0.8;
/** Directions of columns with less than this share of the largest are rounding. */
const ROUNDING = 1e-12;

/**
 * Concurvity: what collinearity is for curves, from the columns of the training rows.
 *
 * @see Wood (2017), Generalized Additive Models, 2nd edition, doi:10.1201/9781315370279, section 5.9; Ramsay, Burnett and Krewski (2003),
 * doi:10.1097/01.EDE.0000058817.48391.3E (what it does to standard errors)
 */
export function measureConcurvity(fit: GamFit): Concurvity[] {
  const { design } = trainingOf("GamModel.concurvity", fit);
  const { matrix } = design;
  const gram = sandwich(matrix, new Float64Array(matrix.numRows).fill(1));
  const parts = listParts(fit);
  const coefficients = zeroAliased(fit.estimates);
  const compare = (part: Part, others: readonly Part[]): ConcurvityMeasures =>
    compareParts(gram, matrix.numColumns, coefficients, { own: part.columns, others: others.flatMap(({ columns }) => columns) });
  return parts.map((part) => {
    const others = parts.filter((other) => other !== part);
    const measures = compare(part, others);
    const pairs = others.map((other) => ({ label: other.label, ...compare(part, [other]) }));
    return { label: part.label, ...measures, pairs, words: part.isConstant ? null : wordsOf(part.label, measures, pairs) };
  });
}

interface Part {
  readonly label: string;
  /** Whether it is the intercept alone, which any complete set of levels could make: nothing to be read apart. */
  readonly isConstant: boolean;
  readonly columns: readonly number[];
}

function listParts({ recipe, smooths, estimates, aliased }: GamFit): Part[] {
  const isSmooth = new Uint8Array(estimates.length);
  for (const { first, size } of smooths) isSmooth.fill(1, first, first + size);
  const parametric = [...isSmooth.keys()].filter((column) => !isSmooth[column] && !aliased[column]);
  const isConstant = recipe.hasIntercept && parametric.length === 1;
  const ofSmooths = smooths.map(({ label, first, size }): Part => ({
    label,
    isConstant: false,
    columns: Array.from({ length: size }, (_, k) => first + k),
  }));
  return [...(parametric.length > 0 ? [{ label: PARAMETRIC, isConstant, columns: parametric }] : []), ...ofSmooths];
}

/** Shares of `own` columns' squares that projection on the `others` keeps. */
function compareParts(
  gram: Float64Array,
  size: number,
  coefficients: Float64Array,
  { own, others }: { readonly own: readonly number[]; readonly others: readonly number[] },
): ConcurvityMeasures {
  if (others.length === 0) return { worst: 0, observed: 0, estimate: 0 };
  const [p, q] = [own.length, others.length];
  const pick = (rows: readonly number[], columns: readonly number[]): Float64Array =>
    Float64Array.from(
      { length: rows.length * columns.length },
      (_, cell) => gram[rows[Math.floor(cell / columns.length)] * size + columns[cell % columns.length]],
    );
  // With Q an orthonormal basis of the others and B = Q'X of the own columns, what is kept is B'B.
  const whitenOthers = inverseRoot(pick(others, others), q);
  const kept = crossProduct(multiply(whitenOthers, pick(others, own), q, p), q, p);
  const whole = pick(own, own);
  const whitenOwn = inverseRoot(whole, p);
  const shares = multiply(multiply(whitenOwn, kept, p, p), transpose(whitenOwn, p), p, p);
  const fitted = own.map((column) => coefficients[column]);
  return {
    worst: clamp(symmetricEigen(symmetrize(shares, p), p).values[0]),
    observed: clamp(quadratic(kept, fitted) / quadratic(whole, fitted)),
    estimate: clamp(traceOf(kept, p) / traceOf(whole, p)),
  };
}

/** M with M G M' = I over the directions that G has, 0 over others. */
function inverseRoot(gram: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(gram, size);
  return Float64Array.from({ length: size * size }, (_, cell) => {
    const [direction, column] = [Math.floor(cell / size), cell % size];
    return values[direction] > ROUNDING * values[0] ? vectors[column * size + direction] / Math.sqrt(values[direction]) : 0;
  });
}

function multiply(one: Float64Array, other: Float64Array, inner: number, columns: number): Float64Array {
  const product = new Float64Array((one.length / inner) * columns);
  for (let i = 0; i < one.length / inner; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = one[i * inner + k];
      if (factor !== 0) for (let j = 0; j < columns; j++) product[i * columns + j] += factor * other[k * columns + j];
    }
  }
  return product;
}

/** B'B of B, rows × columns. */
function crossProduct(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const product = new Float64Array(columns * columns);
  for (let k = 0; k < rows; k++) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) product[i * columns + j] += matrix[k * columns + i] * matrix[k * columns + j];
    }
  }
  return product;
}

function transpose(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, cell) => matrix[(cell % size) * size + Math.floor(cell / size)]);
}

function symmetrize(matrix: Float64Array, size: number): Float64Array {
  return transpose(matrix, size).map((value, cell) => (value + matrix[cell]) / 2);
}

function quadratic(matrix: Float64Array, vector: readonly number[]): number {
  return vector.reduce(
    (sum, one, i) => sum + one * vector.reduce((inner, other, j) => inner + matrix[i * vector.length + j] * other, 0),
    0,
  );
}

function traceOf(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += matrix[k * size + k];
  return sum;
}

/** Rounding may leave a share slightly outside; a function that is 0 everywhere has none. */
function clamp(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

function wordsOf(
  label: string,
  { observed }: ConcurvityMeasures,
  pairs: readonly (ConcurvityMeasures & { readonly label: string })[],
): string | null {
  if (observed < HIGH) return null;
  const main = pairs.reduce((most, pair) => (pair.observed > most.observed ? pair : most));
  const share = Math.round(100 * observed);
  const alone = main.observed >= HIGH / 2 ? `, ${Math.round(100 * main.observed)} % by ${main.label} alone` : "";
  return `${share} % of what ${label} adds could be said by the other terms${alone}: the data do not tell their parts apart well, and each curve should be read together with the others.`;
}
