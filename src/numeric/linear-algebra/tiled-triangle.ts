import { Kernel } from "../../kernels/index.ts";

/** A kernel that holds more than this after a call is let go. */
const MOST_BYTES = 64 * 2 ** 20;

// Small factorizations come by the thousand (paths, profiles, folds), and one instance serves them all in turn: each gives back what it took.
let shared: Kernel | undefined;

/** Runs work in a kernel's memory, all of which it gives back. */
export function inKernel<Result>(work: (kernel: Kernel) => Result): Result {
  const kernel = (shared ??= new Kernel());
  try {
    return kernel.scratch(() => work(kernel));
  } finally {
    if (kernel.bytes > MOST_BYTES) shared = undefined;
  }
}

/** How many block rows of four a matrix takes. */
export function countBlocks(size: number): number {
  return Math.ceil(size / 4);
}

/** Doubles of a lower triangle in block rows of four. */
export function triangleLength(size: number): number {
  const blocks = countBlocks(size);
  return 8 * blocks * (blocks + 1);
}

/** Where entry (i, k), k ≤ i, of a lower triangle stands when it is laid out in block rows of four, as the kernels have it. */
function cellOf(i: number, k: number): number {
  const block = i >> 2;
  return 4 * (2 * block * (block + 1) + k) + (i & 3);
}

/** Lays the lower half of a symmetric or lower triangular matrix out in block rows, padded with the identity. */
export function packLower(matrix: Float64Array, size: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < size; i++) {
    for (let k = 0, at = cellOf(i, 0); k <= i; k++, at += 4) out[at] = matrix[i * size + k];
  }
  for (let i = size; i < 4 * countBlocks(size); i++) out[cellOf(i, i)] = 1;
}

/** The lower triangle that stands in block rows: size × size, row-major, zero above the diagonal. */
export function unpackLower(blocks: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0, at = cellOf(i, 0); k <= i; k++, at += 4) out[i * size + k] = blocks[at];
  }
  return out;
}

/** The symmetric matrix whose 4 × 4 tiles stand in the order (0,0) (1,0) (1,1) (2,0) …: size × size. */
export function unpackTiles(tiles: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const block = i >> 2;
    for (let j = 0; j <= i; j++) {
      out[i * size + j] = out[j * size + i] = tiles[16 * ((block * (block + 1)) / 2 + (j >> 2)) + 4 * (i & 3) + (j & 3)];
    }
  }
  return out;
}
