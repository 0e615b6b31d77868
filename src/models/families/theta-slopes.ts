import { digamma, trigamma } from "../../numeric/index.ts";
import type { ParameterOfVariance, RowLikelihood } from "./parameter-slopes.ts";

/** Whole counts below are looked up. */
const LARGEST = 1024;

/** Negative binomial counts by log θ. */
export function slopesByTheta(theta: number): ParameterOfVariance {
  let tables: CountTables | null = null;
  return {
    relative: (mean) => -mean / (theta + mean),
    ofSlope: (mean) => (-2 * mean) / theta,
    likelihoodOf: () => {
      tables ??= tabulate(theta);
      return likelihoodAt(theta, tables);
    },
  };
}

interface CountTables {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function likelihoodAt(theta: number, tables: CountTables): RowLikelihood {
  return (y, mean, _, out) => {
    const isSmall = y < LARGEST && Number.isInteger(y);
    const ofCount = isSmall ? tables.first[y] : theta * (digamma(theta + y) - digamma(theta));
    const bendOfCount = isSmall ? tables.second[y] : theta * theta * (trigamma(theta + y) - trigamma(theta));
    const share = theta / (theta + mean);
    const lack = (mean - y) / (theta + mean);
    out[0] = ofCount + theta * (lack - Math.log1p(mean / theta));
    out[1] = bendOfCount + mean * share - theta * share * lack + out[0];
    out[2] = 0;
  };
}

/** θ (ψ(θ + y) − ψ(θ)) and θ² (ψ′(θ + y) − ψ′(θ)) of whole counts, as sums: Γ(θ + y) / Γ(θ) is θ (θ + 1) … (θ + y − 1), and nothing cancels. */
function tabulate(theta: number): CountTables {
  const first = new Float64Array(LARGEST);
  const second = new Float64Array(LARGEST);
  for (let y = 1; y < LARGEST; y++) {
    const share = theta / (theta + y - 1);
    first[y] = first[y - 1] + share;
    second[y] = second[y - 1] - share * share;
  }
  return { first, second };
}
