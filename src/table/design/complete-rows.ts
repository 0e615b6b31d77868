import { InputError } from "../../errors.ts";

/** Something that a row may lack: NaN among numbers, −1 among codes. */
export interface RowSource {
  readonly name: string;
  readonly values: Float64Array | Int32Array;
}

/** What becomes of rows in which something is missing: they are left out, or they are an error. */
export type MissingPolicy = "drop" | "fail";

/**
 * The rows in which nothing is missing, ascending; null where it is all of them.
 *
 * @throws InputError naming the first missing value under "fail"
 */
export function findCompleteRows(call: string, numRows: number, sources: readonly RowSource[], missing: MissingPolicy): Int32Array | null {
  let lacks: Uint8Array | null = null;
  for (const { name, values } of sources) {
    const first = values instanceof Int32Array ? firstMissingCode(values) : firstMissingNumber(values);
    if (first < 0) continue;
    if (missing === "fail") throw refuseMissing(call, name, first);
    lacks ??= new Uint8Array(numRows);
    if (values instanceof Int32Array) markMissingCodes(values, lacks);
    else markMissingNumbers(values, lacks);
  }
  if (lacks === null) return null;
  let numComplete = 0;
  for (let row = 0; row < numRows; row++) numComplete += 1 - lacks[row];
  const rows = new Int32Array(numComplete);
  let next = 0;
  for (let row = 0; row < numRows; row++) if (lacks[row] === 0) rows[next++] = row;
  return rows;
}

/** Whether a row is among ascending ones. */
export function includesRow(rows: Int32Array, row: number): boolean {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row;
}

/** The numbers of these rows; the array itself where it is all rows. */
export function takeNumbers(values: Float64Array, rows: Int32Array | null): Float64Array {
  if (rows === null) return values;
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = values[rows[i]];
  return taken;
}

/** The codes of these rows; the array itself where it is all rows. */
export function takeCodes(codes: Int32Array, rows: Int32Array | null): Int32Array {
  if (rows === null) return codes;
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < taken.length; i++) taken[i] = codes[rows[i]];
  return taken;
}

// Numbers and codes each have loops of their own: a loop that sees both kinds of array is several times slower.

function firstMissingNumber(values: Float64Array): number {
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) return row;
  return -1;
}

function firstMissingCode(codes: Int32Array): number {
  for (let row = 0; row < codes.length; row++) if (codes[row] < 0) return row;
  return -1;
}

function markMissingNumbers(values: Float64Array, lacks: Uint8Array): void {
  for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row])) lacks[row] = 1;
}

function markMissingCodes(codes: Int32Array, lacks: Uint8Array): void {
  for (let row = 0; row < codes.length; row++) if (codes[row] < 0) lacks[row] = 1;
}

function refuseMissing(call: string, name: string, row: number): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: "there in every row",
    received: "a missing value",
    where: `row ${row}`,
    mend: "Fill it in, or leave out the row.",
  });
}
