import type { ResponseDistribution } from "./distribution.ts";
import type { Link } from "./link.ts";
import { probabilityLocator } from "./probability-point.ts";
import {
  slopeBinomialLogit,
  slopeGammaLog,
  slopeGaussianIdentity,
  slopeNegativeBinomialLog,
  slopePoissonLog,
  slopePowerLog,
} from "./slope-fused.ts";
import { type InformationSlope, slopeByDefinition, slopeOnProbabilities } from "./slope-generic.ts";

/** The fastest loop for the slope of the information that there is for a family and a link. */
export function chooseSlope(distribution: ResponseDistribution, link: Link): InformationSlope {
  const { shape, variancePower, parameter } = distribution;
  if (shape === "binomial") return link.name === "logit" ? slopeBinomialLogit : slopeOnProbabilities(probabilityLocator(link));
  if (link.name === "log") {
    if (shape === "negativeBinomial") return slopeNegativeBinomialLog(parameter as number);
    if (variancePower === 1) return slopePoissonLog;
    return variancePower === 2 ? slopeGammaLog : slopePowerLog(variancePower);
  }
  return link.name === "identity" && variancePower === 0 ? slopeGaussianIdentity : slopeByDefinition(distribution, link);
}
