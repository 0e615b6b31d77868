import type { ResponseDistribution } from "./distribution.ts";
import type { Link } from "./link.ts";
import { probabilityLocator } from "./probability-point.ts";
import { workBinomialLogit, workGammaLog, workGaussianIdentity, workPoissonLog } from "./work-fused.ts";
import { workByDefinition, workOnProbabilities, type Work } from "./work-generic.ts";
import { workNegativeBinomialLog, workPowerLog } from "./work-log-link.ts";

/** The fastest loop that there is for a family and a link: fused by hand for the pairs in common use. */
export function chooseWork(distribution: ResponseDistribution, link: Link): Work {
  const { shape, variancePower, parameter } = distribution;
  if (shape === "binomial") return link.name === "logit" ? workBinomialLogit : workOnProbabilities(probabilityLocator(link));
  if (link.name === "log") {
    if (shape === "negativeBinomial") return workNegativeBinomialLog(parameter as number);
    if (variancePower === 1) return workPoissonLog;
    return variancePower === 2 ? workGammaLog : workPowerLog(variancePower);
  }
  return link.name === "identity" && variancePower === 0 ? workGaussianIdentity : workByDefinition(distribution, link);
}
