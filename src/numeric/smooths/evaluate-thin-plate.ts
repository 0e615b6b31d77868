import { evaluatePowerPieces, findPowerPieces, type PowerPieces } from "./odd-powers.ts";
import { evaluatePolynomial, findRadialKernel, listPolynomials } from "./radial-kernel.ts";
import { evaluateRadialSums, type RadialSums } from "./radial-sums.ts";
import type { ThinPlateBasis } from "./types.ts";

/** A basis made ready for many points. */
interface Prepared {
  readonly sums: RadialSums;
  /** In one dimension the sums are piecewise polynomials. */
  readonly pieces: PowerPieces | null;
}

// Preparing costs as much as some twenty rows, and single rows are asked for too.
const preparedBases = new WeakMap<ThinPlateBasis, Prepared>();

function prepare(basis: ThinPlateBasis): Prepared {
  const known = preparedBases.get(basis);
  if (known !== undefined) return known;
  const points = basis.points.map((coordinates) => Float64Array.from(coordinates));
  const weights = Float64Array.from(basis.weights);
  const kernel = findRadialKernel(points.length, basis.order);
  const width = weights.length / points[0].length;
  const pieces = points.length === 1 ? findPowerPieces(points[0], kernel.power, kernel.scale, weights, width) : null;
  const prepared = { sums: { kernel, points, weights, width }, pieces };
  preparedBases.set(basis, prepared);
  return prepared;
}

/** How many functions a thin plate has. */
export function countThinPlateFunctions(basis: ThinPlateBasis): number {
  return basis.weights.length / basis.points[0].length + basis.polynomialScales.length;
}

/** The functions at points: points × size, row-major; the polynomials come last. */
export function evaluateThinPlate(basis: ThinPlateBasis, coordinates: readonly Float64Array[]): Float64Array {
  const size = countThinPlateFunctions(basis);
  const numRows = coordinates[0].length;
  const { sums, pieces } = prepare(basis);
  const { width, points } = sums;
  const centred = coordinates.map((x, k) => x.map((value) => value - basis.shift[k]));
  const rows = new Float64Array(numRows * size);
  if (pieces) evaluatePowerPieces(pieces, centred[0], size, rows);
  else evaluateRadialSums(sums, centred, size, rows);
  const polynomials = basis.polynomialScales.length > 0 ? listPolynomials(points.length, basis.order) : [];
  for (const [p, powers] of polynomials.entries()) {
    const values = evaluatePolynomial(powers, centred);
    for (let i = 0; i < numRows; i++) rows[i * size + width + p] = values[i] * basis.polynomialScales[p];
  }
  for (const [c, mean] of basis.means.entries()) for (let i = 0; i < numRows; i++) rows[i * size + c] -= mean;
  return rows;
}
