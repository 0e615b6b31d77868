import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { BlockProducts } from "../../numeric/index.ts";
import type { Design, DesignResponse, NumbersAlongside, Table, TableLike } from "../../table/index.ts";
import { toTable } from "../../table/index.ts";
import type { Family } from "../families/family.ts";
import type { PassRequest, PassSums } from "./fitting/pass.ts";
import { addSums, runPass } from "./fitting/run-pass.ts";
import type { RowOptions } from "./glm-options.ts";
import { alongsideOf, makeProblem, readGivenRows } from "./make-problem.ts";
import type { MadeProblem } from "./make-problem.ts";

/** What options tell of rows that come in chunks: all by columns. */
export interface ChunkRowOptions {
  /** The column of prior weights. @defaultValue 1 for every row */
  readonly weights?: string;
  /** The column of how many cases a row stands for. @defaultValue 1 for every row */
  readonly frequencies?: string;
  /** The column that is added to the linear predictor. @defaultValue 0 for every row */
  readonly offset?: string;
  /** The column whose logarithm is added to the linear predictor; for the log link. @defaultValue 1 for every row */
  readonly exposure?: string;
  /** All levels of categorical columns, in order; those that no row has get no coefficient. @defaultValue those that the chunks have, sorted unless all chunks agree on an order */
  readonly levels?: Readonly<Record<string, readonly string[]>>;
}

/** Chunks of rows, read anew at every call: a fit goes through them some ten times. */
export type ChunkSource = () => Iterable<TableLike> | AsyncIterable<TableLike>;

/** Makes the design of a chunk. */
export type ChunkDesigner = (
  table: Table,
  options: { readonly missing: "drop" | "fail"; readonly alongside: readonly NumbersAlongside[] },
) => { readonly design: Design; readonly response: DesignResponse };

/** Makes problems of the chunks, one after another. */
export class ChunkReader {
  readonly #call: string;
  readonly #chunks: ChunkSource;
  readonly #family: Family;
  readonly #options: RowOptions;
  readonly #makeDesign: ChunkDesigner;

  constructor(call: string, chunks: ChunkSource, family: Family, options: RowOptions, makeDesign: ChunkDesigner) {
    this.#call = call;
    this.#chunks = chunks;
    this.#family = family;
    this.#options = options;
    this.#makeDesign = makeDesign;
  }

  /** The rows of each chunk that miss nothing; chunks without any are passed over. */
  async *problems(): AsyncGenerator<MadeProblem> {
    const call = this.#call;
    for await (const chunk of openChunks(call, this.#chunks)) {
      const table = toTable(chunk, call);
      const given = readGivenRows(call, table, this.#options);
      const read = this.#makeDesign(table, { missing: this.#options.missing ?? "drop", alongside: alongsideOf(given) });
      if (read.design.matrix.numRows > 0) yield makeProblem(call, read, given, this.#family);
    }
  }

  /** The sums of one pass over all rows. */
  async pass(request: PassRequest): Promise<PassSums> {
    return this.#sum(request, (problem) => problem);
  }

  /** The same for the model of an intercept alone. */
  async passOfConstant(request: PassRequest): Promise<PassSums> {
    return this.#sum(request, (problem) => ({
      ...problem,
      matrix: {
        numRows: problem.matrix.numRows,
        numColumns: 1,
        blocks: [{ kind: "dense", columns: Int32Array.of(0), values: [null] }],
      },
    }));
  }

  async #sum(request: PassRequest, change: (problem: MadeProblem["problem"]) => MadeProblem["problem"]): Promise<PassSums> {
    let sums: PassSums | null = null;
    for await (const { problem } of this.problems()) {
      const changed = change(problem);
      const part = runPass(changed, new BlockProducts(changed.matrix), request);
      sums = sums ? addSums(sums, part) : part;
    }
    return sums ?? refuseNoRows(this.#call);
  }
}

/** @throws {@link InputError} when the function gives nothing that can be gone through */
export function openChunks(call: string, chunks: ChunkSource): ReturnType<ChunkSource> {
  const found = chunks();
  if (typeof found === "object" && found !== null && (Symbol.iterator in found || Symbol.asyncIterator in found)) return found;
  throw new InputError({
    call,
    argument: "chunks",
    expected: "a function that gives an iterable of tables",
    received: `a function that gives ${describeReceived(found)}`,
    mend: "Return an array or a generator of chunks.",
  });
}

/** Checks what comes in chunks, and that what is told of the rows is told by columns. @throws {@link InputError} */
export function checkChunks(call: string, chunks: unknown, options: ChunkRowOptions): void {
  if (typeof chunks !== "function") {
    const mend = "Pass () => chunks: they are read once a pass.";
    throw new InputError({ call, argument: "chunks", expected: "a function that gives chunks", received: describeReceived(chunks), mend });
  }
  refuseUnknownOptions(call, options, Object.keys(options ?? {})); // Names are looked at elsewhere; this refuses what is no object.
  const { levels } = options;
  if (levels !== undefined && (typeof levels !== "object" || levels === null)) {
    const mend = "Leave it out to take the levels of the chunks.";
    throw new InputError({ call, argument: "levels", expected: "lists of levels by column", received: describeReceived(levels), mend });
  }
  for (const name of ["weights", "frequencies", "offset", "exposure"] as const) {
    if (options[name] === undefined || typeof options[name] === "string") continue;
    throw new InputError({
      call,
      argument: name,
      expected: "the name of a column",
      received: describeReceived(options[name]),
      mend: "Put the numbers into a column of the chunks.",
    });
  }
}

function refuseNoRows(call: string): never {
  throw new InputError({
    call,
    argument: "chunks",
    expected: "the same rows at every call",
    received: "rows in one pass and none in another",
    mend: "Return a new iterator each time the function is called.",
  });
}
