import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { InputError } from "../errors.ts";
import { IDLE_MILLISECONDS, transferable } from "../shap/index.ts";
import type { RowTask, ThreadAnswer, TreePool } from "../shap/index.ts";
import type { TreeThreadTask } from "./tree-worker.ts";

/** More than any call asks for: each limits itself. */
const MOST_THREADS = 4096;

/** Threads in Node: worker threads of piscina, to which the explainer's bytes lie in shared memory. */
export function openTreePool(bytes: Uint8Array): TreePool {
  const file = new URL("./tree-worker.js", import.meta.url);
  if (!existsSync(file)) throw refuseBundle(file);
  const saved = new Uint8Array(new SharedArrayBuffer(bytes.length));
  saved.set(bytes);
  // Loaded when it is needed: importing the package starts nothing.
  const opening = import("piscina").then(({ Piscina }) => {
    const limits = { minThreads: 0, maxThreads: MOST_THREADS, idleTimeout: IDLE_MILLISECONDS };
    const pool = new Piscina<TreeThreadTask, ThreadAnswer>({ filename: file.href, ...limits });
    // What befalls a thread at work is told by its task. An answer that comes after the end, or an idle thread's, is nobody's.
    return pool.on("error", () => undefined);
  });
  return {
    offered: availableParallelism(),
    async run(task: RowTask) {
      const pool = await opening;
      return pool.run({ saved, task }, { transferList: transferable(task.rows) });
    },
    async close() {
      const pool = await opening;
      await pool.destroy();
    },
  };
}

function refuseBundle(file: URL): InputError {
  return new InputError({
    call: "treeShap.explainParallel",
    argument: "the package",
    expected: "in node_modules, where threads find their code",
    received: `a bundle without ${file.pathname}`,
    mend: "Tell the bundler to leave vitrine out (esbuild: --external:vitrine), or use explain.",
  });
}
