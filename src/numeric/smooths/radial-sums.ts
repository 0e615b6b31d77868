import type { Kernel } from "../../kernels/index.ts";
import { leadingEigen, type LeadingEigen } from "../linear-algebra/leading-eigen.ts";
import { inKernel } from "../linear-algebra/tiled-triangle.ts";
import type { RadialKernel } from "./radial-kernel.ts";

/** Rows of the radial matrix that are made and summed at once: their numbers stay in the caches. A multiple of 4. */
const TILE = 16;

/** Points in the core's memory. */
interface StoredPoints {
  readonly address: number;
  readonly dimension: number;
  /** Points, made even by one that counts for nothing. */
  readonly stride: number;
}

function storePoints(core: Kernel, points: readonly Float64Array[]): StoredPoints {
  const stride = roundUp(points[0].length, 2);
  const padded = new Float64Array(points.length * stride);
  for (const [k, x] of points.entries()) padded.set(x, k * stride);
  return { address: core.store(padded), dimension: points.length, stride };
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}

/** Weights in the core's memory: stride × a multiple of 4. */
function storeWeights(core: Kernel, weights: Float64Array, width: number, stride: number): number {
  const padded = new Float64Array(stride * roundUp(width, 4));
  copyColumns(weights, width, padded, roundUp(width, 4), width);
  return core.store(padded);
}

/** Copies the first columns of a matrix into another, as many rows as both have. */
function copyColumns(from: Float64Array, fromStride: number, to: Float64Array, toStride: number, width: number): void {
  const numRows = Math.min(Math.floor(from.length / fromStride), Math.floor(to.length / toStride));
  for (let i = 0; i < numRows; i++) for (let c = 0; c < width; c++) to[i * toStride + c] = from[i * fromStride + c];
}

/** The radial function of the distances between all points: points × points. */
export function radialMatrix(kernel: RadialKernel, points: readonly Float64Array[]): Float64Array {
  const size = points[0].length;
  const matrix = new Float64Array(size * size);
  inKernel((core) => {
    const { address, stride } = fillMatrix(core, kernel, points);
    copyColumns(core.floats(address, size * stride), stride, matrix, size, size);
  });
  return matrix;
}

/** Leading eigenvectors of the radial matrix of points, which stays in the core's memory meanwhile. */
export function leadingOfRadial(kernel: RadialKernel, points: readonly Float64Array[], count: number): LeadingEigen {
  const size = points[0].length;
  return inKernel((core) => {
    const { address, stride } = fillMatrix(core, kernel, points);
    return leadingEigen(size, count, (x, width, out) => {
      core.scratch(() => {
        const right = storeWeights(core, x, width, stride);
        const padded = roundUp(width, 4);
        const product = core.allocate(roundUp(size, 4) * padded * 8);
        core.run.multiplyDense(address, roundUp(size, 4), stride, right, padded, product);
        copyColumns(core.floats(product, size * padded), padded, out, width, width);
      });
    });
  });
}

/** Writes the radial matrix, its rows made a multiple of 4 by some that are not written. */
function fillMatrix(core: Kernel, { power, scale }: RadialKernel, points: readonly Float64Array[]): { address: number; stride: number } {
  const size = points[0].length;
  const stored = storePoints(core, points);
  const { stride, dimension } = stored;
  const address = core.allocate(roundUp(size, 4) * stride * 8);
  core.run.fillRadial(stored.address, dimension, stride, stored.address, stride, 0, size, power, scale, address);
  return { address, stride };
}

/** Functions as weighted sums of the radial function of distances from points. */
export interface RadialSums {
  readonly kernel: RadialKernel;
  readonly points: readonly Float64Array[];
  /** Points × width, row-major. */
  readonly weights: Float64Array;
  readonly width: number;
}

/** Writes the functions at places: `width` a place, from `rowStride` to `rowStride`. */
export function evaluateRadialSums(
  { kernel, points, weights, width }: RadialSums,
  coordinates: readonly Float64Array[],
  rowStride: number,
  rows: Float64Array,
): void {
  const numRows = coordinates[0].length;
  const padded = roundUp(width, 4);
  inKernel((core) => {
    const stored = storePoints(core, points);
    const { stride, dimension } = stored;
    const right = storeWeights(core, weights, width, stride);
    const places = storePoints(core, coordinates);
    const values = core.allocate(TILE * stride * 8);
    const sums = core.allocate(TILE * padded * 8);
    const found = core.floats(sums, TILE * padded);
    for (let first = 0; first < numRows; first += TILE) {
      const count = Math.min(TILE, numRows - first);
      core.run.fillRadial(
        stored.address,
        dimension,
        stride,
        places.address,
        places.stride,
        first,
        count,
        kernel.power,
        kernel.scale,
        values,
      );
      core.run.multiplyDense(values, roundUp(count, 4), stride, right, padded, sums);
      for (let i = 0; i < count; i++) {
        for (let c = 0; c < width; c++) rows[(first + i) * rowStride + c] = found[i * padded + c];
      }
    }
  });
}
