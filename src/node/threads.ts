import { availableParallelism } from "node:os";
import { describeReceived, InputError } from "../errors.ts";
import type { PassRunner, PassSums, RowNumbersOfFit } from "../models/index.ts";
import type { PassTask } from "./pass-worker.ts";
import { shareRows } from "./share-rows.ts";

/** How the work of a fit is divided among threads. */
export interface ThreadOptions {
  /** Worker threads. @defaultValue as many as the machine offers */
  readonly threads?: number;
  /** Ends the fit between two passes. */
  readonly signal?: AbortSignal;
}

/** Checks the options. @returns what opens the threads for the rows of a fit @throws {@link InputError}, or the signal's reason when it is aborted */
export function planThreads(
  call: string,
  { threads = availableParallelism(), signal }: ThreadOptions,
): (rows: RowNumbersOfFit) => Promise<PassRunner> {
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
  signal?.throwIfAborted();
  return (rows) => openThreads(rows, threads, signal);
}

async function openThreads(numbers: RowNumbersOfFit, threads: number, signal: AbortSignal | undefined): Promise<PassRunner> {
  // Loaded when it is needed: importing the package starts nothing.
  const { Piscina } = await import("piscina");
  const pool = new Piscina<PassTask, PassSums>({
    filename: new URL("./pass-worker.js", import.meta.url).href,
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
