import { createRandom, normal } from "../../../numeric/index.ts";
import type { Random } from "../../../numeric/index.ts";
import { InputError } from "../../../errors.ts";
import type { Family } from "../../families/family.ts";
import type { GlmFit } from "../glm-fit.ts";
import { trainingOf } from "./training.ts";

/** The seed of the randomization unless another is given: the same model gives the same residuals. */
export const QUANTILE_SEED = 1;

/**
 * Randomized quantile residuals of the training rows: where a response stands in its fitted distribution, as a standard normal deviate. If the
 * model is right they are standard normal, for counts and events too: within the jump of a discrete distribution a place is drawn.
 *
 * @see Dunn and Smyth (1996), Randomized quantile residuals, doi:10.1080/10618600.1996.10474708
 */
export function quantileResiduals(fit: GlmFit, seed: number = QUANTILE_SEED): Float64Array {
  const call = "GlmModel.residuals";
  const { problem, frequencies, mean } = trainingOf(call, fit);
  const random = createRandom(seed);
  const { response, weights } = problem;
  return response.map((value, row) => {
    const weight = frequencies && frequencies[row] > 0 ? weights[row] / frequencies[row] : weights[row];
    return weight > 0
      ? quantileResidual(call, fit.family, { response: value, mean: mean[row], weight, dispersion: fit.dispersion }, random)
      : 0;
  });
}

/** One row of it. @throws {@link InputError} when the family has no distribution */
export function quantileResidual(
  call: string,
  family: Family,
  row: { readonly response: number; readonly mean: number; readonly weight: number; readonly dispersion: number },
  random: Random,
): number {
  const place = family.cumulative(row.response, row.mean, row.weight, row.dispersion);
  if (place === null) {
    throw new InputError({
      call,
      argument: "type",
      expected: "another than quantile for a quasi family, which has no distribution",
      received: `the family "${family.name}"`,
      mend: "Use pearson or deviance residuals, or a family with a likelihood such as negativeBinomial.",
    });
  }
  const share = random.next();
  const { below, atOrBelow, above, atOrAbove } = place;
  // The tail that is nearer keeps its digits.
  if (below < 0.5) return normal.quantile(below + share * (atOrBelow - below));
  return -normal.quantile(above + (1 - share) * (atOrAbove - above));
}
