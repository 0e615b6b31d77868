import { evaluateSmoothBasis, multiplyDense, reflectRows, smoothBasisSize } from "../../numeric/index.ts";
import type { DistinctPoints } from "../../numeric/index.ts";
import type { DesignRows } from "../design/design-rows.ts";
import type { BasisMargin, LevelsMargin, SmoothMargin, SmoothVariable } from "./smooth-variable.ts";

/** Functions at the distinct points of some rows. */
export interface PointMatrix {
  /** The point of each row. */
  readonly points: DistinctPoints;
  readonly width: number;
  /** points × width, row-major. */
  readonly matrix: Float64Array;
}

/** The rows that a smooth is evaluated in, and their codes by the levels of a column. */
export interface SmoothRows {
  readonly rows: DesignRows;
  /** A code a row, the same array for the same levels; the number of levels stands for a level that is none of them. */
  readonly codes: (source: Pick<LevelsMargin, "expression" | "levels">) => Int32Array;
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

/** The functions of one margin of numbers at points. @param coordinates - one array a dimension */
export function evaluateMargin({ basis, transform }: BasisMargin, coordinates: readonly Float64Array[]): Float64Array {
  const raw = evaluateSmoothBasis(basis, coordinates);
  if (transform === null) return raw;
  const size = smoothBasisSize(basis);
  return multiplyDense(raw, coordinates[0].length, size, transform, transform.length / size);
}

/** The chosen products of margins at the distinct points of rows. */
export function evaluateProducts(margins: readonly SmoothMargin[], order: readonly number[] | null, where: SmoothRows): PointMatrix {
  const columns = margins.flatMap((margin) => columnsOf(margin, where));
  const parts = margins.map((margin) => marginAtRows(margin, where, columns.length));
  const points = parts.length === 1 ? parts[0].points : where.rows.points(columns);
  const numPoints = points.counts.length;
  const atPoints = parts.map(({ points: own, width, matrix }) => {
    if (own === points) return { width, matrix };
    const spread = new Float64Array(numPoints * width);
    for (let point = 0; point < numPoints; point++) {
      const from = own.codes[points.firstRows[point]] * width;
      spread.set(matrix.subarray(from, from + width), point * width);
    }
    return { width, matrix: spread };
  });
  const product = atPoints.reduce((one, other) => multiplyRows(one, other, numPoints));
  return { points, ...(order === null ? product : chooseColumns(product, numPoints, order)) };
}

/** All of a smooth's columns but `by` at the distinct points of rows. */
export function evaluateSmooth({ margins, order, reflector, dropped }: SmoothVariable, where: SmoothRows): PointMatrix {
  const { points, width, matrix } = evaluateProducts(margins, order, where);
  const numPoints = points.counts.length;
  const free = reflector === null ? { width, matrix } : { width: width - 1, matrix: reflectRows(matrix, numPoints, reflector) };
  if (dropped.length === 0) return { points, ...free };
  const kept = Array.from({ length: free.width }, (_, column) => column).filter((column) => !dropped.includes(column));
  return { points, ...chooseColumns(free, numPoints, kept) };
}

/** What a margin reads: keys of columns of numbers. */
function columnsOf(margin: SmoothMargin, { rows, codes }: SmoothRows): string[] {
  return margin.kind === "basis" ? [...margin.expressions] : [rows.codesCovariate(codes(margin))];
}

/** @param together - how many covariates its smooth has in all */
function marginAtRows(margin: SmoothMargin, where: SmoothRows, together: number): PointMatrix {
  const points = where.rows.points(columnsOf(margin, where), together);
  if (margin.kind === "basis") return { points, width: marginWidth(margin), matrix: evaluateMargin(margin, points.coordinates) };
  const width = margin.levels.length;
  const matrix = new Float64Array(points.counts.length * width);
  for (const [point, code] of points.coordinates[0].entries()) if (code < width) matrix[point * width + code] = 1;
  return { points, width, matrix };
}

/** Every column of one times every column of the other, whose columns change fastest. */
function multiplyRows(
  one: { readonly width: number; readonly matrix: Float64Array },
  other: { readonly width: number; readonly matrix: Float64Array },
  numPoints: number,
): { width: number; matrix: Float64Array } {
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

function chooseColumns(
  { width, matrix }: { readonly width: number; readonly matrix: Float64Array },
  numPoints: number,
  order: readonly number[],
): { width: number; matrix: Float64Array } {
  const chosen = new Float64Array(numPoints * order.length);
  for (let point = 0, to = 0; point < numPoints; point++) for (const column of order) chosen[to++] = matrix[point * width + column];
  return { width: order.length, matrix: chosen };
}
