import { describeReceived, InputError } from "../../../errors.ts";
import type { GlmFit } from "../glm-fit.ts";
import { leverages } from "./leverage.ts";
import { quantileResiduals } from "./quantile-residuals.ts";
import { trainingOf } from "./training.ts";

/**
 * `deviance`: signed roots of what a row adds to the deviance; `pearson`: (y − mean) √weight / √variance; `working`: (y − mean) / slope;
 * `response`: y − mean; `standardizedDeviance` and `standardizedPearson`: divided by √(dispersion (1 − leverage)); `studentized`: the
 * approximate likelihood residuals, R's `rstudent`; `quantile`: randomized quantile residuals, standard normal if the model is right.
 */
export type ResidualType =
  "deviance" | "pearson" | "working" | "response" | "standardizedDeviance" | "standardizedPearson" | "studentized" | "quantile";

/** Residuals of the training rows. @see Williams (1987), doi:10.2307/2347550 (studentized) */
export function residualsOf(fit: GlmFit, type: ResidualType, call = "GlmModel.residuals"): Float64Array {
  const { problem, linearPredictor, mean } = trainingOf(call, fit);
  const { response, weights, family } = problem;
  const each = (residual: (row: number) => number): Float64Array => response.map((_, row) => residual(row));
  const deviance = (row: number): number =>
    Math.sign(response[row] - mean[row]) * Math.sqrt(weights[row] * family.unitDevianceAt(response[row], linearPredictor[row]));
  const pearson = (row: number): number => (response[row] - mean[row]) * Math.sqrt(weights[row] / family.variance(mean[row]));
  switch (type) {
    case "deviance":
      return each((row) => (weights[row] > 0 ? deviance(row) : 0));
    case "pearson":
      return each(pearson);
    case "working":
      return each((row) => (response[row] - mean[row]) / family.link.slope(linearPredictor[row]));
    case "response":
      return each((row) => response[row] - mean[row]);
    case "standardizedDeviance":
    case "standardizedPearson": {
      const leverage = leverages(fit);
      const residual = type === "standardizedDeviance" ? deviance : pearson;
      return each((row) => residual(row) / Math.sqrt(fit.dispersion * (1 - leverage[row])));
    }
    case "studentized":
      return studentize(fit, each(deviance), each(pearson));
    case "quantile":
      return quantileResiduals(fit);
    default:
      throw new InputError({
        call,
        argument: "type",
        expected:
          '"deviance", "pearson", "working", "response", "standardizedDeviance", "standardizedPearson", "studentized" or "quantile"',
        received: describeReceived(type),
        mend: "Leave it out for deviance residuals.",
      });
  }
}

/** As R's `rstudent`, but that a known dispersion stays known for negative binomial counts too: the dispersion is that of the fit without the row where it is estimated (a gaussian's from the residual sum of squares). */
function studentize(fit: GlmFit, deviance: Float64Array, pearson: Float64Array): Float64Array {
  const leverage = leverages(fit);
  const deleted = fit.dispersionMethod === "known" ? (): number => 1 : deletedDispersion(fit, deviance, leverage);
  return deviance.map((residual, row) => {
    const h = leverage[row];
    const likelihood = Math.sign(residual) * Math.sqrt(residual ** 2 + (h * pearson[row] ** 2) / (1 - h));
    return likelihood / Math.sqrt(deleted(row));
  });
}

/** Dispersion without each row, from deviance residuals as R's `influence`: (Σ d² − d_i² / (1 − h_i)) / (df − 1). */
export function deletedDispersion(fit: GlmFit, deviance: Float64Array, leverage: Float64Array): (row: number) => number {
  const total = deviance.reduce((sum, residual) => sum + residual ** 2, 0);
  return (row) => (total - deviance[row] ** 2 / (1 - leverage[row])) / (fit.residualDegreesOfFreedom - 1);
}
