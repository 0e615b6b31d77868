import { PbfReader } from "pbf";
import { damagedFile } from "../damaged-file.ts";

/** What to do with each field of a message, by its number; the value has to be read. Fields that are not named are skipped. */
export type Fields = Readonly<Record<number, (reader: WireReader) => void>>;

const VARINT = 0;
const BYTES = 2;

/**
 * Protocol buffers, with every length held against the bytes that there are. Nothing is ever made larger than the bytes that tell of it.
 *
 * @see https://protobuf.dev/programming-guides/encoding
 */
export class WireReader {
  private readonly call: string;
  private readonly pbf: PbfReader;
  /** Where the innermost message ends. */
  private end: number;

  constructor(call: string, bytes: Uint8Array) {
    this.call = call;
    this.pbf = new PbfReader(bytes);
    this.end = bytes.length;
  }

  /** Reads fields to the end of the message. @throws InputError at the first byte that cannot be */
  fields(fields: Fields): void {
    const { pbf } = this;
    while (pbf.pos < this.end) {
      const tag = this.varint();
      pbf.type = tag & 7;
      const number = tag >>> 3;
      if (number === 0) throw this.fault("a field's number", "0");
      const read = fields[number];
      if (read === undefined) this.skip();
      else read(this);
    }
    if (pbf.pos > this.end) throw this.fault("more bytes", "the end of the message that a field stands in");
  }

  /** A message within this one. */
  message(fields: Fields): void {
    const outer = this.end;
    this.end = this.blockEnd();
    this.fields(fields);
    this.end = outer;
  }

  text(): string {
    return new TextDecoder().decode(this.bytes());
  }

  bytes(): Uint8Array {
    const end = this.blockEnd();
    const bytes = this.pbf.buf.subarray(this.pbf.pos, end);
    this.pbf.pos = end;
    return bytes;
  }

  /** A whole number, exact within ±2^53. */
  whole(): number {
    if (this.pbf.type !== VARINT) throw this.fault("a whole number", `wire type ${this.pbf.type}`);
    return this.varint();
  }

  /** Whole numbers of a repeated field, packed or one by one. */
  wholes(into: number[]): void {
    this.repeated(into, VARINT, () => this.varint());
  }

  float(): number {
    if (this.pbf.type !== 5) throw this.fault("a float", `wire type ${this.pbf.type}`);
    this.need(4);
    return this.pbf.readFloat();
  }

  floats(into: number[]): void {
    this.repeated(into, 5, () => {
      this.need(4);
      return this.pbf.readFloat();
    });
  }

  doubles(into: number[]): void {
    this.repeated(into, 1, () => {
      this.need(8);
      return this.pbf.readDouble();
    });
  }

  private repeated(into: number[], type: number, read: () => number): void {
    if (this.pbf.type === type) {
      into.push(read());
      return;
    }
    const end = this.blockEnd();
    while (this.pbf.pos < end) into.push(read());
    if (this.pbf.pos !== end) throw this.fault("whole numbers to the end of their block", "a part of one");
  }

  private skip(): void {
    const { pbf } = this;
    if (pbf.type === BYTES) pbf.pos = this.blockEnd();
    else if (pbf.type === VARINT) this.varint();
    else if (pbf.type === 1 || pbf.type === 5) pbf.pos += pbf.type === 1 ? 8 : 4;
    else throw this.fault("a wire type of 0, 1, 2 or 5", String(pbf.type));
  }

  private varint(): number {
    try {
      return this.pbf.readVarint(true);
    } catch {
      throw this.fault("a number of at most ten bytes", "more, or the end of the file");
    }
  }

  /** Where a block ends whose length comes next. */
  private blockEnd(): number {
    if (this.pbf.type !== BYTES) throw this.fault("a block of bytes", `wire type ${this.pbf.type}`);
    const length = this.varint();
    const most = this.end - this.pbf.pos;
    if (length >= 0 && length <= most) return this.pbf.pos + length;
    throw this.fault(`a length from 0 to ${Math.max(0, most)}, for which there are bytes`, String(length));
  }

  private need(bytes: number): void {
    if (this.pbf.pos + bytes > this.end) throw this.fault("more bytes", "the end of a block");
  }

  private fault(expected: string, received: string): Error {
    return damagedFile(this.call, "the ONNX file", expected, received, `byte ${Math.min(this.pbf.pos, this.pbf.length)}`);
  }
}
