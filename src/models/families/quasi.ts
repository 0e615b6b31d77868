import { binomialResponse } from "./binomial.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { gammaResponse } from "./gamma.ts";
import { gaussianResponse } from "./gaussian.ts";
import { inverseGaussianResponse } from "./inverse-gaussian.ts";
import { poissonResponse } from "./poisson.ts";
import { powerDeviance } from "./power-deviance.ts";
import { checkNotNegative, checkPositive, isPositiveMean, warnNever } from "./responses.ts";
import { quasiSaturated } from "./saturated.ts";

/** Variance functions by their names in R. */
export type VarianceName = "constant" | "mu" | "mu(1-mu)" | "mu^2" | "mu^3";

/** The names, each once. */
export const varianceNames: readonly VarianceName[] = ["constant", "mu", "mu(1-mu)", "mu^2", "mu^3"];

/** The powers that have names. */
const namedPowers: ReadonlyMap<number, VarianceName> = new Map<number, VarianceName>([
  [0, "constant"],
  [1, "mu"],
  [2, "mu^2"],
  [3, "mu^3"],
]);

/** Takes the likelihood away: moments alone are assumed. */
function withoutLikelihood(base: ResponseDistribution): ResponseDistribution {
  return {
    ...base,
    hasKnownDispersion: false,
    dispersionParameters: 0,
    warnResponse: warnNever,
    saturated: quasiSaturated,
    logLikelihood: () => null,
    cumulative: () => null,
  };
}

export const quasibinomialResponse: ResponseDistribution = {
  ...withoutLikelihood(binomialResponse),
  name: "quasibinomial",
  label: "quasibinomial",
  varianceName: "mu(1-mu)",
};

export const quasipoissonResponse: ResponseDistribution = {
  ...withoutLikelihood(poissonResponse),
  name: "quasipoisson",
  label: "quasipoisson",
  varianceName: "mu",
};

/** Responses of which the variance function alone is assumed. */
export function quasiResponse(variance: VarianceName | number): ResponseDistribution {
  const named = typeof variance === "number" ? namedPowers.get(variance) : variance;
  const base = named === undefined ? powerResponse(variance as number) : withoutLikelihood(basesByName[named]);
  return { ...base, name: "quasi", label: "quasi", varianceName: named ?? `mu^${variance}` };
}

/** With any variance but the constant one, responses of exactly 0 have a finite quasi-deviance below power 2 alone. */
const basesByName: Readonly<Record<VarianceName, ResponseDistribution>> = {
  constant: gaussianResponse,
  mu: { ...poissonResponse, startMean: startAboveZero },
  "mu(1-mu)": binomialResponse,
  "mu^2": gammaResponse,
  "mu^3": inverseGaussianResponse,
};

/** Variance mean^power for a power without a name. */
function powerResponse(power: number): ResponseDistribution {
  return {
    ...withoutLikelihood(poissonResponse),
    variancePower: power,
    parameter: power,
    variance: (mean) => mean ** power,
    varianceSlope: (mean) => power * mean ** (power - 1),
    varianceCurvature: (mean) => power * (power - 1) * mean ** (power - 2),
    unitDeviance: powerDeviance(power),
    isValidMean: isPositiveMean,
    startMean: startAboveZero,
    checkResponse: power < 2 ? checkNotNegative : checkPositive,
  };
}

function startAboveZero(response: number): number {
  return response === 0 ? 0.1 : response;
}
