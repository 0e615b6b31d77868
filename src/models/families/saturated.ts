import { stirlingError, stirlingSlopes, TweedieTable, tweedieSaturation } from "../../numeric/index.ts";
import type { SaturatedLikelihood, SaturatedRows } from "./family.ts";

const TWO_PI = 2 * Math.PI;

/** Rows with weight, their logarithms of prior weights and of responses; frequencies counted. */
function sumRows({ response, weights, frequencies }: SaturatedRows): { rows: number; logWeights: number; logResponses: number } {
  let rows = 0;
  let logWeights = 0;
  let logResponses = 0;
  for (let i = 0; i < response.length; i++) {
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0) continue;
    rows += frequency;
    // A weight of 1 is the usual one.
    if (weights[i] !== frequency) logWeights += frequency * Math.log(weights[i] / frequency);
    logResponses += frequency * Math.log(response[i]);
  }
  return { rows, logWeights, logResponses };
}

/** −½ Σ log(2π dispersion / weight). */
export function gaussianSaturated(given: SaturatedRows): SaturatedLikelihood {
  const { rows, logWeights } = sumRows(given);
  return [0.5 * logWeights - 0.5 * rows * Math.log(TWO_PI * given.dispersion), -0.5 * rows, 0];
}

/** Extended quasi-likelihood: the gaussian one without what no parameter changes. */
export function quasiSaturated(given: SaturatedRows): SaturatedLikelihood {
  const { rows, logWeights } = sumRows(given);
  return [0.5 * logWeights - 0.5 * rows * Math.log(given.dispersion), -0.5 * rows, 0];
}

/** −½ Σ log(2π response³ dispersion / weight). */
export function inverseGaussianSaturated(given: SaturatedRows): SaturatedLikelihood {
  const { rows, logWeights, logResponses } = sumRows(given);
  return [0.5 * logWeights - 1.5 * logResponses - 0.5 * rows * Math.log(TWO_PI * given.dispersion), -0.5 * rows, 0];
}

/** With the shape weight / dispersion: Σ ½ log(shape / 2π) − Stirling's error at the shape − log(response). */
export function gammaSaturated({ response, weights, frequencies, dispersion }: SaturatedRows): SaturatedLikelihood {
  let value = 0;
  let first = 0;
  let second = 0;
  let shape = NaN;
  let ofShape: SaturatedLikelihood = [NaN, NaN, NaN];
  for (let i = 0; i < response.length; i++) {
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0) continue;
    const next = weights[i] / frequency / dispersion;
    // Most rows have the weight of the row before.
    if (next !== shape) ofShape = ofGammaShape(next);
    shape = next;
    value += frequency * (ofShape[0] - Math.log(response[i]));
    first += frequency * ofShape[1];
    second += frequency * ofShape[2];
  }
  return [value, first, second];
}

/** The logarithm of the shape is minus that of the dispersion, but for a constant. */
function ofGammaShape(shape: number): SaturatedLikelihood {
  const { first, second } = stirlingSlopes(shape);
  return [0.5 * Math.log(shape / TWO_PI) - stirlingError(shape), first - 0.5, -second];
}

/** Of any power that has a distribution. A response of 0 is certain at a mean of 0. */
export function tweedieSaturated(power: number): (rows: SaturatedRows) => SaturatedLikelihood {
  if (power === 0) return gaussianSaturated;
  if (power === 2) return gammaSaturated;
  if (power === 3) return inverseGaussianSaturated;
  const table = power < 2 ? new TweedieTable(power) : null;
  return (rows) => {
    if (table && rows.response.length >= table.fewestRows) return saturateByTable(rows, power, table);
    const { response, weights, frequencies, dispersion } = rows;
    let value = 0;
    let first = 0;
    let second = 0;
    for (let i = 0; i < response.length; i++) {
      const frequency = frequencies ? frequencies[i] : 1;
      if (weights[i] === 0 || frequency === 0 || response[i] === 0) continue;
      const row = tweedieSaturation(response[i], (dispersion * frequency) / weights[i], power);
      value += frequency * row.value;
      first += frequency * row.first;
      second += frequency * row.second;
    }
    return [value, first, second];
  };
}

/** The same for many rows. */
function saturateByTable(
  { response, weights, frequencies, dispersion }: SaturatedRows,
  power: number,
  table: TweedieTable,
): SaturatedLikelihood {
  const row = new Float64Array(3);
  let value = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < response.length; i++) {
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0 || response[i] === 0) continue;
    const logResponse = Math.log(response[i]);
    // The rate of the compound Poisson variable whose mean is the response.
    table.read((2 - power) * logResponse - Math.log(((2 - power) * dispersion * frequency) / weights[i]), row);
    value += frequency * (row[0] - logResponse);
    first -= frequency * row[1];
    second += frequency * row[2];
  }
  return [value, first, second];
}

/** Σ weight × log probability of a Poisson count at its mean; of fractions by gamma functions. */
export function poissonSaturated({ response, weights }: SaturatedRows): SaturatedLikelihood {
  let value = 0;
  for (let i = 0; i < response.length; i++) if (weights[i] > 0 && response[i] > 0) value -= weights[i] * surprise(response[i]);
  return [value, 0, 0];
}

/** Counts below are looked up. */
const LARGEST = 256;
const SURPRISES: Float64Array = Float64Array.from({ length: LARGEST }, (_, count) => (count === 0 ? 0 : computeSurprise(count)));

/** Minus the logarithm of the probability of a Poisson count at its mean. */
function surprise(y: number): number {
  const whole = y | 0;
  return whole === y && whole < LARGEST && whole >= 0 ? SURPRISES[whole] : computeSurprise(y);
}

function computeSurprise(y: number): number {
  return stirlingError(y) + 0.5 * Math.log(TWO_PI * y);
}

/**
 * Binomial with the prior weights as trials. Fractional trials or successes (which R rounds) count as such: factorials become gamma functions,
 * and a proportion of 0 or 1 has no coefficient.
 *
 * @see Loader (2000), Fast and Accurate Computation of Binomial Probabilities, §3 (a perfect fit's probability by Stirling errors)
 */
export function binomialSaturated({ response, weights, frequencies }: SaturatedRows): SaturatedLikelihood {
  let value = 0;
  for (let i = 0; i < response.length; i++) {
    const y = response[i];
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0 || y === 0 || y === 1) continue;
    const trials = weights[i] / frequency;
    const successes = nearWhole(trials * y);
    const failures = trials - successes;
    const correction = stirlingError(trials) - stirlingError(successes) - stirlingError(failures);
    value += frequency * (correction - 0.5 * Math.log(TWO_PI * successes * (failures / trials)));
  }
  return [value, 0, 0];
}

/** A product of a proportion and its trials misses the whole number that it stands for by a rounding. */
function nearWhole(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value - rounded) < 1e-7 * Math.max(1, value) ? rounded : value;
}

/** Negative binomial of given theta; fractions by gamma functions, as MASS has it. */
export function negativeBinomialSaturated({ response, weights }: SaturatedRows, theta: number): SaturatedLikelihood {
  let value = 0;
  for (let i = 0; i < response.length; i++) {
    const y = response[i];
    if (weights[i] === 0 || y === 0) continue;
    const correction = stirlingError(theta + y) - stirlingError(theta) - stirlingError(y);
    value += weights[i] * (correction - 0.5 * (Math.log(TWO_PI * y) + Math.log1p(y / theta)));
  }
  return [value, 0, 0];
}
