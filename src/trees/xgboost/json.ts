import { readModelText, type Reader } from "../model-text.ts";
import { isUbjson, recogniseJson, strangeFile, XGBOOST } from "../stranger-formats.ts";
import { parseUbjson } from "./ubjson.ts";

/**
 * The value in an XGBoost model file, whether JSON or UBJSON.
 *
 * @throws InputError for anything but a model, by the name of what it is where that can be told.
 */
export function parseXgboost(reader: Reader, file: Uint8Array | string): unknown {
  const binary = file instanceof Uint8Array && isUbjson(file);
  const json = unwrap(binary ? parseUbjson(reader.call, file) : parseJson(reader, file));
  const known = recogniseJson(json);
  if (known === XGBOOST) return json;
  const unknown = { what: `${binary ? "UBJSON" : "JSON"} of another kind`, mend: reader.mend };
  throw strangeFile(reader.call, reader.expected, known ?? unknown);
}

/** The model in what R's `xgb.serialize` and pickles hold: it stands there beside the settings of its training. */
function unwrap(json: unknown): unknown {
  const isPair = typeof json === "object" && json !== null && "Config" in json && "Model" in json;
  return isPair ? json.Model : json;
}

/** XGBoost writes NaN and infinities bare, which JSON does not know: NaN becomes null, and the infinities stay numbers. */
function parseJson(reader: Reader, file: Uint8Array | string): unknown {
  const text = readModelText(reader, file, XGBOOST);
  const json = tryParse(text) ?? tryParse(replaceBareNumbers(text));
  if (json !== undefined) return json;
  const complete = /[}\]]\s*$/.test(text.slice(-100));
  const what = `${complete ? "text that is not JSON" : "text that ends before its JSON does"} (${text.length} characters)`;
  throw strangeFile(reader.call, reader.expected, { what, mend: reader.mend });
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Replaces NaN by null and Infinity by a number too large for a double, outside strings only. */
function replaceBareNumbers(text: string): string {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const open = text.indexOf('"', start);
    const outside = text.slice(start, open < 0 ? text.length : open);
    parts.push(outside.replace(/-?\bNaN\b/g, "null").replace(/\bInfinity\b/g, "1e999"));
    if (open < 0) break;
    const close = findClosingQuote(text, open);
    parts.push(text.slice(open, close));
    start = close;
  }
  return parts.join("");
}

/** The position after the quote that ends the string opened at `open`; the end of the text where none does. */
function findClosingQuote(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
