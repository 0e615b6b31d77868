import type { Game } from "./games.ts";

/** v of a coalition, and what each source has to do with it. */
export interface CoalitionValue {
  /** link(Σ weight × prediction); one for each output. */
  readonly value: Float64Array;
  /** Contribution of each source: weight × prediction, or with a link how v moves with the source's weight; sources × outputs. */
  readonly shares: Float64Array;
}

/**
 * The value of a coalition from the answers to its rows.
 * @param answers - predictions, the sources' one below the other
 * @param first - where they begin
 */
export function valueCoalition(
  { weights, link }: Pick<Game, "weights" | "link">,
  answers: ArrayLike<number>,
  first: number,
  outputs: number,
): CoalitionValue {
  const value = new Float64Array(outputs);
  const shares = new Float64Array(weights.length * outputs);
  for (let output = 0; output < outputs; output++) {
    for (let i = 0; i < weights.length; i++) {
      shares[i * outputs + output] = weights[i] * answers[first + i * outputs + output];
      value[output] += shares[i * outputs + output];
    }
    if (link.name === "identity") continue;
    const mean = value[output];
    value[output] = link.evaluate(mean);
    const slope = link.slope(mean);
    for (let i = 0; i < weights.length; i++) {
      shares[i * outputs + output] = slope * (shares[i * outputs + output] - weights[i] * mean);
    }
  }
  return { value, shares };
}
