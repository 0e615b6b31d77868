import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { Fields } from "./text.ts";

/** Fields of one part of a LightGBM file, and what errors say of them. */
export interface FieldReader {
  readonly call: string;
  readonly fields: Fields;
  /** The part of the file: `header`, `tree 3`. */
  readonly where: string;
}

/** A whole number from `least` on. @throws InputError for a field that is missing or anything else. */
export function readCount(reader: FieldReader, name: string, least: number): number {
  const token = reader.fields.get(name);
  const count = token === undefined || token === "" ? NaN : Number(token);
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw damagedFile(reader.call, name, `a whole number from ${least}`, describeReceived(token), reader.where);
}

/** `length` numbers between spaces. @throws InputError for a field that is missing, another length, or no number. */
export function readTokens(reader: FieldReader, name: string, length: number): Float64Array {
  const line = reader.fields.get(name);
  const tokens = line === undefined || line === "" ? [] : line.split(" ");
  return parseTokens(reader, name, tokens, length);
}

/** As {@link readTokens}, with any number of spaces between: lists of lists, some of which are empty. */
export function readList(reader: FieldReader, name: string, length: number): Float64Array {
  return parseTokens(reader, name, (reader.fields.get(name) ?? "").split(" ").filter(Boolean), length);
}

function parseTokens({ call, fields, where }: FieldReader, name: string, tokens: readonly string[], length: number): Float64Array {
  const line = fields.get(name);
  if (tokens.length !== length || (line === undefined && length > 0)) {
    throw damagedFile(call, name, `${length} numbers`, line === undefined ? "nothing" : String(tokens.length), where);
  }
  return Float64Array.from(tokens, (token) => {
    const number = token === "inf" ? Infinity : token === "-inf" ? -Infinity : Number(token);
    if (token !== "" && !Number.isNaN(number)) return number;
    throw damagedFile(call, name, "numbers", describeReceived(token), where);
  });
}

/** `length` whole numbers in a range. @throws InputError as {@link readTokens}, and for a fraction or a number out of range. */
export function readWholeTokens(reader: FieldReader, name: string, length: number, least: number, most: number): Float64Array {
  const numbers = readTokens(reader, name, length);
  const bad = numbers.find((number) => !Number.isInteger(number) || number < least || number > most);
  if (bad === undefined) return numbers;
  throw damagedFile(reader.call, name, `whole numbers from ${least} to ${most}`, String(bad), reader.where);
}
