/**
 * The constraints that bind in a quadratic program with Hessian H, factored: J' H J = I, and for the normals N of the active constraints
 * J'N = [R; 0] with R upper triangular.
 */
export interface ActiveSet {
  /** p. */
  readonly size: number;
  /** J' (so that a column of J is contiguous): p × p, row-major. */
  readonly basis: Float64Array;
  /** The columns of R, as long as they are in use. */
  readonly triangle: Float64Array[];
  /** Constraints in the order they were added. */
  readonly active: number[];
  /** Their multipliers; at least p numbers. */
  readonly multipliers: Float64Array;
  /** For each constraint whether it is in the set. */
  readonly isActive: Uint8Array;
}

/** No constraint binds: J = L⁻ᵀ of `H = LL'`. Null where H is not positive definite. */
export function emptyActiveSet(hessian: Float64Array, numConstraints: number): ActiveSet | null {
  const size = Math.round(Math.sqrt(hessian.length));
  const factor = factorize(hessian, size);
  if (factor === null) return null;
  const multipliers = new Float64Array(size + 1);
  return { size, basis: invertLower(factor, size), triangle: [], active: [], multipliers, isActive: new Uint8Array(numConstraints) };
}

/** Adds a constraint with the given normal: rotations turn its part outside the span of the others into one new axis. */
export function addToActive(set: ActiveSet, constraint: number, multiplier: number, normal: Float64Array): void {
  const { size, basis, active } = set;
  const position = active.length;
  const column = new Float64Array(size);
  for (let k = 0; k < size; k++) for (let j = 0; j < size; j++) column[k] += basis[k * size + j] * normal[j];
  for (let k = size - 1; k > position; k--) {
    rotate(set, k - 1, column[k - 1], column[k]);
    column[k - 1] = Math.hypot(column[k - 1], column[k]);
    column[k] = 0;
  }
  set.triangle.push(column);
  set.multipliers[position] = multiplier;
  active.push(constraint);
  set.isActive[constraint] = 1;
}

/** Lets the constraint at a position of `active` go; rotations make R triangular again. */
export function dropFromActive(set: ActiveSet, position: number): void {
  const { active, triangle, multipliers } = set;
  set.isActive[active[position]] = 0;
  active.splice(position, 1);
  triangle.splice(position, 1);
  multipliers.copyWithin(position, position + 1);
  for (let k = position; k < active.length; k++) {
    const [upper, lower] = [triangle[k][k], triangle[k][k + 1]];
    const length = Math.hypot(upper, lower);
    if (length === 0) continue;
    rotate(set, k, upper, lower);
    for (let c = k; c < active.length; c++) {
      const [a, b] = [triangle[c][k], triangle[c][k + 1]];
      triangle[c][k] = (upper * a + lower * b) / length;
      triangle[c][k + 1] = (upper * b - lower * a) / length;
    }
  }
}

/** R⁻¹ times the first coordinates. */
export function solveTriangle({ active, triangle }: ActiveSet, coordinates: Float64Array): Float64Array {
  const solution = coordinates.slice(0, active.length);
  for (let k = active.length - 1; k >= 0; k--) {
    solution[k] /= triangle[k][k];
    for (let i = 0; i < k; i++) solution[i] -= triangle[k][i] * solution[k];
  }
  return solution;
}

/** R'⁻¹ times one number for each active constraint. */
export function solveTransposed({ active, triangle }: ActiveSet, values: Float64Array): Float64Array {
  const solution = values.slice();
  for (let k = 0; k < active.length; k++) {
    for (let i = 0; i < k; i++) solution[k] -= triangle[k][i] * solution[i];
    solution[k] /= triangle[k][k];
  }
  return solution;
}

/** Turns rows k and k + 1 of J' in their plane, so that coordinates (upper, lower) become (length, 0). */
function rotate({ size, basis }: ActiveSet, k: number, upper: number, lower: number): void {
  const length = Math.hypot(upper, lower);
  if (length === 0) return;
  const [cosine, sine] = [upper / length, lower / length];
  for (let j = 0; j < size; j++) {
    const [a, b] = [basis[k * size + j], basis[(k + 1) * size + j]];
    basis[k * size + j] = cosine * a + sine * b;
    basis[(k + 1) * size + j] = cosine * b - sine * a;
  }
}

/** Cholesky: the lower triangle L with `H = LL'`, or null. A pivot lost to rounding counts as not positive. */
function factorize(hessian: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = hessian[i * size + j];
      for (let k = 0; k < j; k++) rest -= factor[i * size + k] * factor[j * size + k];
      if (i === j && !(rest > size * Number.EPSILON * hessian[i * size + i])) return null;
      factor[i * size + j] = i === j ? Math.sqrt(rest) : rest / factor[j * size + j];
    }
  }
  return factor;
}

/** L⁻¹, which is J' for J = L⁻ᵀ. */
function invertLower(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1 / factor[column * size + column];
    for (let i = column + 1; i < size; i++) {
      let sum = 0;
      for (let k = column; k < i; k++) sum -= factor[i * size + k] * inverse[k * size + column];
      inverse[i * size + column] = sum / factor[i * size + i];
    }
  }
  return inverse;
}
