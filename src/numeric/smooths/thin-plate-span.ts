import { dot } from "../linear-algebra/dot.ts";
import { leadingEigen, type LeadingEigen } from "../linear-algebra/leading-eigen.ts";
import { multiplyByPowers } from "./odd-powers.ts";
import { evaluatePolynomial, findRadialKernel, listPolynomials, type RadialKernel } from "./radial-kernel.ts";
import { leadingOfRadial, radialMatrix } from "./radial-sums.ts";

/** Less than this of a vector's length is rounding. */
const ROUNDING = 1e-12;

/** The functions of a thin plate that are no polynomials. */
export interface ThinPlateSpan {
  /** Points × functions, row-major: how much of each point's radial function. */
  readonly weights: Float64Array;
  /** Functions × functions, row-major. */
  readonly penalty: Float64Array;
}

/**
 * Weights W = U Z and the penalty Z'DZ: U the leading eigenvectors of the radial matrix E in descending order of their eigenvalues D, Z an
 * orthonormal basis of what leaves T'UZ = 0 for the polynomials T. Which Z does not change the fit, but what the smoothing parameter is
 * counted in: this is mgcv's, Householder reflections from the right that gather the rows of T'U, one after the other, in the last columns.
 *
 * @param points - one array a dimension
 * @param size - how many eigenvectors; null: U is the identity and D is E
 */
export function spanThinPlate(points: readonly Float64Array[], order: number, size: number | null): ThinPlateSpan {
  const dimension = points.length;
  const numPoints = points[0].length;
  const kernel = findRadialKernel(dimension, order);
  const { vectors, bending } = size === null ? takeAll(kernel, points) : takeLeading(kernel, points, size);
  const polynomials = listPolynomials(dimension, order).map((powers) => evaluatePolynomial(powers, points));
  const crossing = vectors.map((vector) => Float64Array.from(polynomials, (polynomial) => dot(polynomial, vector)));
  for (let p = 0; p < polynomials.length; p++) {
    const reflector = makeReflector(crossing, p, vectors.length - 1 - p);
    for (const columns of [crossing, vectors, bending]) reflect(columns, reflector);
    transpose(bending);
    reflect(bending, reflector);
  }
  const width = vectors.length - polynomials.length;
  const weights = new Float64Array(numPoints * width);
  for (let c = 0; c < width; c++) for (let i = 0; i < numPoints; i++) weights[i * width + c] = vectors[c][i];
  const penalty = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) penalty[i * width + j] = penalty[j * width + i] = (bending[i][j] + bending[j][i]) / 2;
  }
  return { weights, penalty };
}

/** Columns U and U'EU. */
interface Columns {
  readonly vectors: readonly Float64Array[];
  readonly bending: readonly Float64Array[];
}

function takeAll(kernel: RadialKernel, points: readonly Float64Array[]): Columns {
  const size = points[0].length;
  const matrix = radialMatrix(kernel, points);
  return {
    vectors: Array.from({ length: size }, (_, j) => Float64Array.from({ length: size }, (__, i) => (i === j ? 1 : 0))),
    bending: Array.from({ length: size }, (_, j) => matrix.slice(j * size, (j + 1) * size)),
  };
}

function takeLeading(kernel: RadialKernel, points: readonly Float64Array[], size: number): Columns {
  const { values, vectors } = leadingOf(kernel, points, size);
  const descending = Array.from(values.keys()).sort((one, other) => values[other] - values[one]);
  return {
    vectors: descending.map((j) => vectors[j]),
    bending: descending.map((j, at) => Float64Array.from({ length: size }, (_, i) => (i === at ? values[j] : 0))),
  };
}

/** In one dimension the radial matrix need not be written out. */
function leadingOf(kernel: RadialKernel, points: readonly Float64Array[], count: number): LeadingEigen {
  if (points.length > 1) return leadingOfRadial(kernel, points, count);
  const [x] = points;
  return leadingEigen(x.length, count, (weights, width, out) => multiplyByPowers(x, kernel.power, kernel.scale, weights, width, out));
}

/** The vector v whose reflection I − v v' from the right gathers entries 0 … last of a row in the last of them. */
function makeReflector(columns: readonly Float64Array[], row: number, last: number): Float64Array {
  const reflector = new Float64Array(columns.length);
  let squares = 0;
  for (let j = 0; j <= last; j++) {
    reflector[j] = columns[j][row];
    squares += reflector[j] * reflector[j];
  }
  const length = Math.sqrt(squares);
  if (length === 0) return reflector;
  const head = Math.abs(reflector[last]) + length;
  // Of points symmetric about their mean some entries are 0 but for rounding, which shall not choose the side.
  reflector[last] += reflector[last] < -ROUNDING * length ? -length : length;
  // 2 / v'v, with v'v = 2 length (length + |last|).
  const scale = 1 / Math.sqrt(length * head);
  for (let j = 0; j <= last; j++) reflector[j] *= scale;
  return reflector;
}

function reflect(columns: readonly Float64Array[], reflector: Float64Array): void {
  const sum = new Float64Array(columns[0].length);
  for (const [j, column] of columns.entries()) for (let i = 0; i < sum.length; i++) sum[i] += reflector[j] * column[i];
  for (const [j, column] of columns.entries()) for (let i = 0; i < sum.length; i++) column[i] -= reflector[j] * sum[i];
}

function transpose(columns: readonly Float64Array[]): void {
  for (let j = 0; j < columns.length; j++) {
    for (let i = 0; i < j; i++) [columns[j][i], columns[i][j]] = [columns[i][j], columns[j][i]];
  }
}
