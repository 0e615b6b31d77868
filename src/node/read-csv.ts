import { constants } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { describeReceived, InputError } from "../errors.ts";
import { parseCsv } from "../table/index.ts";
import type { CsvOptions, Table } from "../table/index.ts";
import { explainPathError, refusePath } from "./path-errors.ts";

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
  if (typeof path !== "string") throw refusePath(CALL, "the path of a file", describeReceived(path), "Give the path as a text.");
  const expected = "the path of a file that can be read";
  let size: number;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw refusePath(CALL, expected, `the directory ${JSON.stringify(path)}`, "Name the file in it.");
    size = found.size;
  } catch (error) {
    throw explainPathError(CALL, error, path);
  }
  if (size > constants.MAX_STRING_LENGTH) {
    const mend = "Split the file, or load it with a database and give Table.fromArrow the result.";
    throw refusePath(CALL, `a file of at most ${constants.MAX_STRING_LENGTH} bytes`, `${size} bytes in ${JSON.stringify(path)}`, mend);
  }
  try {
    return readFileSync(path);
  } catch (error) {
    throw explainPathError(CALL, error, path);
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const mend = "Save it as UTF-8, for example as CSV UTF-8 from a spreadsheet.";
    throw refusePath(CALL, "the path of a file in UTF-8", `${JSON.stringify(path)} with bytes that are not UTF-8`, mend);
  }
}
