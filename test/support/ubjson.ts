/** Bytes of UBJSON, put together by hand for tests: texts as their letters, numbers as bytes. */
export function bytesOf(...parts: readonly (string | number)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : [...part].map((letter) => letter.charCodeAt(0)))));
}

/** A value that JSON can hold, as XGBoost writes it in UBJSON: lengths of 64 bits, arrays of numbers in one type. */
export function writeUbjson(value: unknown): Uint8Array {
  const bytes: number[] = [];
  const word = (count: number): number[] => [...new Uint8Array(new BigInt64Array([BigInt(count)]).buffer)].reverse();
  const text = (letters: string): void => {
    const encoded = new TextEncoder().encode(letters);
    bytes.push(0x4c, ...word(encoded.length), ...encoded);
  };
  const double = (x: number): number[] => [...new Uint8Array(Float64Array.of(x).buffer)].reverse();
  const put = (one: unknown): void => {
    if (one === null) bytes.push(0x5a);
    else if (typeof one === "boolean") bytes.push(one ? 0x54 : 0x46);
    else if (typeof one === "number") bytes.push(0x44, ...double(one));
    else if (typeof one === "string") {
      bytes.push(0x53);
      text(one);
    } else if (Array.isArray(one) && one.length > 0 && one.every((x) => typeof x === "number")) {
      bytes.push(0x5b, 0x24, 0x44, 0x23, 0x4c, ...word(one.length), ...one.flatMap(double));
    } else if (Array.isArray(one)) {
      bytes.push(0x5b, 0x23, 0x4c, ...word(one.length));
      one.forEach(put);
    } else {
      bytes.push(0x7b);
      for (const [key, inner] of Object.entries(one as object)) {
        text(key);
        put(inner);
      }
      bytes.push(0x7d);
    }
  };
  put(value);
  return Uint8Array.from(bytes);
}
