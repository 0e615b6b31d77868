import { digamma, logGamma, trigamma } from "../../numeric/index.ts";
import type { MeanLikelihood } from "./likelihood.ts";

/** Degrees of freedom are sought above this: then the variance is finite. */
export const LEAST_DEGREES = 2;

/**
 * (response − mean) / scale has Student's t distribution. With s = degrees of freedom × scale² and z = response − mean, a row's log-likelihood is
 * constant − ½ (degrees of freedom + 1) log(1 + z² / s). Parameters: log(degrees of freedom − 2) and log(scale).
 *
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986 (supplement)
 */
export function scaledTLikelihood(degrees: number, scale: number): MeanLikelihood {
  const square = scale * scale;
  const s = degrees * square;
  const peak = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * Math.log(Math.PI * s);
  return {
    slopes: (y, mean, _, out) => {
      const z = y - mean;
      const inverse = 1 / (s + z * z);
      out[0] = (degrees + 1) * z * inverse;
      out[1] = -(degrees + 1) * (s - z * z) * inverse * inverse;
      out[2] = 2 * (degrees + 1) * (z * inverse) * ((z * z - 3 * s) * inverse) * inverse;
    },
    expected: (_, __, out) => {
      out[0] = (degrees + 1) / ((degrees + 3) * square);
      out[1] = 0;
    },
    unitDeviance: (y, mean) => (degrees + 1) * Math.log1p((y - mean) * ((y - mean) / s)),
    saturated: () => peak,
    byParameters: byParameters(degrees, scale),
  };
}

function byParameters(degrees: number, scale: number): MeanLikelihood["byParameters"] {
  const square = scale * scale;
  const s = degrees * square;
  const d = degrees;
  // What the constant changes by, and the chain from degrees of freedom to their logarithm.
  const first = digamma((d + 1) / 2) - digamma(d / 2) - 1 / d;
  const second = 0.5 * (trigamma((d + 1) / 2) - trigamma(d / 2)) + 1 / (d * d);
  const chain = d - LEAST_DEGREES;
  return (y, mean, _, out) => {
    const z = y - mean;
    const inverse = 1 / (s + z * z);
    const share = z * z * inverse;
    const left = s * inverse;
    const byDegrees = 0.5 * (first - Math.log1p(z * (z / s)) + ((d + 1) * share) / d);
    const bend = 0.5 * (second + share / d - share / (d * d) - ((d + 1) / (d * d)) * share * left);
    out.first[0] = chain * byDegrees;
    out.first[1] = (d + 1) * share - 1;
    out.second[0] = chain * (chain * bend + byDegrees);
    out.second[1] = chain * share * (1 - ((d + 1) / d) * left);
    out.second[2] = out.second[1];
    out.second[3] = -2 * (d + 1) * share * left;
    out.slope[0] = chain * z * inverse * (1 - ((d + 1) / d) * left);
    out.slope[1] = -2 * (d + 1) * z * inverse * left;
    const turn = 1 - 2 * (left - share);
    out.curvature[0] = -chain * inverse * (left - share + ((d + 1) / d) * left * turn);
    out.curvature[1] = -2 * (d + 1) * left * inverse * turn;
    out.expected[0] = (2 * chain) / ((d + 3) * (d + 3) * square);
    out.expected[1] = (-2 * (d + 1)) / ((d + 3) * square);
  };
}
