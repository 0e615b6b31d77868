import { describeReceived, InputError } from "../errors.ts";
import { fitGlmElsewhere } from "../models/index.ts";
import type { GlmModel, GlmOptions, ModelFormula } from "../models/index.ts";
import type { TableLike } from "../table/index.ts";
import { planThreads } from "./threads.ts";
import type { ThreadOptions } from "./threads.ts";

/** Options of {@link fitGlmParallel}: those of `fitGlm`, but for a penalty. */
export interface GlmParallelOptions extends Omit<GlmOptions, "penalty">, ThreadOptions {}

/**
 * Fits as `fitGlm` does, with the rows divided among worker threads. The model is the same to the bit for any number of threads; it differs from
 * `fitGlm`'s by the rounding of sums. The rows are copied once, into memory that the threads share. That and starting the threads takes
 * time, so that it pays where a fit takes several seconds: millions of rows with many columns, and more threads than two.
 *
 * @throws as `fitGlm`, and the signal's reason when it is aborted
 * @example
 * const model = await fitGlmParallel("claims ~ region + age", policies, { family: "poisson", exposure: "years" });
 */
export async function fitGlmParallel(formula: ModelFormula, data: TableLike, options: GlmParallelOptions = {}): Promise<GlmModel> {
  const call = "fitGlmParallel";
  const { threads, signal, ...rest } = options;
  const open = planThreads(call, { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) });
  if ("penalty" in rest) {
    const mend = "Use fitGlm or fitGlmPath, which work on sums and gain little from threads.";
    throw new InputError({ call, argument: "penalty", expected: "left out", received: describeReceived(rest.penalty), mend });
  }
  return fitGlmElsewhere(call, formula, data, rest, open);
}
