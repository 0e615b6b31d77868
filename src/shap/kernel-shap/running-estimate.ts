import type { Explanation } from "../explanation.ts";

/** How far an explanation has come. */
export interface KernelShapProgress {
  /** Share of the work done, from 0 to 1, by the forecast of what is left. */
  readonly fraction: number;
  /** Rows of data that are finished. */
  readonly rowsDone: number;
  readonly numRows: number;
  /** Rows sent to the model so far. */
  readonly rowsSent: number;
  /** Seconds still to go, by the forecast and the pace so far. */
  readonly secondsLeft: number;
}

/** Options of one call of `explain`. */
export interface KernelShapRunOptions {
  /** Ends the work at once: the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each round of coalitions. */
  readonly onProgress?: (progress: KernelShapProgress) => void;
}

/** What is known of some rows after a round of coalitions. */
export interface RunningEstimate {
  /** The first of the rows in the data, and the one after the last. */
  readonly rows: readonly [start: number, end: number];
  /** The values so far, with their standard errors. */
  readonly explanation: Explanation;
  /** Whether these rows are finished. */
  readonly isFinal: boolean;
  readonly progress: KernelShapProgress;
}
