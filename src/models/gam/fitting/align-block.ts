import { multiplyDense, symmetricEigen, transformSymmetric } from "../../../numeric/index.ts";
import { clearBeyond, frobenius, sumOfUnits } from "./dense.ts";

/** Penalty matrices in coordinates that suit their smoothing parameters. */
export interface Alignment {
  /** Orthogonal, width × width, row-major: aligned to working coordinates. */
  readonly rotation: Float64Array;
  /** The matrices, each width × width. */
  readonly matrices: readonly Float64Array[];
}

/** A penalty below this share of the largest leaves no digits beside it that an eigenvalue would keep: the cube root of float64's epsilon. */
const DOMINATED = 6e-6;
/** Eigenvalues below this share of the largest count as 0. */
const ZERO = 1e-10;

/**
 * Peels off, size after size, the directions that the largest λS penalize, so that what smaller ones say about the others is not lost in the
 * rounding of the larger: sums of the aligned matrices have no large entries where they should be small. Null where the sizes are near.
 *
 * @param matrices each width × width, zero outside the first `rank` rows and columns
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, appendix B
 */
export function alignPenalties(
  matrices: readonly Float64Array[],
  smoothing: readonly number[],
  { width, rank }: { readonly width: number; readonly rank: number },
): Alignment | null {
  let rotation: Float64Array | null = null;
  let current = matrices.map((matrix) => shrink(matrix, width, rank));
  let waiting = [...matrices.keys()];
  const reach = matrices.map(() => rank);
  let [done, left] = [0, rank];
  while (waiting.length > 1) {
    const sizes = waiting.map((k) => smoothing[k] * frobenius(current[k]));
    const most = Math.max(...sizes);
    const large = waiting.filter((_, at) => sizes[at] >= DOMINATED * most);
    if (large.length === waiting.length) break;
    const { values, vectors } = symmetricEigen(sumOfUnits(large.map((k) => current[k])), left);
    const found = values.filter((value) => value > ZERO * values[0]).length;
    if (found === left) break;
    rotation = turnTail(rotation ?? identity(width), vectors, { width, first: done, count: left });
    for (const k of large) reach[k] = done + found;
    waiting = waiting.filter((k) => !large.includes(k));
    current = current.map((matrix, k) =>
      waiting.includes(k) ? tailOf(transformSymmetric(matrix, left, vectors, left), left, found) : matrix,
    );
    done += found;
    left -= found;
  }
  const turned = rotation;
  if (!turned) return null;
  const aligned = matrices.map((matrix, k) => clearBeyond(transformSymmetric(matrix, width, turned, width), width, reach[k]));
  return { rotation: turned, matrices: aligned };
}

/** The first rows and columns. */
function shrink(matrix: Float64Array, width: number, rank: number): Float64Array {
  return Float64Array.from({ length: rank * rank }, (_, cell) => matrix[Math.floor(cell / rank) * width + (cell % rank)]);
}

/** The rows and columns from `first` on. */
function tailOf(matrix: Float64Array, width: number, first: number): Float64Array {
  const left = width - first;
  return Float64Array.from({ length: left * left }, (_, cell) => matrix[(first + Math.floor(cell / left)) * width + first + (cell % left)]);
}

/** Turns so many columns from `first` on among themselves. */
function turnTail(
  rotation: Float64Array,
  vectors: Float64Array,
  { width, first, count }: { readonly width: number; readonly first: number; readonly count: number },
): Float64Array {
  const columns = Float64Array.from({ length: width * count }, (_, cell) => {
    return rotation[Math.floor(cell / count) * width + first + (cell % count)];
  });
  const turned = multiplyDense(columns, width, count, vectors, count);
  return rotation.map((value, cell) => {
    const column = (cell % width) - first;
    return column >= 0 && column < count ? turned[Math.floor(cell / width) * count + column] : value;
  });
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, cell) => Number(cell % (size + 1) === 0));
}
