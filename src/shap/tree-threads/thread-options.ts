import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import type { TreeWorker } from "./tree-pool.ts";

/** How far an explanation in threads has come. */
export interface TreeShapProgress {
  readonly rowsDone: number;
  /** All rows; absent for streams, whose end is not known. */
  readonly numRows?: number;
}

/** How rows are divided among threads. */
export interface TreeThreadOptions {
  /** Threads that compute at once. The values are the same to the bit for any number. @defaultValue as many as the machine offers */
  readonly threads?: number;
  /** Ends the work at once: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each piece of the rows. */
  readonly onProgress?: (progress: TreeShapProgress) => void;
  /**
   * In a browser: makes a worker that runs the module `vitrine/worker`. The first call of an explainer decides.
   * @defaultValue `new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" })`, which webpack, Vite and Parcel know
   */
  readonly worker?: () => TreeWorker;
}

const NAMES = ["threads", "signal", "onProgress", "worker"];

/** @throws InputError for unknown options and those of the wrong type, and the signal's reason when it is aborted */
export function checkThreadOptions(call: string, options: TreeThreadOptions, more: readonly string[] = []): void {
  refuseUnknownOptions(call, options, [...NAMES, ...more]);
  const { threads, signal, onProgress, worker } = options;
  const refuse = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument, expected, received: describeReceived(received), mend });
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= 1024)) {
    throw refuse("threads", "a whole number from 1 to 1024", threads, "Leave it out for as many as the machine offers.");
  }
  for (const [name, given] of Object.entries({ onProgress, worker })) {
    if (given !== undefined && typeof given !== "function") throw refuse(name, "a function", given, "Leave it out.");
  }
  if (signal === undefined) return;
  if (typeof signal?.throwIfAborted !== "function") {
    throw refuse("signal", "an AbortSignal", signal, "Give the signal of an AbortController.");
  }
  signal.throwIfAborted();
}
