import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import { countThinPlateFunctions, evaluateThinPlate } from "./evaluate-thin-plate.ts";
import { listPolynomials } from "./radial-kernel.ts";
import { spanThinPlate } from "./thin-plate-span.ts";
import { choosePoints } from "./thin-plate-points.ts";
import type { BasisPoints, LearnedBasis, SmoothBasisOptions, ThinPlateBasis } from "./types.ts";

/** Eigenvalue of the penalty's null space, where that is shrunk, as a share of the least other one. */
const SHRINKAGE = 0.1;
/** Rows evaluated at once while columns are measured. */
const CHUNK = 4096;

/** The least order of derivatives for which functions have continuous first derivatives that are smooth to the eye: 2m > d + 1. */
function defaultOrder(dimension: number): number {
  return Math.floor((dimension + 1) / 2) + 1;
}

/**
 * A thin plate regression spline: of all functions of a thin plate spline, those of the leading eigenvectors of its radial matrix, made free
 * of the polynomials that the penalty does not see, and these polynomials. Functions have root mean square 1 over all rows.
 *
 * @see Wood (2003), Journal of the Royal Statistical Society B 65, 95–114, doi:10.1111/1467-9868.00374
 */
export function learnThinPlate(data: BasisPoints, options: SmoothBasisOptions): LearnedBasis {
  const dimension = data.coordinates.length;
  const [order = defaultOrder(dimension), keepsPolynomials = 1] = options.order ?? [];
  const shift = data.coordinates.map((x) => weightedMean(x, data.counts));
  const points = choosePoints(data.coordinates, options).map((x, k) => x.map((value) => value - shift[k]));
  const numPolynomials = listPolynomials(dimension, order).length;
  const isWhole = points[0].length === options.size;
  const { weights, penalty } = spanThinPlate(points, order, isWhole ? null : options.size);
  const raw: ThinPlateBasis = {
    kind: "thinPlate",
    order,
    shift,
    points: points.map((x) => [...x]),
    weights: [...weights],
    polynomialScales: Array.from({ length: numPolynomials }, () => 1),
    means: [],
  };
  const { basis, scaled } = scaleFunctions(raw, penalty, data);
  const width = Math.sqrt(penalty.length);
  if (keepsPolynomials === 0) {
    const { means } = measure(basis, data);
    const centred = { ...basis, polynomialScales: [], means: [...means.subarray(0, width)] };
    return { basis: centred, penalties: [scaled], ranks: [width], nullSpaceDimension: 0 };
  }
  const shrunk = options.shrinkage ? SHRINKAGE * symmetricEigen(scaled, width).values[width - 1] : 0;
  return {
    basis,
    penalties: [growPenalty(scaled, width, numPolynomials, shrunk)],
    ranks: [options.shrinkage ? width + numPolynomials : width],
    nullSpaceDimension: options.shrinkage ? 0 : numPolynomials,
  };
}

function weightedMean(x: Float64Array, counts: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    sum += counts[i] * x[i];
    total += counts[i];
  }
  return sum / total;
}

/** Divides each function by its root mean square, and the penalty with it. */
function scaleFunctions(raw: ThinPlateBasis, penalty: Float64Array, data: BasisPoints): { basis: ThinPlateBasis; scaled: Float64Array } {
  const { lengths } = measure(raw, data);
  const width = Math.sqrt(penalty.length);
  const scaled = penalty.map((value, at) => value / (lengths[Math.floor(at / width)] * lengths[at % width]));
  const basis: ThinPlateBasis = {
    ...raw,
    weights: raw.weights.map((weight, at) => weight / lengths[at % width]),
    polynomialScales: raw.polynomialScales.map((_, p) => 1 / lengths[width + p]),
  };
  return { basis, scaled };
}

/** Mean and root mean square of each function over all rows. */
function measure(basis: ThinPlateBasis, { coordinates, counts }: BasisPoints): { means: Float64Array; lengths: Float64Array } {
  const size = countThinPlateFunctions(basis);
  const means = new Float64Array(size);
  const lengths = new Float64Array(size);
  let numRows = 0;
  for (let first = 0; first < counts.length; first += CHUNK) {
    const rows = evaluateThinPlate(
      basis,
      coordinates.map((x) => x.subarray(first, first + CHUNK)),
    );
    for (let i = first, at = 0; at < rows.length; i++) {
      numRows += counts[i];
      for (let c = 0; c < size; c++, at++) {
        means[c] += counts[i] * rows[at];
        lengths[c] += counts[i] * rows[at] * rows[at];
      }
    }
  }
  return { means: means.map((sum) => sum / numRows), lengths: lengths.map((sum) => Math.sqrt(sum / numRows)) };
}

/** The penalty with rows and columns of the polynomials, of which each has the same entry on the diagonal. */
function growPenalty(penalty: Float64Array, width: number, numPolynomials: number, diagonal: number): Float64Array {
  const size = width + numPolynomials;
  const grown = new Float64Array(size * size);
  for (let i = 0; i < width; i++) grown.set(penalty.subarray(i * width, (i + 1) * width), i * size);
  for (let i = width; i < size; i++) grown[i * size + i] = diagonal;
  return grown;
}
