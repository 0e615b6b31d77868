import { multiplyDense, pickEntries, symmetricEigen, transformSymmetric } from "../../../numeric/index.ts";
import { clearBeyond, frobenius, sumOfUnits } from "./dense.ts";
import type { PenaltyBlock } from "./penalty-block.ts";

/** One penalty matrix in working coordinates. */
interface WorkingPenalty {
  /** width × width, row-major; or its diagonal alone, where the block is diagonal. */
  readonly values: Float64Array;
  /** Position of its smoothing parameter; −1 where that is fixed. */
  readonly parameter: number;
  /** λ where it is fixed; else null. */
  readonly fixed: number | null;
}

/** The coefficients of one smooth in coordinates that keep what is penalized apart from what is not. */
export interface WorkingBlock {
  readonly label: string;
  /** Its columns in the design. */
  readonly first: number;
  readonly size: number;
  /** How many working coordinates it has. */
  readonly width: number;
  /** Working to original coefficients: size × width, row-major, orthonormal columns; null is the identity. */
  readonly basis: Float64Array | null;
  readonly isDiagonal: boolean;
  /** Which working coordinates are penalized, ascending. The first ones unless the block is diagonal. */
  readonly penalized: readonly number[];
  readonly penalties: readonly WorkingPenalty[];
}

/** Eigenvalues below this share of the largest count as 0: some thousand roundings. */
const ZERO = 1e-12;

/**
 * Rotates the coefficients of a smooth so that each direction is either penalized or not at all: with a single penalty along its eigenvectors.
 * Where λ grows beyond all bounds the coefficients that it does not touch then keep their digits.
 *
 * @param subspace orthonormal columns, size × width, that the coefficients are confined to; null: not confined
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, section 3.1 and appendix B
 */
export function arrangeBlock(block: PenaltyBlock, subspace: Float64Array | null): WorkingBlock {
  const { label, first, size, parameters, fixed } = block;
  const width = subspace ? subspace.length / size : size;
  const kept = block.matrices.map((_, k) => k).filter((k) => fixed[k] !== 0);
  const matrices = kept.map((k) => (subspace ? transformSymmetric(block.matrices[k], size, subspace, width) : block.matrices[k]));
  const penaltyOf = (values: Float64Array, at: number): WorkingPenalty => {
    const k = kept[at];
    return { values, parameter: fixed[k] === null ? parameters[k] : -1, fixed: fixed[k] };
  };
  const place = { label, first, size, width };
  const diagonals = matrices.map((matrix) => diagonalOf(matrix, width));
  if (diagonals.every((diagonal) => diagonal !== null)) {
    const penalized = [...Array(width).keys()].filter((j) => diagonals.some((diagonal) => diagonal[j] > 0));
    return { ...place, basis: subspace, isDiagonal: true, penalized, penalties: diagonals.map(penaltyOf) };
  }
  const { values, vectors } = symmetricEigen(sumOfUnits(matrices), width);
  const isWhole = !subspace && kept.length === block.matrices.length;
  const rank = isWhole ? size - block.nullSpaceDimension : values.filter((value) => value > ZERO * values[0]).length;
  const basis = subspace ? multiplyDense(subspace, size, width, vectors, width) : vectors;
  const penalized = [...Array(rank).keys()];
  if (matrices.length === 1) {
    // Where a covariate has a few values far from the others, rounding can leave penalties that are known to be positive none of their size.
    const length = frobenius(matrices[0]);
    const least = Number.EPSILON * values[0];
    const diagonal = values.map((value, j) => (j < rank ? Math.max(value, least) * length : 0));
    return { ...place, basis, isDiagonal: true, penalized, penalties: [penaltyOf(diagonal, 0)] };
  }
  const rotated = matrices.map((matrix) => clearBeyond(transformSymmetric(matrix, width, vectors, width), width, rank));
  return { ...place, basis, isDiagonal: false, penalized, penalties: rotated.map(penaltyOf) };
}

/** The same block without some working coordinates that no penalty touches. */
export function dropCoordinates(block: WorkingBlock, dropped: readonly number[]): WorkingBlock {
  const { size, width, basis, isDiagonal } = block;
  const kept = [...Array(width).keys()].filter((j) => !dropped.includes(j));
  const narrow = new Float64Array(size * kept.length);
  for (let i = 0; i < size; i++) {
    kept.forEach((j, at) => (narrow[i * kept.length + at] = basis ? basis[i * width + j] : Number(i === j)));
  }
  const penalties = block.penalties.map((penalty) => ({
    ...penalty,
    values: isDiagonal ? Float64Array.from(kept, (j) => penalty.values[j]) : pickEntries(penalty.values, width, kept),
  }));
  const penalized = block.penalized.filter((j) => !dropped.includes(j)).map((j) => kept.indexOf(j));
  return { ...block, width: kept.length, basis: narrow, penalized, penalties };
}

function diagonalOf(matrix: Float64Array, width: number): Float64Array | null {
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) if (i !== j && matrix[i * width + j] !== 0) return null;
  return Float64Array.from({ length: width }, (_, j) => matrix[j * width + j]);
}
