import { InputError } from "../../errors.ts";
import type { Matrix, TableLike } from "../../table/index.ts";
import type { EncodedRows, TreeEnsemble } from "../../trees/index.ts";
import type { Explanation } from "../explanation.ts";
import { describeRows } from "../tree-shap/explained-rows.ts";
import type { RowTask, RowWork } from "../tree-shap/row-work.ts";
import type { RowLabels } from "../tree-shap/response/explained-output.ts";
import { Lanes } from "./lanes.ts";
import type { TreeThreadOptions } from "./thread-options.ts";
import type { PoolModule, ThreadAnswer, TreePool, TreeWorker } from "./tree-pool.ts";

/** One call: what is shared by all the rows that it explains. */
export interface ThreadRun {
  readonly pool: TreePool;
  readonly lanes: Lanes;
  /** Whether no further task is to be started. */
  stopped: boolean;
}

/** An explainer's threads: they are started at the first call, each with the explainer made of its bytes, and kept for later ones. */
export class TreeThreads {
  private readonly ensemble: TreeEnsemble;
  private readonly work: RowWork;
  private readonly save: () => Uint8Array;
  private pool: Promise<TreePool> | null = null;

  constructor(ensemble: TreeEnsemble, work: RowWork, save: () => Uint8Array) {
    this.ensemble = ensemble;
    this.work = work;
    this.save = save;
  }

  async open({ threads, worker }: TreeThreadOptions): Promise<ThreadRun & { readonly threads: number }> {
    this.pool ??= this.openPool(worker);
    const pool = await this.pool;
    const most = threads ?? pool.offered;
    return { pool, threads: most, lanes: new Lanes(most), stopped: false };
  }

  /** Explains rows as `explain` does. @param onRows - told the rows of each piece that is done */
  async explain(
    run: ThreadRun,
    data: TableLike | Matrix,
    response: RowLabels | undefined,
    onRows: (rows: number, of: number) => void,
  ): Promise<Explanation> {
    const { ensemble, work } = this;
    const rows = ensemble.encode(data, "treeShap.explain");
    work.check(rows.numRows, response);
    const starts = Array.from({ length: Math.ceil(rows.numRows / work.rowsAtOnce) }, (_, piece) => piece * work.rowsAtOnce);
    const found = await Promise.all(
      starts.map((firstRow) =>
        run.lanes.run(async () => {
          if (run.stopped) return {};
          const task = cutTask(rows, firstRow, work.rowsAtOnce, response);
          const { numRows } = task.rows;
          const answer = await run.pool.run(task).catch((error: unknown) => {
            run.stopped = true;
            throw error;
          });
          const findings = readAnswer(answer, run);
          if (!run.stopped) onRows(numRows, rows.numRows);
          return findings;
        }),
      ),
    );
    return work.assemble(found, { data: describeRows(ensemble, data, rows), ...(response === undefined ? {} : { response }) });
  }

  async close(): Promise<void> {
    const { pool } = this;
    this.pool = null;
    await (await pool)?.close();
  }

  private async openPool(worker: (() => TreeWorker) | undefined): Promise<TreePool> {
    // "imports" of package.json has a module for Node, with worker threads, and one for browsers, with web workers.
    const { openTreePool }: PoolModule = await import("#tree-pool");
    return openTreePool(this.save(), worker);
  }
}

/** Cells of their own for the rows of a task, so that they can be handed over. */
function cutTask({ values, numRows, numColumns }: EncodedRows, firstRow: number, most: number, response: RowLabels | undefined): RowTask {
  const end = Math.min(firstRow + most, numRows);
  const rows = { values: values.slice(firstRow * numColumns, end * numColumns), numRows: end - firstRow, numColumns };
  return { rows, firstRow, ...(response === undefined ? {} : { response: Array.from(response).slice(firstRow, end) }) };
}

/** @throws what the thread threw, of the same type */
function readAnswer(answer: ThreadAnswer, run: ThreadRun): object {
  if ("found" in answer) return answer.found;
  run.stopped = true;
  if ("problem" in answer) throw new InputError(answer.problem);
  throw Object.assign(new Error(answer.error.message), answer.error);
}
