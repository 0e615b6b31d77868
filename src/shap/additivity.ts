import type { Warning } from "../errors.ts";
import { Explanation, type ExplanationParts } from "./explanation.ts";

/**
 * Residual, relative to the size of what is summed, above which values are called inexact. Float64 sums of thousands of trees stay below 1e-12;
 * anything above 1e-9 is a fault, not rounding.
 */
const TOLERANCE = 1e-9;

/** Makes an explanation, with a warning added where its values do not add up. */
export function explainChecked(parts: ExplanationParts): Explanation {
  const found = additivityWarnings(new Explanation(parts));
  return new Explanation({ ...parts, warnings: [...parts.warnings, ...found] });
}

/** Checks `prediction = base value + sum of values` row by row; says which row misses most when one does. Banzhaf values need not add up. */
export function additivityWarnings(explanation: Explanation): Warning[] {
  if (!explanation.isAdditive) return [];
  const { additivityResiduals: residuals, numOutputs, numFeatures, predictions, baseValues, values } = explanation;
  let worst = -1;
  let worstRatio = TOLERANCE;
  residuals.forEach((residual, cell) => {
    // The first row that is not even a number is the worst.
    if (Number.isNaN(worstRatio)) return;
    const row = Math.floor(cell / numOutputs);
    let size = Math.abs(predictions[cell]) + Math.abs(baseValues[cell]);
    for (let j = 0; j < numFeatures; j++) size += Math.abs(values[(row * numFeatures + j) * numOutputs + (cell % numOutputs)]);
    // Written so that a NaN anywhere counts as a miss.
    if (!(Math.abs(residual) <= worstRatio * size) && size !== 0) {
      worst = cell;
      worstRatio = Math.abs(residual) / size;
    }
  });
  if (worst < 0) return [];
  const row = Math.floor(worst / numOutputs);
  return [
    {
      name: "additivity",
      message: `Base value and contributions do not add up to the prediction: row ${row} misses by ${residuals[worst]}.`,
      subjects: [`row ${row}`],
    },
  ];
}
