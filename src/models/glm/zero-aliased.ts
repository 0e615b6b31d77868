/** Estimates, or covariances, with 0 where a coefficient is aliased. */
export function zeroAliased(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? 0 : value));
}
