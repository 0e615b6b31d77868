import { Explanation } from "../shap/index.ts";

/** Pictures look at so many rows, and at the extreme ones of all; figures about quality use all. */
const MOST_ROWS = 10_000;

/** The rows 0 to numRows − 1, ascending: of more than 10 000 as many, evenly spaced, with the first, the last and those of `always`. */
export function sampleRows(numRows: number, always: readonly number[]): number[] {
  if (numRows <= MOST_ROWS) return Array.from({ length: numRows }, (_, row) => row);
  const even = Array.from({ length: MOST_ROWS }, (_, k) => Math.round((k * (numRows - 1)) / (MOST_ROWS - 1)));
  return [...new Set([...even, ...always])].sort((a, b) => a - b);
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
