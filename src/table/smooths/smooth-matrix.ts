import { evaluateSmoothBasis, findDistinctPoints, multiplyDense, reflectRows, smoothBasisSize } from "../../numeric/index.ts";
import type { BasisMargin, SmoothMargin, SmoothVariable } from "./smooth-variable.ts";

/** Functions at points: points × width, row-major. */
export interface PointMatrix {
  readonly width: number;
  readonly matrix: Float64Array;
}

/** How many columns a margin has. */
export function marginWidth(margin: SmoothMargin): number {
  if (margin.kind === "levels") return margin.levels.length;
  const size = smoothBasisSize(margin.basis);
  return margin.transform === null ? size : margin.transform.length / size;
}

/** How many columns a smooth has. */
export function smoothWidth({ margins, order, reflector, dropped }: SmoothVariable): number {
  const chosen = order?.length ?? margins.reduce((product, margin) => product * marginWidth(margin), 1);
  return chosen - (reflector === null ? 0 : 1) - dropped.length;
}

/** The margins of numbers. */
export function basisMargins(margins: readonly SmoothMargin[]): BasisMargin[] {
  return margins.filter((margin) => margin.kind === "basis");
}

/** The functions of one margin at points. @param coordinates - one array a dimension */
export function evaluateMargin({ basis, transform }: BasisMargin, coordinates: readonly Float64Array[]): Float64Array {
  const raw = evaluateSmoothBasis(basis, coordinates);
  if (transform === null) return raw;
  const size = smoothBasisSize(basis);
  return multiplyDense(raw, coordinates[0].length, size, transform, transform.length / size);
}

/**
 * The chosen products of margins at points.
 *
 * @param coordinates - one array a dimension, those of the first margin first
 */
export function evaluateProducts(
  margins: readonly BasisMargin[],
  order: readonly number[] | null,
  coordinates: readonly Float64Array[],
): PointMatrix {
  const numPoints = coordinates[0].length;
  let next = 0;
  const parts = margins.map((margin): PointMatrix => {
    const own = coordinates.slice(next, (next += margin.expressions.length));
    const width = marginWidth(margin);
    // Only thin plates cost more than it costs to find out which coordinates repeat themselves.
    if (margins.length === 1 || margin.basis.kind !== "thinPlate") return { width, matrix: evaluateMargin(margin, own) };
    const { coordinates: distinct, codes } = findDistinctPoints(own);
    const values = evaluateMargin(margin, distinct);
    const matrix = new Float64Array(numPoints * width);
    for (let point = 0; point < numPoints; point++) {
      matrix.set(values.subarray(codes[point] * width, (codes[point] + 1) * width), point * width);
    }
    return { width, matrix };
  });
  const product = parts.reduce((one, other) => multiplyRows(one, other, numPoints));
  return order === null ? product : chooseColumns(product, numPoints, order);
}

/** The products of margins where rows were found to be, computed once for the same margins. @param pointsOf - distinct points of expressions */
export function recallProducts(
  known: Map<readonly SmoothMargin[], PointMatrix>,
  margins: readonly SmoothMargin[],
  order: readonly number[] | null,
  pointsOf: (texts: readonly string[]) => { readonly coordinates: readonly Float64Array[] },
): PointMatrix {
  let found = known.get(margins);
  if (found === undefined) {
    const own = basisMargins(margins);
    found = evaluateProducts(own, order, pointsOf(own.flatMap(({ expressions }) => expressions)).coordinates);
    known.set(margins, found);
  }
  return found;
}

/** All functions of a smooth of numbers at points, the constraint absorbed. @param products - its chosen products at the points */
export function absorbConstraint({ reflector, centres, dropped }: SmoothVariable, { width, matrix }: PointMatrix): PointMatrix {
  const numPoints = matrix.length / width;
  const free = reflector === null ? { width, matrix } : { width: width - 1, matrix: reflectRows(matrix, numPoints, reflector) };
  const centred = centres === null ? free : centreColumns(free, centres);
  if (dropped.length === 0) return centred;
  const gone = new Set(dropped);
  const kept = Array.from({ length: centred.width }, (_, column) => column).filter((column) => !gone.has(column));
  return chooseColumns(centred, numPoints, kept);
}

function centreColumns({ width, matrix }: PointMatrix, centres: readonly number[]): PointMatrix {
  return { width, matrix: matrix.map((value, at) => value - centres[at % width]) };
}

/** Every column of one times every column of the other, whose columns change fastest. */
function multiplyRows(one: PointMatrix, other: PointMatrix, numPoints: number): PointMatrix {
  const width = one.width * other.width;
  const matrix = new Float64Array(numPoints * width);
  for (let point = 0, to = 0; point < numPoints; point++) {
    for (let i = 0; i < one.width; i++) {
      const factor = one.matrix[point * one.width + i];
      for (let j = 0; j < other.width; j++) matrix[to++] = factor * other.matrix[point * other.width + j];
    }
  }
  return { width, matrix };
}

function chooseColumns({ width, matrix }: PointMatrix, numPoints: number, order: readonly number[]): PointMatrix {
  const chosen = new Float64Array(numPoints * order.length);
  for (let point = 0, to = 0; point < numPoints; point++) for (const column of order) chosen[to++] = matrix[point * width + column];
  return { width: order.length, matrix: chosen };
}
