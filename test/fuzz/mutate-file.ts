import * as fc from "fast-check";

/** One piece of damage; places are fractions of the file's length. */
export type Damage =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "byte"; readonly at: number; readonly byte: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "drop"; readonly at: number; readonly length: number }
  | { readonly kind: "splice"; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: "number"; readonly at: number; readonly by: string }
  | { readonly kind: "key"; readonly at: number }
  | { readonly kind: "float"; readonly at: number; readonly by: number };

const at = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 200 });
const texts = [
  "0",
  "-1",
  "1",
  "2",
  "7",
  "1e39",
  "-1e308",
  "1e999",
  "NaN",
  "Infinity",
  "0.5",
  "4294967295",
  "2147483647",
  "999999999",
  "-0",
];
const values = ["", "null", '"x"', "[]", "{}", "true", "[[[[1]]]]", "1 2 3", "[1,2"];
const floats = [NaN, Infinity, -Infinity, 0, -0, 1e308, -1e38, 3e38, 5e-324, 1e-40];

export const damage: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
    fc.record({ kind: fc.constant("byte" as const), at, byte: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff) }),
    fc.record({ kind: fc.constant("cut" as const), at }),
    fc.record({ kind: fc.constant("drop" as const), at, length }),
    fc.record({ kind: fc.constant("splice" as const), at, from: at, length }),
    fc.record({ kind: fc.constant("number" as const), at, by: fc.constantFrom(...texts, ...values) }),
    fc.record({ kind: fc.constant("key" as const), at }),
    fc.record({ kind: fc.constant("float" as const), at, by: fc.constantFrom(...floats) }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** The file after all damage was done to it, piece after piece. */
export function damageFile(bytes: Uint8Array, pieces: readonly Damage[]): Uint8Array {
  return pieces.reduce(damageOnce, bytes);
}

function damageOnce(bytes: Uint8Array, piece: Damage): Uint8Array {
  const place = Math.min(bytes.length - 1, Math.floor(piece.at * bytes.length));
  if (place < 0) return bytes;
  if (piece.kind === "cut") return bytes.slice(0, place);
  if (piece.kind === "drop") return join(bytes.subarray(0, place), bytes.subarray(place + piece.length));
  if (piece.kind === "number") return replaceMatch(bytes, place, /-?\d[\d.eE+-]*/, piece.by);
  // A name with its colon or equals sign.
  if (piece.kind === "key") return replaceMatch(bytes, place, /"\w+":|\n\w+=/, "");
  if (piece.kind === "splice") {
    const from = Math.floor(piece.from * bytes.length);
    return join(bytes.subarray(0, place), bytes.subarray(from, from + piece.length), bytes.subarray(place));
  }
  const damaged = Uint8Array.from(bytes);
  if (piece.kind === "flip") damaged[place] ^= 1 << piece.bit;
  else if (piece.kind === "byte") damaged[place] = piece.byte;
  else if (place + 8 <= bytes.length) writeFloat(damaged, place, piece.by);
  return damaged;
}

/** A float64 where the place is even, else a float32, in the byte order of ONNX or of UBJSON. */
function writeFloat(bytes: Uint8Array, place: number, value: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (place % 2 === 0) view.setFloat64(place, value, place % 4 === 0);
  else view.setFloat32(place, value, place % 4 === 1);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Replaces the first match at or after a place, a thousand bytes on at most. */
function replaceMatch(bytes: Uint8Array, place: number, pattern: RegExp, by: string): Uint8Array {
  const found = pattern.exec(new TextDecoder("latin1").decode(bytes.subarray(place, place + 1000)));
  if (!found) return bytes;
  const start = place + found.index;
  return join(bytes.subarray(0, start), new TextEncoder().encode(by), bytes.subarray(start + found[0].length));
}
