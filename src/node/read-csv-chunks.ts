import { createReadStream } from "node:fs";
import { describeReceived, InputError } from "../errors.ts";
import { CsvSplitter, parseCsv } from "../table/index.ts";
import type { CsvOptions, CsvPiece, Table } from "../table/index.ts";
import { explainPathError, refusePath } from "./path-errors.ts";

const CALL = "readCsvChunks";

/** Options of {@link readCsvChunks}. */
export interface CsvChunkOptions extends CsvOptions {
  /** Rows of a table. @defaultValue 10000 */
  readonly rows?: number;
}

/**
 * Reads a CSV file of any size as tables of some thousand rows, one after another; memory holds one. Each table is read as by `parseCsv`: what
 * a column holds is inferred anew in each, so say in `types` or `levels` what must not change from one to the next.
 *
 * @param path - of the file in UTF-8 with a header row, relative to the working directory
 * @throws {@link InputError} as `readCsv`, when the faulty row is reached
 * @example
 * for await (const table of readCsvChunks("claims.csv", { rows: 50_000 })) total += table.numRows;
 */
export async function* readCsvChunks(path: string, options: CsvChunkOptions = {}): AsyncGenerator<Table, void, undefined> {
  const { rows = 10_000, ...csv } = options ?? {};
  if (typeof path !== "string") throw refusePath(CALL, "the path of a file", describeReceived(path), "Give the path as a text.");
  if (!(Number.isInteger(rows) && rows >= 1)) {
    const mend = "Leave it out for 10000.";
    throw new InputError({ call: CALL, argument: "rows", expected: "a whole number from 1", received: describeReceived(rows), mend });
  }
  const splitter = new CsvSplitter(rows, csv.delimiter);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const bytes of readBytes(path)) {
    const pieces = splitter.push(decode(path, decoder, bytes), bytes === null);
    for (const piece of pieces) {
      const table = parsePiece(path, piece, { ...csv, ...(splitter.delimiter === undefined ? {} : { delimiter: splitter.delimiter }) });
      if (table) yield table;
    }
  }
}

/** The file's bytes, then null. */
async function* readBytes(path: string): AsyncGenerator<Uint8Array | null, void, undefined> {
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) yield bytes as Uint8Array;
  } catch (error) {
    throw explainPathError(CALL, error, path);
  }
  yield null;
}

function decode(path: string, decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array | null): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    const mend = "Save it as UTF-8, for example as CSV UTF-8 from a spreadsheet.";
    throw refusePath(CALL, "the path of a file in UTF-8", `${JSON.stringify(path)} with bytes that are not UTF-8`, mend);
  }
}

/** Null where the file goes on in blank lines alone. */
function parsePiece(path: string, { text, firstLine }: CsvPiece, options: CsvOptions): Table | null {
  try {
    return parseCsv(text, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { problem } = error;
    if (firstLine > 2 && problem.argument === "text") return null;
    const from = firstLine > 2 ? `the rows from line ${firstLine} on of ` : "";
    const where = `${problem.where === undefined ? "" : `${problem.where} of `}${from}${JSON.stringify(path)}`;
    throw new InputError({ ...problem, call: CALL, where });
  }
}
