import { InputError } from "../errors.ts";

/**
 * The weights of background rows, checked.
 * @param argument - the option that they came in
 * @returns one weight a row; all 1 when none are given
 * @throws InputError when there are too few or too many, or one is negative or not finite, or all are 0
 */
export function readWeights(
  call: string,
  numRows: number,
  weights: ArrayLike<number> | undefined,
  argument: "backgroundWeights" | "weights" = "backgroundWeights",
): Float64Array {
  if (weights === undefined) return new Float64Array(numRows).fill(1);
  const all = Float64Array.from(weights);
  const wrong = all.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  const total = all.reduce((sum, weight) => sum + weight, 0);
  if (all.length === numRows && wrong < 0 && total > 0 && total < Infinity) return all;
  throw new InputError({
    call,
    argument,
    expected: `${numRows} finite weights of at least 0, not all 0, of finite sum`,
    received:
      all.length !== numRows
        ? `${all.length} weights`
        : wrong >= 0
          ? String(all[wrong])
          : total > 0
            ? "weights whose sum is not finite"
            : "zeros only",
    ...(all.length === numRows && wrong >= 0 ? { where: `position ${wrong}` } : {}),
    mend: `Give one weight for each ${argument === "weights" ? "row" : "background row"}, or leave the option out.`,
  });
}
