import { InputError } from "../../errors.ts";
import { checksum } from "./checksum.ts";

// 24 bytes, whole numbers little-endian:
//  0  "vitrTree" in ASCII
//  8  version of the format
// 12  bytes of the header, a multiple of 8
// 16  CRC-32 of all that follows byte 24
// 20  0
// The header: JSON in UTF-8, filled up with blanks. Then the numbers, doubles, little-endian.
const MAGIC = "vitrTree";
const VERSION = 1;
const START = 24;

/** What stands in saved bytes. */
export interface Envelope {
  /** JSON as it was parsed. */
  readonly header: unknown;
  readonly numbers: Float64Array;
}

/** Header and numbers as bytes. */
export function sealEnvelope(header: object, numbers: readonly Float64Array[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const numBytes = numbers.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new Uint8Array(START + headerBytes + numBytes);
  bytes.set(new TextEncoder().encode(MAGIC));
  bytes.set(text, START);
  bytes.fill(32, START + text.length, START + headerBytes);
  let at = START + headerBytes;
  for (const part of numbers) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, headerBytes, true);
  view.setUint32(16, checksum(bytes.subarray(START)), true);
  return bytes;
}

/** @throws InputError for anything but what {@link sealEnvelope} made, whole and unchanged */
export function openEnvelope(call: string, bytes: Uint8Array): Envelope {
  const refuse = (received: string, mend: string): InputError =>
    new InputError({ call, argument: "bytes", expected: "what explainer.toBytes() gave, whole and unchanged", received, mend });
  const again = "Save the explainer again.";
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (bytes.length < START || magic !== MAGIC) {
    throw refuse(`${bytes.length} bytes that begin otherwise`, "Read a file that was written with explainer.toBytes().");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== VERSION) throw refuse(`version ${version} of the format, not ${VERSION}`, "Update vitrine, or save the explainer again.");
  const headerBytes = view.getUint32(12, true);
  const numBytes = bytes.length - START - headerBytes;
  if (headerBytes % 8 !== 0 || numBytes < 0 || numBytes % 8 !== 0) throw refuse("bytes that end early or late", again);
  if (view.getUint32(16, true) !== checksum(bytes.subarray(START))) throw refuse("damaged bytes: their checksum differs", again);
  // Copied: doubles need an aligned start, and decoders refuse memory that threads share.
  const copy = bytes.slice(START);
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(copy.subarray(0, headerBytes)));
    return { header, numbers: new Float64Array(copy.buffer, headerBytes, numBytes / 8) };
  } catch {
    throw refuse("a header that is no JSON", again);
  }
}
