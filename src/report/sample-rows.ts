import { Explanation } from "../shap/index.ts";

/** Pictures and cases look at so many rows at most; figures about quality use all. */
const MOST_ROWS = 10_000;

/** At most `most` of the rows 0 to numRows − 1, evenly spaced, with the first and the last. */
export function sampleRows(numRows: number, most: number = MOST_ROWS): number[] {
  if (numRows <= most) return Array.from({ length: numRows }, (_, row) => row);
  return Array.from({ length: most }, (_, k) => Math.round((k * (numRows - 1)) / (most - 1)));
}

/** The explanation of these rows alone. */
export function takeRows(explanation: Explanation, rows: readonly number[]): Explanation {
  if (rows.length === explanation.numRows) return explanation;
  const { numFeatures, numOutputs, standardErrors } = explanation;
  const take = (all: Float64Array, width: number): Float64Array => {
    const taken = new Float64Array(rows.length * width);
    rows.forEach((row, i) => taken.set(all.subarray(row * width, (row + 1) * width), i * width));
    return taken;
  };
  return new Explanation({
    ...explanation.parts(),
    values: take(explanation.values, numFeatures * numOutputs),
    baseValues: take(explanation.baseValues, numOutputs),
    predictions: take(explanation.predictions, numOutputs),
    ...(standardErrors ? { standardErrors: take(standardErrors, numFeatures * numOutputs) } : {}),
    data: explanation.data.take(rows),
  });
}
