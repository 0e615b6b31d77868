/** A cubic spline's second derivatives at the knots, and the integral of their square, from its values at the knots. */
export interface CubicCurvature {
  /** size × size, row-major: row j times the values is the second derivative at knot j. */
  readonly curvature: Float64Array;
  /** size × size: ∫ f″² as a quadratic form of the values. */
  readonly penalty: Float64Array;
}

/**
 * Curvature of the cubic spline through values at knots: natural (straight at both ends) or cyclic (the last gap leads back to the first
 * knot). With gaps h, each knot j that has two neighbours gives one equation in the second derivatives γ,
 * h₋ γ₋ / 6 + (h₋ + h₊) γ / 3 + h₊ γ₊ / 6 = (β₊ − β) / h₊ − (β − β₋) / h₋, that is B γ = D β; the integral is β'D'B⁻¹D β.
 *
 * @param gaps - one between each knot and the next; cyclic: as many as knots
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.3.1
 */
export function findCubicCurvature(gaps: Float64Array, isCyclic: boolean): CubicCurvature {
  const size = isCyclic ? gaps.length : gaps.length + 1;
  const first = isCyclic ? 0 : 1;
  const numEquations = isCyclic ? size : size - 2;
  const differences = new Float64Array(numEquations * size);
  const diagonal = new Float64Array(numEquations);
  const beside = new Float64Array(numEquations);
  for (let e = 0; e < numEquations; e++) {
    const knot = first + e;
    const before = gaps[(knot + gaps.length - 1) % gaps.length];
    const after = gaps[knot];
    differences[e * size + ((knot + size - 1) % size)] += 1 / before;
    differences[e * size + knot] -= 1 / before + 1 / after;
    differences[e * size + ((knot + 1) % size)] += 1 / after;
    diagonal[e] = (before + after) / 3;
    beside[e] = after / 6;
  }
  const curvature = new Float64Array(size * size);
  curvature.set(differences, first * size);
  solveTridiagonal(diagonal, beside, isCyclic, curvature.subarray(first * size, (first + numEquations) * size), size);
  const penalty = new Float64Array(size * size);
  for (let e = 0; e < numEquations; e++) {
    for (let i = 0; i < size; i++) {
      const share = differences[e * size + i];
      if (share === 0) continue;
      for (let j = 0; j < size; j++) penalty[i * size + j] += share * curvature[(first + e) * size + j];
    }
  }
  mirror(penalty, size);
  return { curvature, penalty };
}

/** Makes a matrix that is symmetric but for rounding exactly so. */
function mirror(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[i * size + j] = matrix[j * size + i] = (matrix[i * size + j] + matrix[j * size + i]) / 2;
  }
}

/**
 * Solves B X = R in place for a symmetric, diagonally dominant tridiagonal B, which needs no pivots; a cyclic B also joins the last
 * unknown to the first.
 *
 * @param beside - B's entries right of the diagonal; the last one, of a cyclic B, stands in its corners
 * @param rows - R, one row an equation of `width` numbers; replaced by X
 */
function solveTridiagonal(diagonal: Float64Array, beside: Float64Array, isCyclic: boolean, rows: Float64Array, width: number): void {
  const last = diagonal.length - 1;
  const pivots = diagonal.slice();
  // The last column fills up as rows are eliminated: it starts with the corner, and the entry beside the last diagonal joins it.
  const border = new Float64Array(last + 1);
  if (isCyclic && last > 0) border[0] = beside[last];
  if (last > 0) border[last - 1] += beside[last - 1];
  for (let e = 0; e < last; e++) {
    const toNext = e + 1 < last ? beside[e] / pivots[e] : 0;
    const toLast = border[e] / pivots[e];
    if (toNext !== 0) {
      pivots[e + 1] -= toNext * beside[e];
      border[e + 1] -= toNext * border[e];
      for (let c = 0; c < width; c++) rows[(e + 1) * width + c] -= toNext * rows[e * width + c];
    }
    pivots[last] -= toLast * border[e];
    for (let c = 0; c < width; c++) rows[last * width + c] -= toLast * rows[e * width + c];
  }
  for (let e = last; e >= 0; e--) {
    for (let c = 0; c < width; c++) {
      let rest = rows[e * width + c];
      if (e < last) rest -= border[e] * rows[last * width + c];
      if (e + 1 < last) rest -= beside[e] * rows[(e + 1) * width + c];
      rows[e * width + c] = rest / pivots[e];
    }
  }
}
