import { describeReceived, InputError } from "../../errors.ts";
import type { Matrix, TableLike } from "../../table/index.ts";
import type { Explanation } from "../explanation.ts";
import type { TreeThreadOptions } from "./thread-options.ts";
import type { TreeThreads } from "./tree-threads.ts";
import { whenAborted } from "./when-aborted.ts";

/** Rows in chunks that come one after another. */
export type RowChunks = Iterable<TableLike | Matrix> | AsyncIterable<TableLike | Matrix>;

/** Explains chunk after chunk, in order; no more than threads + 1 chunks are in memory. @param options - checked */
export async function* explainStream(
  threads: TreeThreads,
  chunks: RowChunks,
  options: TreeThreadOptions,
): AsyncGenerator<Explanation, void, undefined> {
  const source = openSource(chunks);
  const aborted = whenAborted(options.signal);
  let rowsDone = 0;
  const onRows = (rows: number): void => options.onProgress?.({ rowsDone: (rowsDone += rows) });
  let run: Awaited<ReturnType<TreeThreads["open"]>> | null = null;
  const underWay: Promise<Explanation>[] = [];
  let reading: Promise<IteratorResult<TableLike | Matrix>> | null = null;
  let ended = false;
  try {
    run = await Promise.race([threads.open(options), aborted.promise]);
    while (!ended || underWay.length > 0) {
      if (!ended && underWay.length <= run.threads) reading ??= quiet(Promise.resolve(source.next()));
      const next = await Promise.race([
        aborted.promise,
        ...(underWay.length > 0 ? [underWay[0].then((explanation) => ({ explanation }))] : []),
        ...(reading ? [reading.then((read) => ({ read }))] : []),
      ]);
      if ("explanation" in next) {
        underWay.shift();
        yield next.explanation;
        continue;
      }
      reading = null;
      if (next.read.done) ended = true;
      else underWay.push(quiet(threads.explain(run, next.read.value, undefined, onRows)));
    }
  } finally {
    if (run) run.stopped = true;
    aborted.forget();
    // A source that is being read answers `return` only after that: it is not waited for.
    if (!ended) void quiet(Promise.resolve(source.return?.()));
  }
}

/** A rejection of this promise is dealt with when its turn comes, or never. */
function quiet<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => undefined);
  return promise;
}

function openSource(chunks: RowChunks): Iterator<TableLike | Matrix> | AsyncIterator<TableLike | Matrix> {
  if (typeof chunks === "object" && chunks !== null) {
    if (Symbol.asyncIterator in chunks) return chunks[Symbol.asyncIterator]();
    if (Symbol.iterator in chunks) return chunks[Symbol.iterator]();
  }
  throw new InputError({
    call: "treeShap.explainStream",
    argument: "chunks",
    expected: "an iterable or async iterable of tables",
    received: describeReceived(chunks),
    mend: "Give readCsvChunks(path), a generator or a list of tables; for one table there is explainParallel.",
  });
}
