import { runSentPass } from "../models/index.ts";
import type { PassSums, RowNumbersOfFit, SentPass } from "../models/index.ts";

/** What a thread is sent: the rows lie in shared memory, so that sending them costs nothing. */
export interface PassTask {
  readonly rows: RowNumbersOfFit;
  readonly pass: SentPass;
}

/** Runs in a worker thread, called by piscina. */
export default function runTask({ rows, pass }: PassTask): PassSums {
  return runSentPass(rows, pass);
}
