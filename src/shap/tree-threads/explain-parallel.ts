import type { Matrix, TableLike } from "../../table/index.ts";
import type { Explanation } from "../explanation.ts";
import type { RowLabels } from "../tree-shap/response/explained-output.ts";
import { whenAborted } from "./when-aborted.ts";
import type { TreeThreadOptions } from "./thread-options.ts";
import type { TreeThreads } from "./tree-threads.ts";

/** `explain` with the rows divided among threads. @param options - checked */
export async function explainParallel(
  threads: TreeThreads,
  data: TableLike | Matrix,
  response: RowLabels | undefined,
  options: TreeThreadOptions,
): Promise<Explanation> {
  const run = await threads.open(options);
  let rowsDone = 0;
  const onRows = (rows: number, numRows: number): void => {
    rowsDone += rows;
    options.onProgress?.({ rowsDone, numRows });
  };
  const aborted = whenAborted(options.signal);
  try {
    return await Promise.race([threads.explain(run, data, response, onRows), aborted.promise]);
  } finally {
    run.stopped = true;
    aborted.forget();
  }
}
