/** What the three-term recurrence of orthogonal polynomials needs: `p[k+1] = (x − centres[k]) p[k] − squaredNorms[k] / squaredNorms[k−1] p[k−1]`. */
export interface Recurrence {
  /** One a degree. */
  readonly centres: number[];
  /** Σ p[k]² over the numbers, for k = 0 … degree. */
  readonly squaredNorms: number[];
}

/**
 * The recurrence of the polynomials that are orthogonal over these numbers (the Stieltjes procedure).
 *
 * @see Forsythe (1957), Journal of the SIAM 5, 74–88, doi:10.1137/0105007
 */
export function findRecurrence(x: Float64Array, degree: number): Recurrence {
  const centres: number[] = [];
  const squaredNorms: number[] = [x.length];
  let before: Float64Array = new Float64Array(x.length);
  let current: Float64Array = new Float64Array(x.length).fill(1);
  for (let k = 0; k < degree; k++) {
    let moment = 0;
    for (let i = 0; i < x.length; i++) moment += x[i] * current[i] * current[i];
    centres.push(moment / squaredNorms[k]);
    const next = step(x, current, before, centres[k], k === 0 ? 0 : squaredNorms[k] / squaredNorms[k - 1]);
    squaredNorms.push(sumSquares(next));
    before = current;
    current = next;
  }
  return { centres, squaredNorms };
}

/** The orthonormal polynomials of degrees 1, 2, … at each number: one array a degree. */
export function evaluateOrthogonalPolynomials(
  centres: readonly number[],
  squaredNorms: readonly number[],
  x: Float64Array,
): Float64Array[] {
  const polynomials: Float64Array[] = [];
  let before: Float64Array = new Float64Array(x.length);
  let current: Float64Array = new Float64Array(x.length).fill(1);
  for (const [k, centre] of centres.entries()) {
    const next = step(x, current, before, centre, k === 0 ? 0 : squaredNorms[k] / squaredNorms[k - 1]);
    const norm = Math.sqrt(squaredNorms[k + 1]);
    const unit = new Float64Array(x.length);
    for (let i = 0; i < unit.length; i++) unit[i] = next[i] / norm;
    polynomials.push(unit);
    before = current;
    current = next;
  }
  return polynomials;
}

function step(x: Float64Array, current: Float64Array, before: Float64Array, centre: number, ratio: number): Float64Array {
  const next = new Float64Array(x.length);
  for (let i = 0; i < next.length; i++) next[i] = (x[i] - centre) * current[i] - ratio * before[i];
  return next;
}

function sumSquares(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
