import { Explanation } from "../shap/index.ts";
import type { ScoreLink } from "./reported-model.ts";

/** Raw scores closer to the base than this, in units of the score, take the slope of the link: a quotient would be rounding noise. */
const CLOSE = 1e-6;
/** Step of the central difference for that slope, which then errs by about 1e-10. */
const STEP = 1e-4;

/**
 * An explanation of raw scores as one of responses: each row's contributions are stretched by one factor, so that with `g` the link they
 * add up from `g(base score)` to `g(score)`:
 *
 *     contribution × (g(score) − g(base score)) / (score − base score)
 *
 * Order, signs and proportions within a row stay those of the exact values on the raw scale. The sums are exact; as Shapley values of the
 * response itself the parts are an approximation.
 * A link that is a straight line leaves them exact.
 * @param explanation one output, of scores
 */
export function toResponseScale(explanation: Explanation, link: ScoreLink): Explanation {
  const { numFeatures, baseValues, predictions, values, standardErrors } = explanation;
  const factors = stretchFactors(baseValues, predictions, link);
  const stretch = (all: Float64Array): Float64Array => all.map((value, cell) => value * factors[Math.floor(cell / numFeatures)]);
  return new Explanation({
    ...explanation.parts(),
    values: stretch(values),
    baseValues: link.apply(baseValues, 1),
    predictions: link.apply(predictions, 1),
    ...(standardErrors ? { standardErrors: stretch(standardErrors) } : {}),
    scale: "response",
    units: "",
    method: link.scoresAre === null ? explanation.method : `${explanation.method}, rescaled to the response`,
  });
}

/** One factor a row: the slope of the chord from the base to the score, or of the link itself where they meet. */
function stretchFactors(base: Float64Array, scores: Float64Array, link: ScoreLink): Float64Array {
  const from = link.apply(base, 1);
  const to = link.apply(scores, 1);
  return scores.map((score, row) => {
    const distance = score - base[row];
    if (Math.abs(distance) > CLOSE) return (to[row] - from[row]) / distance;
    const [below, above] = link.apply(Float64Array.of(base[row] - STEP, base[row] + STEP), 1);
    return (above - below) / (2 * STEP);
  });
}
