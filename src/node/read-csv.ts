import { constants } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { describeReceived, InputError } from "../errors.ts";
import { parseCsv } from "../table/index.ts";
import type { CsvOptions, Table } from "../table/index.ts";

const CALL = "readCsv";

/**
 * Reads a table from a CSV file in UTF-8 with a header row, as `parseCsv` does.
 *
 * @param path - of the file, relative to the working directory
 * @throws {@link InputError} when the file cannot be read, is not UTF-8, is longer than a text can be (about 512 MB), or for what
 * `parseCsv` throws, with the path added
 * @example
 * const table = readCsv("claims.csv", { levels: { size: ["S", "M", "L"] } });
 */
export function readCsv(path: string, options: CsvOptions = {}): Table {
  const text = decode(path, readBytes(path));
  try {
    return parseCsv(text, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { problem } = error;
    const where = problem.where === undefined ? "" : `${problem.where} of `;
    throw new InputError({ ...problem, call: CALL, where: `${where}${JSON.stringify(path)}` });
  }
}

function readBytes(path: string): Uint8Array {
  if (typeof path !== "string") throw refuse("the path of a file", describeReceived(path), "Give the path as a text.");
  const expected = "the path of a file that can be read";
  let size: number;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw refuse(expected, `the directory ${JSON.stringify(path)}`, "Name the file in it.");
    size = found.size;
  } catch (error) {
    throw explain(error, expected, path);
  }
  if (size > constants.MAX_STRING_LENGTH) {
    const mend = "Split the file, or load it with a database and give Table.fromArrow the result.";
    throw refuse(`a file of at most ${constants.MAX_STRING_LENGTH} bytes`, `${size} bytes in ${JSON.stringify(path)}`, mend);
  }
  try {
    return readFileSync(path);
  } catch (error) {
    throw explain(error, expected, path);
  }
}

/** What Node says when it cannot read, in the form of this library; other errors as they are. */
function explain(error: unknown, expected: string, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const quoted = JSON.stringify(path);
  if (code === "ENOENT" || code === "ENOTDIR")
    return refuse(expected, `${quoted}, which does not exist`, "Check the path and the working directory.");
  if (code === "EACCES" || code === "EPERM") return refuse(expected, `${quoted}, which may not be read`, "Ask for the right to read it.");
  return error;
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const mend = "Save it as UTF-8, for example as CSV UTF-8 from a spreadsheet.";
    throw refuse("the path of a file in UTF-8", `${JSON.stringify(path)} with bytes that are not UTF-8`, mend);
  }
}

function refuse(expected: string, received: string, mend: string): InputError {
  return new InputError({ call: CALL, argument: "path", expected, received, mend });
}
