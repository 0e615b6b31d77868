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

/**
 * A lower triangle in block rows of four, as the kernels have it: block row a is lines k = 0 to 4a + 3 of the four entries (4a, k) to
 * (4a + 3, k). Padded to a multiple of four by the identity.
 */
export interface TiledTriangle {
  /** Block rows. */
  readonly numBlocks: number;
  /** How many block rows are diagonal, from the first on. */
  readonly leading: number;
  readonly lines: Float64Array;
}

/** How many block rows a matrix takes. */
export function countBlocks(size: number): number {
  return Math.ceil(size / 4);
}

/** Doubles of a triangle. */
export function triangleLength(numBlocks: number): number {
  return 8 * numBlocks * (numBlocks + 1);
}

/** Where entry (i, k), k ≤ i, stands. */
export function cellOf(i: number, k: number): number {
  const block = i >> 2;
  return 4 * (2 * block * (block + 1) + k) + (i & 3);
}

/**
 * Writes the lower half of a symmetric matrix, scaled, as a triangle.
 * @param order - the column that comes at each place
 * @param numOrthogonal - how many of the first are known to have no entries but the diagonal's
 * @param scales - divisors of the matrix's rows and columns
 */
export function packScaled(
  matrix: Float64Array,
  { order, numOrthogonal }: { readonly order: Int32Array; readonly numOrthogonal: number },
  scales: Float64Array,
  lines: Float64Array,
): void {
  const size = order.length;
  lines.fill(0);
  for (let place = 0; place < size; place++) {
    const i = order[place];
    const first = place < numOrthogonal ? place : 0;
    for (let other = first, at = cellOf(place, first); other <= place; other++, at += 4) {
      const j = order[other];
      lines[at] = matrix[i >= j ? i * size + j : j * size + i] / (scales[i] * scales[j]);
    }
  }
  for (let place = size; place < 4 * countBlocks(size); place++) lines[cellOf(place, place)] = 1;
}

/** Replaces x, padded to 4 × numBlocks numbers, by the solution of L x = x. */
export function solveLower({ numBlocks, leading, lines }: TiledTriangle, x: Float64Array): void {
  for (let a = 0; a < numBlocks; a++) {
    let [s0, s1, s2, s3] = [x[4 * a], x[4 * a + 1], x[4 * a + 2], x[4 * a + 3]];
    const first = a < leading ? 4 * a : 0;
    let at = cellOf(4 * a, first);
    for (let k = first; k < 4 * a; k++, at += 4) {
      s0 -= lines[at] * x[k];
      s1 -= lines[at + 1] * x[k];
      s2 -= lines[at + 2] * x[k];
      s3 -= lines[at + 3] * x[k];
    }
    x[4 * a] = s0 /= lines[at];
    x[4 * a + 1] = s1 = (s1 - lines[at + 1] * s0) / lines[at + 5];
    x[4 * a + 2] = s2 = (s2 - lines[at + 2] * s0 - lines[at + 6] * s1) / lines[at + 10];
    x[4 * a + 3] = (s3 - lines[at + 3] * s0 - lines[at + 7] * s1 - lines[at + 11] * s2) / lines[at + 15];
  }
}

/** Replaces x, padded to 4 × numBlocks numbers, by the solution of L' x = x. */
export function solveLowerTransposed({ numBlocks, leading, lines }: TiledTriangle, x: Float64Array): void {
  for (let a = numBlocks - 1; a >= 0; a--) {
    const tile = cellOf(4 * a, 4 * a);
    const x3 = x[4 * a + 3] / lines[tile + 15];
    const x2 = (x[4 * a + 2] - lines[tile + 11] * x3) / lines[tile + 10];
    const x1 = (x[4 * a + 1] - lines[tile + 6] * x2 - lines[tile + 7] * x3) / lines[tile + 5];
    const x0 = (x[4 * a] - lines[tile + 1] * x1 - lines[tile + 2] * x2 - lines[tile + 3] * x3) / lines[tile];
    x[4 * a] = x0;
    x[4 * a + 1] = x1;
    x[4 * a + 2] = x2;
    x[4 * a + 3] = x3;
    const first = a < leading ? 4 * a : 0;
    for (let k = first, at = cellOf(4 * a, first); k < 4 * a; k++, at += 4) {
      x[k] -= lines[at] * x0 + lines[at + 1] * x1 + lines[at + 2] * x2 + lines[at + 3] * x3;
    }
  }
}
