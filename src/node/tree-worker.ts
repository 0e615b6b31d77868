import { move, transferableSymbol, valueSymbol } from "piscina";
import { openTreeThread, transferable } from "../shap/index.ts";
import type { RowTask, ThreadAnswer } from "../shap/index.ts";

/** What a thread is sent. */
export interface TreeThreadTask {
  /** The explainer's bytes, in shared memory: they are read at the first task. */
  readonly saved: Uint8Array;
  readonly task: RowTask;
}

let answer: ((task: RowTask) => ThreadAnswer) | undefined;

/** Runs in a worker thread, called by piscina; the numbers found are handed over, not copied. */
export default function runTask({ saved, task }: TreeThreadTask): object {
  answer ??= openTreeThread(saved);
  const answered = answer(task);
  if (!("found" in answered)) return answered;
  return move({ [transferableSymbol]: transferable(answered.found), [valueSymbol]: answered } as never) as object;
}
