import { InputError } from "../../errors.ts";
import type { RowTask } from "../tree-shap/row-work.ts";
import { IDLE_MILLISECONDS, transferable, type ThreadAnswer, type TreePool, type TreeWorker } from "./tree-pool.ts";

// Declared here because this library does without the DOM's types.
declare const Worker: (new (url: URL, options: { type: "module" }) => TreeWorker) | undefined;
declare const navigator: { readonly hardwareConcurrency?: number } | undefined;
declare function setTimeout(work: () => void, milliseconds: number): number;
declare function clearTimeout(timer: number): void;

/** A worker and what it is doing. */
interface Member {
  readonly worker: TreeWorker;
  done: ((answer: ThreadAnswer) => void) | null;
  fail: ((error: Error) => void) | null;
  timer: number | null;
}

/** Threads in a browser: web workers. */
export function openTreePool(saved: Uint8Array, makeWorker: (() => TreeWorker) | undefined): TreePool {
  const pool = new WebPool(saved, makeWorker ?? startWorker);
  return { offered: pool.offered, run: (task) => pool.run(task), close: async () => pool.close() };
}

class WebPool {
  readonly offered: number = (typeof navigator === "undefined" ? undefined : navigator.hardwareConcurrency) ?? 1;
  private readonly saved: Uint8Array;
  private readonly makeWorker: () => TreeWorker;
  private readonly members: Set<Member> = new Set();

  constructor(saved: Uint8Array, makeWorker: () => TreeWorker) {
    this.saved = saved;
    this.makeWorker = makeWorker;
  }

  run(task: RowTask): Promise<ThreadAnswer> {
    return new Promise((done, fail) => {
      const member = [...this.members].find((each) => each.done === null) ?? this.start();
      if (member.timer !== null) clearTimeout(member.timer);
      Object.assign(member, { done, fail, timer: null });
      member.worker.postMessage({ task }, transferable(task.rows));
    });
  }

  close(): void {
    for (const member of this.members) this.end(member, new Error("The explainer was closed while it was explaining."));
  }

  private start(): Member {
    const member: Member = { worker: this.makeWorker(), done: null, fail: null, timer: null };
    this.members.add(member);
    member.worker.addEventListener("message", ({ data }) => this.take(member, data as ThreadAnswer));
    for (const type of ["error", "messageerror"] as const) {
      member.worker.addEventListener(type, ({ message }) =>
        this.end(member, new Error(`A web worker ended: ${message ?? "it did not load"}.`)),
      );
    }
    // Without a list the bytes are copied: each worker has its own.
    member.worker.postMessage({ saved: this.saved }, []);
    return member;
  }

  private take(member: Member, answer: ThreadAnswer): void {
    const { done } = member;
    Object.assign(member, { done: null, fail: null, timer: setTimeout(() => this.end(member), IDLE_MILLISECONDS) });
    done?.(answer);
  }

  private end(member: Member, error?: Error): void {
    if (member.timer !== null) clearTimeout(member.timer);
    member.worker.terminate();
    this.members.delete(member);
    if (error) member.fail?.(error);
  }
}

function startWorker(): TreeWorker {
  if (typeof Worker === "undefined") throw refuseStart("a place without web workers");
  try {
    return new Worker(new URL("./web-worker.js", import.meta.url), { type: "module" });
  } catch (error) {
    throw refuseStart(`nothing, and ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuseStart(received: string): InputError {
  return new InputError({
    call: "treeShap.explainParallel",
    argument: "worker",
    expected: "given where web workers cannot be started from the library's own file",
    received,
    mend: 'Bundle "vitrine/worker" as a script of its own and pass worker: () => new Worker(url, { type: "module" }), or use explain.',
  });
}
