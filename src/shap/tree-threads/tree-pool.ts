import type { InputProblem } from "../../errors.ts";
import type { RowTask } from "../tree-shap/row-work.ts";

/** What a thread answers: findings, or an error in a form that keeps its type. */
export type ThreadAnswer =
  | { readonly found: object }
  | { readonly problem: InputProblem }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } };

/** Threads that each hold one and the same explainer. They are started when there is work, and end when there has been none for a while. */
export interface TreePool {
  /** As many threads as the machine offers. */
  readonly offered: number;
  /** Has the next free thread compute; starts one more when none is free. The numbers of the task are handed over, not copied. */
  run(task: RowTask): Promise<ThreadAnswer>;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** The part of a web worker that is used. */
export interface TreeWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message" | "error" | "messageerror", listener: (event: TreeWorkerEvent) => void): void;
  terminate(): void;
}

/** The part of its events that is used. */
interface TreeWorkerEvent {
  /** Of messages. */
  readonly data?: unknown;
  /** Of errors. */
  readonly message?: string;
}

/** What the module for Node and the one for browsers offer. */
export interface PoolModule {
  /** @param saved - the explainer's bytes @param worker - makes a web worker; Node has its own */
  openTreePool(saved: Uint8Array, worker: (() => TreeWorker) | undefined): TreePool;
}

/** Milliseconds without work after which a thread ends. */
export const IDLE_MILLISECONDS = 10_000;

/** The memory of plain data's arrays, which can be handed over to another thread. */
export function transferable(data: object): ArrayBuffer[] {
  const found = Object.values(data).flatMap((value: unknown) =>
    value instanceof Float64Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
  return [...new Set(found)];
}
