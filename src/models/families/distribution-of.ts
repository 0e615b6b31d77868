import { betaResponse } from "./beta.ts";
import { binomialResponse } from "./binomial.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { gammaResponse } from "./gamma.ts";
import { gaussianResponse } from "./gaussian.ts";
import { inverseGaussianResponse } from "./inverse-gaussian.ts";
import type { FamilyParts } from "./make-family.ts";
import { negativeBinomialResponse } from "./negative-binomial.ts";
import { poissonResponse } from "./poisson.ts";
import { quasibinomialResponse, quasipoissonResponse, quasiResponse } from "./quasi.ts";
import { scaledTResponse } from "./scaled-t.ts";
import { tweedieResponse } from "./tweedie.ts";
import { zeroInflatedResponse } from "./zero-inflated.ts";

/** The distribution of a family that is checked already. */
export function distributionOf({ name, parameters, variance }: Omit<FamilyParts, "link">): ResponseDistribution {
  switch (name) {
    case "gaussian":
      return gaussianResponse;
    case "binomial":
      return binomialResponse;
    case "poisson":
      return poissonResponse;
    case "gamma":
      return gammaResponse;
    case "inverseGaussian":
      return inverseGaussianResponse;
    case "quasibinomial":
      return quasibinomialResponse;
    case "quasipoisson":
      return quasipoissonResponse;
    case "quasi":
      return quasiResponse(variance);
    case "negativeBinomial":
      return negativeBinomialResponse(parameters[0]);
    case "tweedie":
      return tweedieResponse(parameters[0]);
    case "scaledT":
      return scaledTResponse(parameters);
    case "beta":
      return betaResponse(parameters);
    case "zeroInflatedPoisson":
      return zeroInflatedResponse(parameters);
  }
}
