import type { DifferentiableModel, ModelRows } from "../../predictors/index.ts";
import type { PathSamples } from "./path-samples.ts";

/** `(x - b) ∂f/∂x` at each point, added up by player: points × players for each output. */
export async function slopesOfRow(
  model: DifferentiableModel,
  from: ModelRows,
  to: ModelRows,
  row: number,
  samples: PathSamples,
  playerOf: readonly number[],
  numPlayers: number,
  signal: AbortSignal | undefined,
): Promise<Float64Array[]> {
  const { width } = from;
  const numPoints = samples.rows.length;
  const points = new Float64Array(numPoints * width);
  for (let point = 0; point < numPoints; point++) {
    const start = samples.rows[point] * width;
    for (let m = 0; m < width; m++) {
      points[point * width + m] = from.values[start + m] + samples.fractions[point] * (to.values[row * width + m] - from.values[start + m]);
    }
  }
  const { gradients, outputs } = await model.gradientsAt(points, signal);
  const slopes = Array.from({ length: outputs }, () => new Float64Array(numPoints * numPlayers));
  for (let point = 0; point < numPoints; point++) {
    const start = samples.rows[point] * width;
    for (let output = 0; output < outputs; output++) {
      for (let m = 0; m < width; m++) {
        const step = to.values[row * width + m] - from.values[start + m];
        slopes[output][point * numPlayers + playerOf[m]] += step * gradients[(point * outputs + output) * width + m];
      }
    }
  }
  return slopes;
}
