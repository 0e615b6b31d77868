import type { RowTask } from "../tree-shap/row-work.ts";
import { transferable, type ThreadAnswer } from "./tree-pool.ts";
import { openTreeThread } from "./tree-thread.ts";

// What runs in a web worker: `explainParallel` starts it. Loaded anywhere else it does nothing.

/** What the worker is sent: first the explainer's bytes, then tasks. */
type Message = { readonly saved: Uint8Array } | { readonly task: RowTask };

/** The part of a worker's global object that is used. */
interface WorkerScope {
  addEventListener?(type: "message", listener: (event: { data: Message }) => void): void;
  postMessage(answer: ThreadAnswer, transfer: ArrayBuffer[]): void;
  readonly document?: unknown;
}

const scope = globalThis as unknown as WorkerScope;

if (scope.document === undefined && typeof scope.addEventListener === "function" && typeof scope.postMessage === "function") {
  let answer: ReturnType<typeof openTreeThread> | undefined;
  scope.addEventListener("message", ({ data }) => {
    if ("saved" in data) {
      answer = openTreeThread(data.saved);
      return;
    }
    if (!answer) return;
    const answered = answer(data.task);
    scope.postMessage(answered, "found" in answered ? transferable(answered.found) : []);
  });
}
