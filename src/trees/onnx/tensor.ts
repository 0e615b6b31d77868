import { InputError } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { WireReader } from "./wire.ts";

/** An array that stands in the file. */
export interface OnnxTensor {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly values: Float64Array;
}

/** Bytes of an element, and how to read one, by the number of the type. */
const TYPES: Readonly<Record<number, [name: string, width: number, read: (view: DataView, at: number) => number]>> = {
  1: ["float", 4, (view, at) => view.getFloat32(at, true)],
  2: ["uint8", 1, (view, at) => view.getUint8(at)],
  3: ["int8", 1, (view, at) => view.getInt8(at)],
  4: ["uint16", 2, (view, at) => view.getUint16(at, true)],
  5: ["int16", 2, (view, at) => view.getInt16(at, true)],
  6: ["int32", 4, (view, at) => view.getInt32(at, true)],
  7: ["int64", 8, (view, at) => Number(view.getBigInt64(at, true))],
  9: ["bool", 1, (view, at) => view.getUint8(at)],
  11: ["double", 8, (view, at) => view.getFloat64(at, true)],
  12: ["uint32", 4, (view, at) => view.getUint32(at, true)],
};

/**
 * A tensor of numbers; of any other type it is empty.
 *
 * @throws InputError where its data are in another file, or not as many as its sizes say.
 */
export function readTensor(call: string, outer: WireReader): OnnxTensor {
  let name = "";
  let type = 0;
  let external = false;
  let raw: Uint8Array | null = null;
  const sizes: number[] = [];
  const typed: number[] = [];
  outer.message({
    1: (reader) => reader.wholes(sizes),
    2: (reader) => (type = reader.whole()),
    4: (reader) => reader.floats(typed),
    5: (reader) => reader.wholes(typed),
    7: (reader) => reader.wholes(typed),
    8: (reader) => (name = reader.text()),
    9: (reader) => (raw = reader.bytes()),
    10: (reader) => reader.doubles(typed),
    14: (reader) => (external = reader.whole() === 1),
  });
  if (external) throw externalData(call, name);
  const known = TYPES[type];
  if (known === undefined) return { name, sizes, values: new Float64Array(0) };
  const values = raw === null ? Float64Array.from(typed) : readRaw(call, name, raw, known[1], known[2]);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count === values.length && sizes.every((size) => size >= 0)) return { name, sizes, values };
  throw damagedFile(call, `tensor ${JSON.stringify(name)}`, `${sizes.join(" × ")} numbers`, String(values.length));
}

function readRaw(call: string, name: string, raw: Uint8Array, width: number, read: (view: DataView, at: number) => number): Float64Array {
  if (raw.length % width !== 0) {
    throw damagedFile(call, `tensor ${JSON.stringify(name)}`, `whole numbers of ${width} bytes`, `${raw.length} bytes`);
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float64Array.from({ length: raw.length / width }, (_, i) => read(view, i * width));
}

function externalData(call: string, name: string): InputError {
  return new InputError({
    call,
    argument: "model",
    expected: "an ONNX file with all its data inside",
    received: `one whose tensor ${JSON.stringify(name)} is in another file`,
    mend: "Save it in one file: onnx.save_model(onnx.load(path), path, save_as_external_data=False).",
  });
}
