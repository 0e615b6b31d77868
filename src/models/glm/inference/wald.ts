import { dot, factorCholesky, pickEntries, solveCholesky } from "../../../numeric/index.ts";

/** q linear combinations of p coefficients: `matrix × coefficients + constants`. */
export interface LinearForms {
  /** q × p, row-major; 0 where a coefficient is aliased. */
  readonly matrix: Float64Array;
  /** q numbers. */
  readonly constants: Float64Array;
}

/** Values and covariance of linear forms. */
export interface FormEstimates {
  /** q numbers. */
  readonly values: Float64Array;
  /** q × q. */
  readonly covariance: Float64Array;
}

/** @param estimates p numbers, 0 where aliased @param covariance p × p, 0 where aliased */
export function estimateForms({ matrix, constants }: LinearForms, estimates: Float64Array, covariance: Float64Array): FormEstimates {
  const q = constants.length;
  const p = estimates.length;
  const row = (k: number): Float64Array => matrix.subarray(k * p, (k + 1) * p);
  const values = constants.map((constant, k) => constant + dot(row(k), estimates));
  const result = new Float64Array(q * q);
  for (let k = 0; k < q; k++) {
    const product = new Float64Array(p);
    for (let i = 0; i < p; i++) {
      const factor = row(k)[i];
      if (factor !== 0) for (let j = 0; j < p; j++) product[j] += factor * covariance[i * p + j];
    }
    for (let l = 0; l <= k; l++) result[k * q + l] = result[l * q + k] = dot(product, row(l));
  }
  return { values, covariance: result };
}

/** v' C⁻¹ v, and the rank of C: rows of C that depend on earlier ones are left out. */
export function quadraticForm({ values, covariance }: FormEstimates): { statistic: number; rank: number } {
  const factor = factorCholesky(covariance, values.length);
  return { statistic: dot(values, solveCholesky(factor, values)), rank: factor.rank };
}

/** Estimates and covariance of some coefficients alone. */
export function pickForms(estimates: Float64Array, covariance: Float64Array, positions: readonly number[]): FormEstimates {
  return {
    values: Float64Array.from(positions, (position) => estimates[position]),
    covariance: pickEntries(covariance, estimates.length, positions),
  };
}
