import { describeReceived, InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import type { PredictFunction } from "../exact-shap.ts";

/** How a model is to be called. */
export interface RunnerOptions {
  readonly call: string;
  readonly concurrency: number;
  /** The most rows that all calls together may send. */
  readonly maxRows: number;
  readonly signal?: AbortSignal | undefined;
}

/** One batch, and what to do with the answer. */
export interface Job {
  readonly batch: Table;
  /** @param predictions - rows × outputs */
  deliver(predictions: ArrayLike<number>): void;
}

/** Calls a model batch by batch, checks what it answers, and counts. */
export class ModelRunner {
  rowsSent: number = 0;
  calls: number = 0;
  /** Time that the model took, all calls added up. */
  milliseconds: number = 0;
  /** Known after the first answer. */
  numOutputs: number = 0;
  readonly options: RunnerOptions;
  private readonly predict: PredictFunction;

  constructor(predict: PredictFunction, options: RunnerOptions) {
    this.predict = predict;
    this.options = options;
  }

  /** Answers of one batch; rows × outputs. */
  async run(batch: Table): Promise<ArrayLike<number>> {
    const { signal } = this.options;
    signal?.throwIfAborted();
    this.countRows(batch.numRows);
    const call = ++this.calls;
    const start = performance.now();
    let found: ArrayLike<number>;
    try {
      found = await raceAbort(Promise.resolve(this.predict(batch, signal ? { signal } : {})), signal);
    } catch (reason) {
      throw signal?.aborted ? signal.reason : this.failedCall(call, batch.numRows, reason);
    }
    this.milliseconds += performance.now() - start;
    this.check(found, batch.numRows, call);
    return found;
  }

  /** Runs jobs, at most `concurrency` at once; stops at the first that fails. */
  async runAll(jobs: Iterator<Job>): Promise<void> {
    const state = { failed: false };
    const work = async (): Promise<void> => {
      try {
        while (!state.failed) {
          const next = jobs.next();
          if (next.done) return;
          next.value.deliver(await this.run(next.value.batch));
        }
      } catch (reason) {
        state.failed = true;
        throw reason;
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency }, work));
  }

  private countRows(numRows: number): void {
    const { call, maxRows } = this.options;
    this.rowsSent += numRows;
    if (this.rowsSent <= maxRows) return;
    throw new InputError({
      call,
      argument: "maxRows",
      expected: "enough for the rows that the budget asks for",
      received: `${maxRows}, and ${this.rowsSent} rows`,
      mend: "Raise maxRows, or lower the budget or the number of background rows.",
    });
  }

  private check(found: ArrayLike<number>, numRows: number, call: number): void {
    const isArray = Array.isArray(found) || (ArrayBuffer.isView(found) && !(found instanceof DataView));
    const expected =
      this.numOutputs === 0 ? `numbers, the same count for each of ${numRows} rows` : `${numRows} × ${this.numOutputs} numbers`;
    if (!isArray) throw this.wrong(expected, describeReceived(found), `call ${call}`);
    const outputs = found.length / numRows;
    if (!Number.isInteger(outputs) || outputs === 0 || (this.numOutputs > 0 && outputs !== this.numOutputs)) {
      throw this.wrong(expected, `${found.length} numbers`, `call ${call}`);
    }
    for (let i = 0; i < found.length; i++) {
      if (Number.isFinite(found[i])) continue;
      const where = `row ${Math.floor(i / outputs)}, output ${i % outputs} of call ${call}`;
      throw this.wrong("finite numbers", describeReceived(found[i]), where);
    }
    this.numOutputs = outputs;
  }

  private wrong(expected: string, received: string, where: string): InputError {
    const { call } = this.options;
    const mend = "Return rows × outputs numbers, row after row.";
    return new InputError({ call, argument: "predict", expected: `a function that returns ${expected}`, received, where, mend });
  }

  private failedCall(call: number, numRows: number, reason: unknown): InputError {
    const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : describeReceived(reason);
    const error = new InputError({
      call: this.options.call,
      argument: "predict",
      expected: "a function that answers every call",
      received: `an error (${message})`,
      where: `call ${call}, of ${numRows} rows`,
      mend: "Mend the model, or try again where it is a network that fails; the error it threw is the cause of this one.",
    });
    error.cause = reason;
    return error;
  }
}

/** Settles with the work, or rejects as soon as the signal says so. */
function raceAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
