import { digamma, trigamma } from "../special/polygamma.ts";
import { logPoissonKernel } from "../special/poisson-kernel.ts";
import { gamma } from "./gamma.ts";
import { visitPeaked } from "./sum-peaked.ts";

/** How many numbers {@link saturateByRate} writes. */
export const NUM_FUNCTIONS = 6;

/**
 * V = log(y × density at a mean of y) of a compound Poisson variable depends on the power and on one number only, t = log(rate). Writes V and its
 * derivatives by t, t twice, the power, both, and the power twice (the other held): V = −(1 + a) rate + log Σ exp(G(j)) with a the shape of a summand, G(j) = j (t + a log(a rate)) − log Γ(j + 1) −
 * log Γ(j a). Derivatives of the sum's logarithm are moments of those of its terms.
 * @see Dunn and Smyth (2005), Series evaluation of Tweedie exponential dispersion model densities, doi:10.1007/s11222-005-4070-y
 */
export function saturateByRate(t: number, power: number, out: Float64Array): void {
  const rate = Math.exp(t);
  const shape = (2 - power) / (power - 1);
  // d shape / d power, once and twice.
  const first = -1 / ((power - 1) * (power - 1));
  const second = (-2 * first) / (power - 1);
  const x = shape * rate;
  const logX = Math.log(x);
  // Moments about a place near the peak, so that their differences keep their digits.
  const center = Math.max(1, Math.round(rate));
  const slopeOf = (j: number): number => j * first * (logX + 1 - digamma(j * shape));
  const centerSlope = slopeOf(center);
  let [sum, sumJ, sumJJ, sumSlope, sumBoth, sumSlopes, sumBend] = [0, 0, 0, 0, 0, 0, 0];
  const { top, stride } = visitPeaked(
    (j) => logPoissonKernel(j, rate) + gamma.logDensity(x, j * shape, 1),
    1,
    rate,
    (peak) => Math.sqrt(peak / (1 + shape)),
    (j, share) => {
      const away = j - center;
      const psi = digamma(j * shape);
      const slope = j * first * (logX + 1 - psi) - centerSlope;
      sum += share;
      sumJ += share * away;
      sumJJ += share * away * away;
      sumSlope += share * slope;
      sumBoth += share * slope * away;
      sumSlopes += share * slope * slope;
      sumBend += share * j * (second * (logX + 1 - psi) + (first * first) / shape - j * first * first * trigamma(j * shape));
    },
  );
  const [meanJ, meanSlope] = [sumJ / sum, sumSlope / sum];
  const variance = sumJJ / sum - meanJ * meanJ;
  out[0] = top + Math.log(stride * sum) + logX;
  out[1] = (1 + shape) * (center - rate + meanJ);
  out[2] = (1 + shape) * ((1 + shape) * variance - rate);
  out[3] = centerSlope + meanSlope - first * rate;
  out[4] = (1 + shape) * (sumBoth / sum - meanJ * meanSlope) + first * (center + meanJ - rate);
  out[5] = sumSlopes / sum - meanSlope * meanSlope + sumBend / sum - second * rate;
}
