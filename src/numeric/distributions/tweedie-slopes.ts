import { logPoissonKernel } from "../special/poisson-kernel.ts";
import { digamma, trigamma } from "../special/polygamma.ts";
import { gamma } from "./gamma.ts";
import { visitPeaked } from "./sum-peaked.ts";
import { compoundPoisson } from "./tweedie-compound.ts";

/**
 * Writes how the log density at y changes with a power strictly between 1 and 2: its first and second derivative by the power, and that of the
 * first by the logarithm of the dispersion. The density is exp(b / dispersion) Σ exp(G(j)) / y, with b the part of the mean and G the
 * logarithms of the series' terms; derivatives of the sum's logarithm are moments of those of its terms.
 * @see Dunn and Smyth (2005), Series evaluation of Tweedie exponential dispersion model densities, doi:10.1007/s11222-005-4070-y
 */
export function tweedieSlopes(y: number, mean: number, dispersion: number, power: number, out: Float64Array): void {
  addMeanPart(y, mean, dispersion, power, out);
  if (y > 0) addSeriesPart(y, dispersion, power, out);
}

/** b = y mean^(1 − power) / (1 − power) − mean^(2 − power) / (2 − power). */
function addMeanPart(y: number, mean: number, dispersion: number, power: number, out: Float64Array): void {
  const logMean = Math.log(mean);
  const [one, two] = [1 - power, 2 - power];
  const ofMean = mean ** two / two / dispersion;
  const ofResponse = y === 0 ? 0 : (y * mean ** one) / one / dispersion;
  const first = ofResponse * (1 / one - logMean) - ofMean * (1 / two - logMean);
  out[0] = first;
  out[1] =
    ofResponse * (logMean * logMean - (2 * logMean) / one + 2 / (one * one)) -
    ofMean * (logMean * logMean - (2 * logMean) / two + 2 / (two * two));
  out[2] = -first;
}

/** G(j) = j K − log Γ(j + 1) − log Γ(j shape), with K = log(rate) + shape log(x); its derivatives by the power have the weights of the terms. */
function addSeriesPart(y: number, dispersion: number, power: number, out: Float64Array): void {
  const { rate, shape, scale } = compoundPoisson(y, dispersion, power);
  const x = y / scale;
  const logY = Math.log(y);
  const [a, b] = [2 - power, power - 1];
  const shapeSlope = -1 / (b * b);
  const shapeBend = 2 / (b * b * b);
  const ofX = -logY - 1 / b;
  const slope = 1 / a - logY + shapeSlope * Math.log(x) + shape * ofX;
  const bend = 1 / (a * a) + shapeBend * Math.log(x) + 2 * shapeSlope * ofX + shape / (b * b);
  const logTerm = (j: number): number => logPoissonKernel(j, rate) + gamma.logDensity(x, j * shape, 1);
  // Moments about a place near the peak, so that their differences keep their digits.
  const center = Math.max(1, Math.round(rate));
  const centerSlope = center * (slope - shapeSlope * digamma(center * shape));
  let [sum, sumJ, sumSlope, sumSquare, sumBoth, sumBend] = [0, 0, 0, 0, 0, 0];
  visitPeaked(
    logTerm,
    1,
    rate,
    (peak) => Math.sqrt(peak / (1 + shape)),
    (j, share) => {
      const psi = digamma(j * shape);
      const ofTerm = j * (slope - shapeSlope * psi) - centerSlope;
      sum += share;
      sumJ += share * (j - center);
      sumSlope += share * ofTerm;
      sumSquare += share * ofTerm * ofTerm;
      sumBoth += share * ofTerm * (j - center);
      sumBend += share * (j * (bend - shapeBend * psi) - j * j * shapeSlope * shapeSlope * trigamma(j * shape));
    },
  );
  const [meanJ, meanSlope] = [sumJ / sum, sumSlope / sum];
  out[0] += centerSlope + meanSlope;
  out[1] += sumSquare / sum - meanSlope * meanSlope + sumBend / sum;
  out[2] += -(1 + shape) * (sumBoth / sum - meanJ * meanSlope) - shapeSlope * (center + meanJ);
}
