import { InputError } from "../../errors.ts";
import type { GlmProblem } from "../glm/glm-fit.ts";

/** Sums of products of squares must not leave the range of numbers. */
const EXTREME = 1e60;

/** Refuses rows whose numbers are too large to compute with. @throws {@link InputError} */
export function checkSizes(call: string, { response, weights }: Pick<GlmProblem, "response" | "weights">): void {
  checkSize(call, "response", response);
  checkSize(call, "weights", weights);
}

function checkSize(call: string, argument: string, values: Float64Array): void {
  const row = values.findIndex((value) => Math.abs(value) > EXTREME);
  if (row === -1) return;
  const mend = argument === "weights" ? "Divide all weights by the same number." : "Measure it in another unit.";
  throw new InputError({ call, argument, expected: `numbers below ${EXTREME}`, received: String(values[row]), mend });
}
