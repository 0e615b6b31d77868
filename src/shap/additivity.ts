import type { Warning } from "../errors.ts";
import { Explanation, type ExplanationParts } from "./explanation.ts";

/**
 * Residual, relative to the size of what is summed, above which values are called inexact. Float64 sums of thousands of trees stay below 1e-12;
 * anything above 1e-9 is a fault, not rounding.
 */
const TOLERANCE = 1e-9;

/** Smallest size of sums that are judged relative to it: below, numbers underflow. */
const LEAST_SIZE = 1e-290;

/**
 * Makes an explanation, with a warning added where its values do not add up.
 * @param diagnose - says in a sentence why those of a row do not
 */
export function explainChecked(parts: ExplanationParts, diagnose?: (row: number, output: number) => string): Explanation {
  const found = additivityWarnings(new Explanation(parts), diagnose);
  return new Explanation({ ...parts, warnings: [...parts.warnings, ...found] });
}

/**
 * Checks `prediction = base value + sum of values` row by row, to what rounding is proven to do or else to a tolerance; says which row misses most
 * when one does. Banzhaf values need not add up.
 */
export function additivityWarnings(explanation: Explanation, diagnose?: (row: number, output: number) => string): Warning[] {
  if (!explanation.isAdditive) return [];
  const { additivityResiduals: residuals, numOutputs } = explanation;
  let worst = -1;
  let worstRatio = 1;
  residuals.forEach((residual, cell) => {
    // The first row that is not even a number is the worst.
    if (Number.isNaN(worstRatio)) return;
    const ratio = Math.abs(residual) / roomFor(explanation, cell);
    if (ratio <= worstRatio) return;
    worst = cell;
    worstRatio = ratio;
  });
  if (worst < 0) return [];
  const row = Math.floor(worst / numOutputs);
  const proven = explanation.certifiedErrors
    ? `, where rounding explains ${explanation.certifiedErrors[worst].toPrecision(2)} at most`
    : "";
  const miss = `Base value and contributions do not add up to the prediction: row ${row} misses by ${residuals[worst]}${proven}.`;
  const reason = diagnose?.(row, worst % numOutputs);
  return [{ name: "additivity", message: reason === undefined ? miss : `${miss} ${reason}`, subjects: [`row ${row}`] }];
}

/** The largest residual that is rounding. */
function roomFor(explanation: Explanation, cell: number): number {
  const { numOutputs, numFeatures, predictions, baseValues, values, certifiedErrors } = explanation;
  if (certifiedErrors) return certifiedErrors[cell];
  const row = Math.floor(cell / numOutputs);
  let size = Math.abs(predictions[cell]) + Math.abs(baseValues[cell]);
  for (let j = 0; j < numFeatures; j++) size += Math.abs(values[(row * numFeatures + j) * numOutputs + (cell % numOutputs)]);
  return Math.max(TOLERANCE * size, LEAST_SIZE);
}
