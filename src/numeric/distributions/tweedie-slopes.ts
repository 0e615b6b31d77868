import { NUM_FUNCTIONS, saturateByRate } from "./tweedie-by-rate.ts";
import type { TweedieTable } from "./tweedie-table.ts";

const saturation = new Float64Array(NUM_FUNCTIONS);

/**
 * Writes how the log density at y changes with a power strictly between 1 and 2: its first and second derivative by the power, and that of the
 * first by the logarithm of the dispersion.
 *
 * @param table - of this power, to read the series from; null to sum it
 */
export function tweedieSlopes(
  y: number,
  mean: number,
  dispersion: number,
  power: number,
  out: Float64Array,
  table: TweedieTable | null = null,
): void {
  addMeanPart(y, mean, dispersion, power, out);
  if (y > 0) addResponsePart(y, dispersion, power, out, table);
}

/** b = y mean^(1 − power) / (1 − power) − mean^(2 − power) / (2 − power), over the dispersion. */
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

/** V(t) of the saturated density, less y^(2 − power) / ((1 − power) (2 − power)) of the deviance over the dispersion. */
function addResponsePart(y: number, dispersion: number, power: number, out: Float64Array, table: TweedieTable | null): void {
  const [one, two] = [1 - power, 2 - power];
  const logY = Math.log(y);
  const t = two * logY - Math.log(dispersion * two);
  if (table) table.read(t, saturation);
  else saturateByRate(t, power, saturation);
  const [, byRate, byRateTwice, byPower, byBoth, byPowerTwice] = saturation;
  // Of t by the power.
  const turn = 1 / two - logY;
  const [factor, slope, bend] = [1 / one - 1 / two, 1 / (one * one) - 1 / (two * two), 2 / (one * one * one) - 2 / (two * two * two)];
  const size = y ** two / dispersion;
  const ofDeviance = size * (slope - logY * factor);
  out[0] += byRate * turn + byPower - ofDeviance;
  out[1] += byRateTwice * turn * turn + 2 * byBoth * turn + byRate / (two * two) + byPowerTwice;
  out[1] -= size * (logY * logY * factor - 2 * logY * slope + bend);
  out[2] += ofDeviance - byRateTwice * turn - byBoth;
}
