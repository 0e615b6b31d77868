import { formulaError } from "../formula/formula-error.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import type { SmoothSpec } from "./smooth-spec.ts";

/** Numbers that follow another column's line to within this share of their range are the same covariate. */
const ALIKE = 1e-10;

/**
 * Refuses a curve of a covariate that is another one in another unit: the two curves would be one function twice.
 *
 * @param values - the numbers of a covariate in the training rows, by its text
 * @throws InputError with a caret under the later one
 */
export function refuseAlike(source: FormulaSource, values: (text: string) => Float64Array, specs: readonly SmoothSpec[]): void {
  const curves = specs.filter(isPlainCurve);
  for (const [k, spec] of curves.entries()) {
    const own = textOf(spec);
    const twin = curves.slice(0, k).find((other) => textOf(other) !== own && isLineOf(values(own), values(textOf(other))));
    if (twin === undefined) continue;
    throw formulaError(source, spec.place, {
      expected: "made of smooths whose covariates differ by more than their unit",
      received: `${own}, which is a multiple of ${textOf(twin)} plus a constant, in ${spec.label} beside ${twin.label}`,
      mend: `Keep ${spec.label} or ${twin.label}: they cannot be told apart.`,
    });
  }
}

/** Of one covariate of numbers, in all rows. */
function isPlainCurve({ covariates, by, margins }: SmoothSpec): boolean {
  return covariates.length === 1 && covariates[0].kind === "numbers" && by === null && margins[0].basis !== "re";
}

/** Whether one is a multiple of the other plus a constant. */
function isLineOf(one: Float64Array, other: Float64Array): boolean {
  let low = 0;
  let high = 0;
  for (let row = 0; row < other.length; row++) {
    if (other[row] < other[low]) low = row;
    if (other[row] > other[high]) high = row;
  }
  const slope = (one[high] - one[low]) / (other[high] - other[low]);
  const tolerance = ALIKE * Math.abs(one[high] - one[low]);
  for (let row = 0; row < other.length; row++) {
    if (!(Math.abs(one[low] + slope * (other[row] - other[low]) - one[row]) <= tolerance)) return false;
  }
  return one.length > 0;
}

function textOf({ covariates }: SmoothSpec): string {
  return covariates[0].text;
}
