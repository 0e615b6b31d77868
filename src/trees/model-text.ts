import { describeReceived, InputError } from "../errors.ts";
import { recogniseBytes, recogniseText, strangeFile, type KnownFile } from "./stranger-formats.ts";

/** What a reader reads, for its errors. */
export interface Reader {
  /** The public function. */
  readonly call: string;
  /** For example `an XGBoost model in JSON`. */
  readonly expected: string;
  /** How to make a file that it can read: a sentence. */
  readonly mend: string;
}

/**
 * The text of a model file.
 *
 * @param own - What `recogniseText` calls the reader's own files, where it knows them.
 * @throws InputError for input that is neither text nor bytes, and for files of another kind by the name of that kind.
 */
export function readModelText(reader: Reader, file: Uint8Array | string, own?: KnownFile): string {
  const { call, expected, mend } = reader;
  if (typeof file !== "string" && !(file instanceof Uint8Array)) {
    throw new InputError({ call, argument: "model", expected: "text or a Uint8Array", received: describeReceived(file), mend });
  }
  const text = typeof file === "string" ? file.replace(/^\uFEFF/, "") : decode(reader, file);
  const known = recogniseText(text);
  if (known !== null && known !== own) throw strangeFile(call, expected, known);
  return text;
}

function decode({ call, expected, mend }: Reader, bytes: Uint8Array): string {
  const known = recogniseBytes(bytes);
  if (known !== null) throw strangeFile(call, expected, known);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw strangeFile(call, expected, { what: `${bytes.length} bytes that are not UTF-8 text`, mend });
  }
}
