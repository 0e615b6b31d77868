import type { GaussianSums } from "./gaussian-sums.ts";
import { minimizeQuadratic } from "./minimize-quadratic.ts";
import { largestStrength, penaltyParts, toDesignScale } from "./path-columns.ts";
import type { PathColumns } from "./path-columns.ts";
import type { PathPoint, PathSolver } from "./path-solver.ts";

/** Least squares in units of the scales, the intercept profiled out: `½ deviance = ½ (total + b'(2 gradient + hessian b))`. */
interface LeastSquares {
  readonly hessian: Float64Array;
  /** At b = 0. */
  readonly gradient: Float64Array;
  readonly total: number;
  /** Means of the columns and the response, in the units of b; zero without an intercept. */
  readonly means: Float64Array;
  readonly responseMean: number;
}

/**
 * Solves least squares with an elastic-net penalty from sums alone: after one pass over the rows each strength costs arithmetic on m × m numbers.
 *
 * @param sums - of all columns of the design, weights summing to 1
 * @param tolerance - see `PathSettings`
 */
export function gaussianSolver(sums: GaussianSums, columns: PathColumns, tolerance: number): PathSolver {
  const squares = profileIntercept(sums, columns);
  const { hessian, total } = squares;
  const size = columns.positions.length;
  const coefficients = new Float64Array(size);
  const gradient = squares.gradient.slice();
  const { lower, upper } = columns;
  const longest = tolerance * Math.sqrt(total);
  const minimize = (strength: number): boolean => {
    const quadratic = { size, hessian, coefficients, gradient, ...penaltyParts(columns, strength), lower, upper };
    return minimizeQuadratic(quadratic, longest);
  };
  minimize(Number.POSITIVE_INFINITY);
  return {
    nullDeviance: total,
    largestStrength: largestStrength(columns, gradient),
    solve(strength: number): PathPoint {
      const converged = minimize(strength);
      let deviance = total;
      for (let j = 0; j < size; j++) deviance += coefficients[j] * (squares.gradient[j] + gradient[j]);
      return {
        coefficients: designCoefficients(columns, squares, coefficients),
        deviance: Math.max(0, deviance),
        iterations: 1,
        converged,
      };
    },
  };
}

function profileIntercept({ gram, crossProducts, responseSquares }: GaussianSums, columns: PathColumns): LeastSquares {
  const { positions, scales, intercept, designSize } = columns;
  const size = positions.length;
  const row = intercept < 0 ? -1 : positions[intercept];
  const means = Float64Array.from(positions, (j, k) => (row < 0 || k === intercept ? 0 : gram[row * designSize + j] / scales[k]));
  const responseMean = row < 0 ? 0 : crossProducts[row];
  const hessian = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    if (a === intercept) continue;
    for (let b = 0; b < size; b++) {
      if (b === intercept) continue;
      hessian[a * size + b] = gram[positions[a] * designSize + positions[b]] / (scales[a] * scales[b]) - means[a] * means[b];
    }
  }
  const gradient = Float64Array.from(positions, (j, k) => (k === intercept ? 0 : means[k] * responseMean - crossProducts[j] / scales[k]));
  return { hessian, gradient, total: responseSquares - responseMean * responseMean, means, responseMean };
}

function designCoefficients(columns: PathColumns, { means, responseMean }: LeastSquares, coefficients: Float64Array): Float64Array {
  const scaled = coefficients.slice();
  if (columns.intercept >= 0) {
    scaled[columns.intercept] = responseMean;
    coefficients.forEach((value, k) => (scaled[columns.intercept] -= value * means[k]));
  }
  return toDesignScale(columns, scaled);
}
