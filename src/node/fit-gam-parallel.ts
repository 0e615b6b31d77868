import { refuseUnknownOptions } from "../errors.ts";
import { fitGamElsewhere } from "../models/index.ts";
import type { GamModel, GamOptions, ModelFormula } from "../models/index.ts";
import type { TableLike } from "../table/index.ts";
import { planThreads } from "./threads.ts";
import type { ThreadOptions } from "./threads.ts";

/** Options of {@link fitGamParallel}. */
export interface GamParallelOptions extends GamOptions, ThreadOptions {}

/**
 * Fits as `fitGam` does, with the rows divided among worker threads. The model is the same to the bit for any number of threads; it differs from
 * `fitGam`'s by the rounding of sums. The rows are copied once, into memory that the threads share. That and starting the threads takes
 * time, so that it pays where a fit takes several seconds: hundreds of thousands of rows that are not rounded, or millions that are.
 *
 * @throws as `fitGam`, and the signal's reason when it is aborted
 * @example
 * const model = await fitGamParallel("claims ~ region + s(age)", policies, { family: "poisson", exposure: "years" });
 */
export async function fitGamParallel(formula: ModelFormula, data: TableLike, options: GamParallelOptions = {}): Promise<GamModel> {
  const call = "fitGamParallel";
  refuseUnknownOptions(call, options, Object.keys(options ?? {})); // fitGam looks at the names; this refuses what is no object.
  const { threads, signal, ...rest } = options;
  const open = planThreads(call, { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) });
  return fitGamElsewhere(call, formula, data, rest, open);
}
