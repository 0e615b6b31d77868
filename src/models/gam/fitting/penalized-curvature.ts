import { factorCholesky, invertCholesky, logDeterminant, solveCholesky } from "../../../numeric/index.ts";
import { addPenalties, type PenaltyFrame } from "./penalty-frame.ts";

/** Remainders below this mean that the matrix is not positive definite to working precision. */
const DEFINITE = 1e-14;

/** X'WX + ΣλS in the coordinates of a frame, ready to solve with. */
export class PenalizedCurvature {
  readonly frame: PenaltyFrame;
  /** X'WX. */
  readonly gram: Float64Array;
  readonly isDefinite: boolean;
  readonly #whole: Float64Array;
  readonly #factor: ReturnType<typeof factorCholesky>;
  #inverse: Float64Array | null = null;

  /** @param gram X'WX in working coordinates */
  constructor(gram: Float64Array, frame: PenaltyFrame) {
    this.frame = frame;
    this.gram = frame.rotation ? frame.rotation.enclose(gram) : gram;
    this.#whole = addPenalties(this.gram.slice(), frame);
    this.#factor = factorCholesky(this.#whole, frame.width, { tolerance: DEFINITE });
    this.isDefinite = this.#factor.rank === frame.width;
  }

  /** The whole matrix; width × width. */
  get matrix(): Float64Array {
    return this.#whole;
  }

  solve(v: Float64Array): Float64Array {
    return solveCholesky(this.#factor, v);
  }

  /** P, the inverse; width × width. */
  get inverse(): Float64Array {
    return (this.#inverse ??= invertCholesky(this.#factor));
  }

  get logDeterminant(): number {
    return logDeterminant(this.#factor);
  }

  /** Of the part over some coordinates: the log of its determinant, and its inverse with zeros in other rows and columns. */
  within(positions: Int32Array): { readonly logDeterminant: number; readonly inverse: Float64Array } {
    const { width } = this.frame;
    const count = positions.length;
    if (count === width) return { logDeterminant: this.logDeterminant, inverse: this.inverse };
    const part = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) part[i * count + j] = this.#whole[positions[i] * width + positions[j]];
    }
    const factor = factorCholesky(part, count, { tolerance: DEFINITE });
    const inner = invertCholesky(factor);
    const inverse = new Float64Array(width * width);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) inverse[positions[i] * width + positions[j]] = inner[i * count + j];
    }
    return { logDeterminant: logDeterminant(factor), inverse };
  }
}
