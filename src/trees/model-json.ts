import { readModelText, type Reader } from "./model-text.ts";
import { type KnownFile, recogniseJson, strangeFile } from "./stranger-formats.ts";

/**
 * The JSON in a model file.
 *
 * @param own - What `recogniseJson` calls the reader's own files.
 * @throws InputError for anything but the reader's own kind of JSON, by the name of what it is where that can be told.
 */
export function parseModelJson(reader: Reader, file: Uint8Array | string, own: KnownFile): unknown {
  const json = parse(reader, readModelText(reader, file));
  const known = recogniseJson(json);
  if (known === own) return json;
  throw strangeFile(reader.call, reader.expected, known ?? { what: "JSON of another kind", mend: reader.mend });
}

function parse({ call, expected, mend }: Reader, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const complete = /[}\]]\s*$/.test(text.slice(-100));
    const what = `${complete ? "text that is not JSON" : "text that ends before its JSON does"} (${text.length} characters)`;
    throw strangeFile(call, expected, { what, mend });
  }
}
