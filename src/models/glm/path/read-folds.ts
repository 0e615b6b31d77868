import { describeReceived, InputError } from "../../../errors.ts";
import { drawFolds } from "./cross-validation.ts";

const FEWEST_FOLDS = 3;

/**
 * A fold for each row of a design, numbered from 0; null where no cross-validation is asked for.
 *
 * @param folds - the option
 * @param numRows - rows of the data
 * @param rows - the rows of the data that the design has; null for all
 * @param weights - one a row of the design
 * @throws {@link InputError} for too few or too many folds, and folds in which no row counts
 */
export function readFolds(
  call: string,
  folds: number | ArrayLike<number> | undefined,
  seed: number,
  { numRows, rows, weights }: { readonly numRows: number; readonly rows: Int32Array | null; readonly weights: Float64Array },
): Int32Array | null {
  if (folds === undefined) return null;
  const fail = (expected: string, received: string, mend: string): InputError =>
    new InputError({ call, argument: "folds", expected, received, mend });
  if (typeof folds === "number") {
    const isRight = Number.isInteger(folds) && folds >= FEWEST_FOLDS && folds <= weights.length;
    if (!isRight) {
      throw fail(`a whole number from ${FEWEST_FOLDS} to the number of rows (${weights.length})`, String(folds), "10 is usual.");
    }
    return checkFolds(drawFolds(weights.length, folds, seed), weights, fail);
  }
  if (typeof folds !== "object" || folds === null || folds.length !== numRows) {
    const received = typeof folds === "object" && folds !== null ? `${folds.length} values` : describeReceived(folds);
    throw fail(`a number of folds, or ${numRows} numbers, one a row`, received, "Give each row of the data the number of its fold.");
  }
  const given = Array.from({ length: weights.length }, (_, i) => folds[rows === null ? i : rows[i]]);
  const wrong = given.find((fold) => !Number.isSafeInteger(fold));
  if (wrong !== undefined) throw fail("whole numbers", describeReceived(wrong), "Give each row of the data the number of its fold.");
  const labels = [...new Set(given)].sort((a, b) => a - b);
  if (labels.length < FEWEST_FOLDS) throw fail(`of at least ${FEWEST_FOLDS} folds`, `${labels.length}`, "Use more folds.");
  const placeOf = new Map(labels.map((label, place) => [label, place]));
  return checkFolds(
    Int32Array.from(given, (label) => placeOf.get(label) ?? -1),
    weights,
    fail,
  );
}

function checkFolds(
  folds: Int32Array,
  weights: Float64Array,
  fail: (expected: string, received: string, mend: string) => InputError,
): Int32Array {
  const totals = new Map<number, number>();
  folds.forEach((fold, i) => totals.set(fold, (totals.get(fold) ?? 0) + weights[i]));
  const empty = [...totals].find(([, total]) => total === 0);
  if (empty !== undefined) {
    throw fail(
      "folds with weight in each",
      `a fold (${empty[0]}) whose rows all have weight 0`,
      "Use fewer folds, or leave rows of weight 0 out.",
    );
  }
  return folds;
}
