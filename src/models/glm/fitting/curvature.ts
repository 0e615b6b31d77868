import {
  QrAccumulator,
  factorCholesky,
  invertCholesky,
  logDeterminant,
  pickEntries,
  solveCholesky,
  solveQuadraticProgram,
} from "../../../numeric/index.ts";
import { ConvergenceError } from "../../../errors.ts";
import type { WorkingSums } from "./pass.ts";

/** Linear inequalities: matrix × coefficients ≥ bounds. */
export interface LinearConstraints {
  /** m × p, row-major. */
  readonly matrix: Float64Array;
  /** m numbers. */
  readonly bounds: Float64Array;
}

/** Remainders below this mean that the information is not positive definite to working precision. */
const DEFINITE = 1e-14;

/** The information at one place, over the columns that are not aliased, ready to solve with. */
export class Curvature {
  readonly observed: boolean;
  /** Whether it is positive definite. */
  readonly isDefinite: boolean;
  readonly #size: number;
  /** Positions of the columns that are not aliased. */
  readonly #kept: readonly number[];
  /** Over those columns. */
  readonly #inner: Inner;

  private constructor(size: number, kept: readonly number[], inner: Inner, observed: boolean) {
    this.#size = size;
    this.#kept = kept;
    this.#inner = inner;
    this.isDefinite = inner.isDefinite;
    this.observed = observed;
  }

  /**
   * Of the sums of a pass.
   * @param aliased p flags
   * @param options `observed`: whether the sums are of the observed information; `keepsGram`: whether `solveWithin` will be asked
   */
  static of(
    { gram, factor }: WorkingSums,
    aliased: Uint8Array,
    { observed, keepsGram }: { readonly observed: boolean; readonly keepsGram: boolean },
  ): Curvature {
    const kept = [...aliased.keys()].filter((column) => aliased[column] === 0);
    const inner = factor
      ? fromFactor(factor, kept, aliased.length)
      : fromGram(gram as Float64Array, kept, { size: aliased.length, keepsGram });
    return new Curvature(aliased.length, kept, inner, observed);
  }

  /** Solves information × step = score; p numbers, 0 where aliased. */
  solve(score: Float64Array): Float64Array {
    return this.#spread(this.#inner.solve(this.#pick(score)));
  }

  /** The step that gains most by the quadratic model and keeps origin + step within the constraints. */
  solveWithin(score: Float64Array, origin: Float64Array | null, { matrix, bounds }: LinearConstraints): Float64Array {
    const from = origin ?? new Float64Array(this.#size);
    const numConstraints = bounds.length;
    const rows = new Float64Array(numConstraints * this.#kept.length);
    const left = new Float64Array(numConstraints);
    for (let c = 0; c < numConstraints; c++) {
      this.#kept.forEach((column, k) => (rows[c * this.#kept.length + k] = matrix[c * this.#size + column]));
      left[c] = bounds[c];
      for (let j = 0; j < this.#size; j++) left[c] -= matrix[c * this.#size + j] * from[j];
    }
    const found = solveQuadraticProgram({ hessian: this.#inner.gram(), linear: this.#pick(score), constraints: rows, bounds: left });
    if (found.status === "solved") return this.#spread(found.x);
    throw new ConvergenceError(
      found.status === "infeasible"
        ? "No coefficients satisfy all constraints: look for bounds that contradict each other or a monotone term."
        : "The constrained step cannot be computed: the columns of the design are too nearly dependent. Leave some of them out.",
    );
  }

  /** The inverse; p × p, row-major, 0 where aliased. */
  invert(): Float64Array {
    const inverse = this.#inner.invert();
    const m = this.#kept.length;
    if (m === this.#size) return inverse;
    const whole = new Float64Array(this.#size ** 2);
    this.#kept.forEach((row, i) => this.#kept.forEach((column, j) => (whole[row * this.#size + column] = inverse[i * m + j])));
    return whole;
  }

  logDeterminant(): number {
    return this.#inner.logDeterminant();
  }

  #pick(whole: Float64Array): Float64Array {
    return Float64Array.from(this.#kept, (column) => whole[column]);
  }

  #spread(part: Float64Array): Float64Array {
    const whole = new Float64Array(this.#size);
    this.#kept.forEach((column, k) => (whole[column] = part[k]));
    return whole;
  }
}

/** The information over the columns that are not aliased. */
interface Inner {
  readonly isDefinite: boolean;
  readonly solve: (score: Float64Array) => Float64Array;
  readonly invert: () => Float64Array;
  readonly logDeterminant: () => number;
  readonly gram: () => Float64Array;
}

function fromGram(
  whole: Float64Array,
  kept: readonly number[],
  { size, keepsGram }: { readonly size: number; readonly keepsGram: boolean },
): Inner {
  const m = kept.length;
  const gram = m === size ? whole : pickEntries(whole, size, kept);
  const factor = factorCholesky(gram, m, { tolerance: DEFINITE });
  // The next pass writes over it.
  const asked = keepsGram ? gram.slice() : new Float64Array(0);
  return {
    isDefinite: factor.rank === m,
    solve: (score) => solveCholesky(factor, score),
    invert: () => invertCholesky(factor),
    logDeterminant: () => logDeterminant(factor),
    gram: () => asked,
  };
}

/** From R of √W [X | z], whose least squares are the step. The score is then not needed, and would square the conditioning. */
function fromFactor(whole: Float64Array, kept: readonly number[], size: number): Inner {
  const m = kept.length;
  const rows = new Float64Array((size + 1) * (m + 1));
  for (let i = 0; i <= size; i++) {
    kept.forEach((column, k) => (rows[i * (m + 1) + k] = whole[i * (size + 1) + column]));
    rows[i * (m + 1) + m] = whole[i * (size + 1) + size];
  }
  const qr = new QrAccumulator(m);
  qr.addRows(rows, size + 1);
  const solved = qr.finish({ tolerance: 0 });
  const triangle = qr.triangle();
  return {
    isDefinite: true,
    solve: () => solved.coefficients,
    invert: () => solved.inverse,
    logDeterminant: () => kept.reduce((sum, _, k) => sum + 2 * Math.log(Math.abs(triangle[k * (m + 1) + k])), 0),
    gram: () => crossProduct(triangle, m),
  };
}

/** R'R of the first m columns of an (m + 1) × (m + 1) triangle. */
function crossProduct(triangle: Float64Array, m: number): Float64Array {
  const product = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      for (let k = 0; k <= Math.min(i, j); k++) product[i * m + j] += triangle[k * (m + 1) + i] * triangle[k * (m + 1) + j];
    }
  }
  return product;
}
