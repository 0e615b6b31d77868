import { availableParallelism } from "node:os";
import { describeReceived, InputError } from "../errors.ts";
import { fitGlmElsewhere } from "../models/index.ts";
import type { GlmModel, GlmOptions, ModelFormula, PassRunner, PassSums, RowNumbersOfFit } from "../models/index.ts";
import type { TableLike } from "../table/index.ts";
import type { GlmTask } from "./glm-worker.ts";
import { shareRows } from "./share-rows.ts";

/** Options of {@link fitGlmParallel}: those of `fitGlm`, but for a penalty. */
export interface GlmParallelOptions extends Omit<GlmOptions, "penalty"> {
  /** Worker threads. @defaultValue as many as the machine offers */
  readonly threads?: number;
  /** Ends the fit between two passes. */
  readonly signal?: AbortSignal;
}

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
  const { threads = availableParallelism(), signal, ...rest } = options;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    const mend = "Leave it out for as many as the machine offers.";
    throw new InputError({
      call,
      argument: "threads",
      expected: "a whole number from 1 to 1024",
      received: describeReceived(threads),
      mend,
    });
  }
  if ("penalty" in rest) {
    const mend = "Use fitGlm or fitGlmPath, which work on sums and gain little from threads.";
    throw new InputError({ call, argument: "penalty", expected: "left out", received: describeReceived(rest.penalty), mend });
  }
  signal?.throwIfAborted();
  return fitGlmElsewhere(call, formula, data, rest, (rows) => openThreads(rows, threads, signal));
}

async function openThreads(numbers: RowNumbersOfFit, threads: number, signal: AbortSignal | undefined): Promise<PassRunner> {
  // Loaded when it is needed: importing the package starts nothing.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<GlmTask, PassSums>({
    filename: new URL("./glm-worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  const rows = shareRows(numbers);
  return {
    run: (passes) => {
      signal?.throwIfAborted();
      return Promise.all(passes.map((pass) => pool.run({ rows, pass })));
    },
    close: () => pool.destroy(),
  };
}
