import { dot, multiplyDense, pickEntries, sandwich, symmetricEigen, transformSymmetric, transposeDense } from "../../../numeric/index.ts";
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
  // With Q an orthonormal basis of the others and B = Q'X of the own columns, what is kept is B'B.
  const basis = multiplyDense(inverseRoot(pickEntries(gram, size, others), q), q, q, pickEntries(gram, size, others, own), p);
  const kept = multiplyDense(transposeDense(basis, q, p), p, q, basis, p);
  const whole = pickEntries(gram, size, own);
  const shares = transformSymmetric(kept, p, transposeDense(inverseRoot(whole, p), p, p), p);
  const fitted = Float64Array.from(own, (column) => coefficients[column]);
  const squareUnder = (matrix: Float64Array): number => dot(fitted, multiplyDense(matrix, p, p, fitted, 1));
  return {
    worst: clamp(symmetricEigen(shares, p).values[0]),
    observed: clamp(squareUnder(kept) / squareUnder(whole)),
    estimate: clamp(traceOf(kept, p) / traceOf(whole, p)),
  };
}

/** M with M G M' = I over the directions that G has, 0 over others. */
function inverseRoot(gram: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(gram, size);
  const scaled = vectors.map((value, cell) => {
    const length = values[cell % size];
    return length > ROUNDING * values[0] ? value / Math.sqrt(length) : 0;
  });
  return transposeDense(scaled, size, size);
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
