import { reflectRows } from "../../numeric/index.ts";
import type { RawSmooth } from "./raw-smooth.ts";
import type { ShapeName, SmoothSpec } from "./smooth-spec.ts";
import type { ShapeConstraint } from "./smooth-variable.ts";

/**
 * Linear inequalities on a P-spline's coefficients that hold its curve to a shape: a B-spline curve rises where its coefficients do, and
 * bends upwards where the slopes between them rise. They are enough for the shape, and nearly needed for it.
 *
 * @see de Boor (2001), A Practical Guide to Splines, chapter X (derivatives of B-splines); Bollaerts, Eilers and van Mechelen (2006),
 * Simple and multiple P-splines regression with shape constraints, doi:10.1348/000711005X84293
 */
export function findShape({ shape }: SmoothSpec, { margins: [margin] }: RawSmooth, reflector: Float64Array | null): ShapeConstraint | null {
  if (shape === null || margin.kind !== "basis" || margin.basis.kind !== "pSpline") return null;
  const { degree, knots } = margin.basis;
  const size = knots.length - degree - 1;
  const slopes = differenceRows(identityRows(size), knots, degree, 1);
  const bends = differenceRows(slopes, knots, degree - 1, 2);
  const rows = readShape(shape).flatMap(({ of, sign }) =>
    (of === "slopes" ? slopes : bends).map((row) => row.map((value) => sign * value)),
  );
  const flat = Float64Array.from(rows.flatMap((row) => [...row]));
  return { matrix: reflector === null ? flat : reflectRows(flat, rows.length, reflector), numRows: rows.length };
}

/** What a shape says of slopes and of their changes. */
function readShape(shape: ShapeName): { of: "slopes" | "bends"; sign: number }[] {
  return shape.split("-").map((word) => ({
    of: word === "increasing" || word === "decreasing" ? ("slopes" as const) : ("bends" as const),
    sign: word === "increasing" || word === "convex" ? 1 : -1,
  }));
}

function identityRows(size: number): Float64Array[] {
  return Array.from({ length: size }, (_, row) => Float64Array.from({ length: size }, (_value, column) => (row === column ? 1 : 0)));
}

/**
 * The coefficients of a spline's derivative, as combinations of its own, but for a factor: differences by the distance of knots, each row
 * scaled to a largest entry of 1.
 *
 * @param times - which derivative it is
 */
function differenceRows(rows: readonly Float64Array[], knots: readonly number[], degree: number, times: number): Float64Array[] {
  return rows.slice(1).map((row, k) => {
    const gap = knots[k + times + degree] - knots[k + times];
    return row.map((value, column) => (value - rows[k][column]) / gap);
  });
}
