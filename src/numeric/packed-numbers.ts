/** How each number of a {@link PackedNumbers} is stored: little-endian. */
export type PackedType = "int8" | "int16" | "int32" | "float32" | "float64";

/** Numbers as JSON can carry them, every bit kept (of NaN: that it is one), in the narrowest type that does. */
export interface PackedNumbers {
  type: PackedType;
  /** The bytes of the numbers in base64. */
  base64: string;
}

/** The types from the narrowest to the widest; of those of one width, the first that fits. */
export const PACKED_TYPES: readonly PackedType[] = ["int8", "int16", "int32", "float32", "float64"];
const WIDTHS: Record<PackedType, number> = { int8: 1, int16: 2, int32: 4, float32: 4, float64: 8 };
/** Bytes that become text at once: a multiple of three, so that the parts join without padding between them. */
const BYTES_AT_ONCE = 3 * 4096;

/** Packs numbers so that {@link unpackNumbers} restores them. */
export function packNumbers(numbers: ArrayLike<number>): PackedNumbers {
  const type = narrowestType(numbers);
  const width = WIDTHS[type];
  const bytes = new Uint8Array(numbers.length * width);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < numbers.length; i++) writeNumber(view, type, i * width, numbers[i]);
  let base64 = "";
  for (let start = 0; start < bytes.length; start += BYTES_AT_ONCE) {
    base64 += btoa(String.fromCharCode(...bytes.subarray(start, start + BYTES_AT_ONCE)));
  }
  return { type, base64 };
}

/** The numbers that {@link packNumbers} packed; null where the text is not base64 of whole numbers of the type. */
export function unpackNumbers({ type, base64 }: PackedNumbers): Float64Array | null {
  let binary: string;
  try {
    binary = atob(base64);
  } catch {
    return null;
  }
  const width = WIDTHS[type];
  if (binary.length % width !== 0) return null;
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  const numbers = new Float64Array(bytes.length / width);
  for (let i = 0; i < numbers.length; i++) numbers[i] = readNumber(view, type, i * width);
  return numbers;
}

function narrowestType(numbers: ArrayLike<number>): PackedType {
  const fitsAll = (type: PackedType): boolean => {
    for (let i = 0; i < numbers.length; i++) if (!Object.is(narrow(type, numbers[i]), numbers[i])) return false;
    return true;
  };
  return PACKED_TYPES.find(fitsAll) as PackedType;
}

/** What is left of a number in a type. */
function narrow(type: PackedType, x: number): number {
  if (type === "float64") return x;
  if (type === "float32") return Math.fround(x);
  const unused = 32 - 8 * WIDTHS[type];
  return (x << unused) >> unused;
}

function writeNumber(view: DataView, type: PackedType, at: number, x: number): void {
  if (type === "int8") view.setInt8(at, x);
  else if (type === "int16") view.setInt16(at, x, true);
  else if (type === "int32") view.setInt32(at, x, true);
  else if (type === "float32") view.setFloat32(at, x, true);
  else view.setFloat64(at, x, true);
}

function readNumber(view: DataView, type: PackedType, at: number): number {
  if (type === "int8") return view.getInt8(at);
  if (type === "int16") return view.getInt16(at, true);
  if (type === "int32") return view.getInt32(at, true);
  return type === "float32" ? view.getFloat32(at, true) : view.getFloat64(at, true);
}
