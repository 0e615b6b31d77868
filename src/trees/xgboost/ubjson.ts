import { damagedFile } from "../damaged-file.ts";

/** Containers within one another, at most; models have some ten. */
const MOST_NESTED = 100;
/** Bytes of a number behind each marker. */
const WIDTHS: Readonly<Record<string, number>> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4, D: 8 };

/** A container that is being read. */
interface Frame {
  readonly parent: Frame | null;
  readonly depth: number;
  readonly isObject: boolean;
  readonly content: unknown[] | Record<string, unknown>;
  /** The marker of every element; null where each has its own. */
  readonly type: string | null;
  /** Elements still to come; null where a closing bracket ends them. */
  left: number | null;
}

/**
 * The value in UBJSON bytes, as `JSON.parse` would give that of a text; numbers may be NaN and infinite. Sizes are held against
 * the bytes that there are before anything is made of them.
 *
 * @throws InputError at the first byte that cannot be.
 * @see Universal Binary JSON, draft 12, ubjson.org
 */
export function parseUbjson(call: string, bytes: Uint8Array): unknown {
  return new UbjsonReader(call, bytes).read();
}

class UbjsonReader {
  private readonly call: string;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  private at = 0;

  constructor(call: string, bytes: Uint8Array) {
    this.call = call;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): unknown {
    const whole: unknown[] = [];
    let frame: Frame | null = { parent: null, depth: 0, isObject: false, content: whole, type: null, left: 1 };
    while (frame !== null) {
      if (this.ends(frame)) {
        frame = frame.parent;
        continue;
      }
      const key = frame.isObject ? this.text() : "";
      const marker = frame.type ?? this.marker();
      if (marker === "[" || marker === "{") {
        const inner = this.open(marker, frame);
        place(frame, key, inner.content);
        if (inner.left !== 0) frame = inner;
      } else place(frame, key, this.scalar(marker));
    }
    if (this.at < this.bytes.length) throw this.fault("the end", `${this.bytes.length - this.at} bytes more`);
    return whole[0];
  }

  /** Whether the container is complete; takes what closes it. */
  private ends(frame: Frame): boolean {
    if (frame.left !== null) return frame.left-- === 0;
    this.skipNothing();
    if (this.bytes[this.at] !== (frame.isObject ? 0x7d : 0x5d)) return false;
    this.at++;
    return true;
  }

  /** Begins a container; an array of numbers of one type is read whole. */
  private open(marker: string, parent: Frame): Frame {
    const isObject = marker === "{";
    const depth = parent.depth + 1;
    if (depth > MOST_NESTED) throw this.fault(`at most ${MOST_NESTED} containers within one another`, "more");
    const type = this.take(0x24) ? this.marker() : null;
    if (type !== null && !(type in WIDTHS) && !"SC[{".includes(type)) throw this.fault("a type of elements", JSON.stringify(type));
    let left: number | null = null;
    if (this.take(0x23)) left = this.length((type !== null && WIDTHS[type]) || 1);
    else if (type !== null) throw this.fault("a count after the type of elements", "none");
    if (type !== null && left !== null && type in WIDTHS && !isObject) {
      return { parent, depth, isObject, content: this.numbers(type, left), type, left: 0 };
    }
    return { parent, depth, isObject, content: isObject ? {} : [], type, left };
  }

  private numbers(type: string, count: number): number[] {
    return Array.from({ length: count }, () => this.number(type));
  }

  private scalar(marker: string): unknown {
    if (marker in WIDTHS) return this.number(marker);
    if (marker === "S") return this.text();
    if (marker === "C") return String.fromCharCode(this.bytes[this.advance(1)]);
    if (marker === "T") return true;
    if (marker === "F") return false;
    if (marker === "Z") return null;
    throw this.fault("the marker of a value", JSON.stringify(marker));
  }

  private number(marker: string): number {
    const at = this.advance(WIDTHS[marker]);
    if (marker === "i") return this.view.getInt8(at);
    if (marker === "U") return this.view.getUint8(at);
    if (marker === "I") return this.view.getInt16(at);
    if (marker === "l") return this.view.getInt32(at);
    if (marker === "L") return Number(this.view.getBigInt64(at));
    return marker === "d" ? this.view.getFloat32(at) : this.view.getFloat64(at);
  }

  /** A text without the marker of one, as keys are: its length in bytes, and UTF-8. */
  private text(): string {
    const length = this.length(1);
    const start = this.advance(length);
    try {
      return this.decoder.decode(this.bytes.subarray(start, this.at));
    } catch {
      throw this.fault("UTF-8 text", "other bytes");
    }
  }

  /** How many elements follow, of at least `width` bytes each. */
  private length(width: number): number {
    const marker = this.marker();
    if (!"iUIlL".includes(marker)) throw this.fault("the type of a length", JSON.stringify(marker));
    const length = this.number(marker);
    const most = Math.floor((this.bytes.length - this.at) / width);
    if (length >= 0 && length <= most) return length;
    throw this.fault(`a length from 0 to ${most}, for which there are bytes`, String(length));
  }

  private marker(): string {
    this.skipNothing();
    return String.fromCharCode(this.bytes[this.advance(1)]);
  }

  /** No-operation markers may stand wherever a marker may. */
  private skipNothing(): void {
    while (this.bytes[this.at] === 0x4e) this.at++;
  }

  private take(byte: number): boolean {
    if (this.bytes[this.at] !== byte) return false;
    this.at++;
    return true;
  }

  /** Moves on by some bytes. @returns where they begin */
  private advance(count: number): number {
    const start = this.at;
    if (start + count > this.bytes.length) throw this.fault("more bytes", "the end of the file");
    this.at = start + count;
    return start;
  }

  private fault(expected: string, received: string): Error {
    return damagedFile(this.call, "the UBJSON", expected, received, `byte ${this.at}`);
  }
}

function place({ content }: Frame, key: string, value: unknown): void {
  if (Array.isArray(content)) content.push(value);
  // A plain assignment would make it the prototype.
  else if (key === "__proto__") Object.defineProperty(content, key, { value, enumerable: true, configurable: true, writable: true });
  else content[key] = value;
}
