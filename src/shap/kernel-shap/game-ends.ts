import { valueCoalition, type CoalitionValue } from "./game-value.ts";
import type { Game } from "./games.ts";

/** v(∅) and v(N) of a game: they are known before anything is sampled. */
export interface GameEnds {
  readonly empty: CoalitionValue;
  readonly full: CoalitionValue;
}

/**
 * @param bases - predictions of the background rows; rows × outputs
 * @param prediction - that of the explained row; one for each output
 */
export function findEnds(game: Game, bases: Float64Array, prediction: Float64Array): GameEnds {
  const outputs = prediction.length;
  const { baseSources, baseWeights, link } = game;
  const from = { weights: baseWeights, link };
  const own = new Float64Array(baseSources.length * outputs);
  const whole = new Float64Array(baseSources.length * outputs);
  baseSources.forEach((source, i) => {
    own.set(bases.subarray(source * outputs, (source + 1) * outputs), i * outputs);
    whole.set(prediction, i * outputs);
  });
  return { empty: valueCoalition(from, own, 0, outputs), full: valueCoalition(from, whole, 0, outputs) };
}
