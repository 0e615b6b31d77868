import { logGamma } from "../../numeric/index.ts";

/** Terms this far below the largest (in logarithms) change nothing. */
const NEGLIGIBLE = 40;

/**
 * Log density of a Tweedie response of power between 1 and 2 by its series, summed outwards from the largest term.
 * @see Dunn and Smyth (2005), doi:10.1007/s11222-005-4070-y (eqs. 3 to 6)
 */
export function seriesLogDensity(y: number, mean: number, dispersion: number, power: number): number {
  const exponent = mean ** (1 - power) / (1 - power);
  const cumulant = mean ** (2 - power) / (2 - power);
  if (y === 0) return -cumulant / dispersion;
  const shape = (2 - power) / (power - 1);
  const logZ = shape * Math.log(y / (power - 1)) - (1 + shape) * Math.log(dispersion) - Math.log(2 - power);
  const term = (j: number): number => j * logZ - logGamma(j + 1) - logGamma(j * shape);
  const largest = Math.max(1, Math.round(y ** (2 - power) / (dispersion * (2 - power))));
  const top = term(largest);
  let sum = 1;
  for (let j = largest + 1; ; j++) {
    const difference = term(j) - top;
    sum += Math.exp(difference);
    if (difference < -NEGLIGIBLE) break;
  }
  for (let j = largest - 1; j >= 1; j--) {
    const difference = term(j) - top;
    sum += Math.exp(difference);
    if (difference < -NEGLIGIBLE) break;
  }
  return (y * exponent - cumulant) / dispersion - Math.log(y) + top + Math.log(sum);
}
