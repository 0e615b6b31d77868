import { InputError, describeReceived } from "../../../errors.ts";
import { leastBudget } from "../../kernel-shap/settings.ts";
import { readTolerance, type Tolerance } from "../../kernel-shap/tolerance.ts";

/** How values are estimated where there are too many coalitions to evaluate. */
export interface SamplingSettings {
  readonly budget: number;
  readonly tolerance: Tolerance | null;
  readonly seed: number;
}

/** Options of the estimates. */
export interface SamplingOptions {
  readonly budget?: number;
  readonly tolerance?: number | Tolerance;
  readonly seed?: number;
}

/** @throws InputError for a budget below the least, and what is no tolerance or seed */
export function readSampling({ budget, tolerance, seed = 0 }: SamplingOptions, numPlayers: number): SamplingSettings {
  const least = leastBudget(numPlayers);
  if (budget !== undefined && !(Number.isSafeInteger(budget) && budget >= least)) {
    throw optionError("budget", `a whole number of at least ${least} coalitions for ${numPlayers} features or groups`, budget);
  }
  if (!(Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 32)) {
    throw optionError("seed", "a whole number from 0 to 4294967295", seed);
  }
  return { budget: budget ?? 2 * numPlayers + 2048, tolerance: readTolerance(tolerance, "treeShap"), seed };
}

function optionError(argument: string, expected: string, received: unknown): InputError {
  const mend = "Leave the option out for its default.";
  return new InputError({ call: "treeShap", argument, expected, received: describeReceived(received), mend });
}
