const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
const MULTIPLIER = 0x9ddfea08eb382d69n;

type Pair = readonly [bigint, bigint];

const word = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: bigint): bigint => (by === 0n ? x : word((x >> by) | (x << (64n - by))));
const mix = (x: bigint): bigint => x ^ (x >> 47n);

/** Two words to one. */
function join(low: bigint, high: bigint): bigint {
  const first = mix(word((low ^ high) * MULTIPLIER));
  return word(mix(word((high ^ first) * MULTIPLIER)) * MULTIPLIER);
}

/**
 * CityHash64 version 1.0 of the UTF-8 bytes of a text: the version that CatBoost uses, whose results differ from those of later ones.
 *
 * @see Pike & Alakuijala (2011), https://github.com/google/cityhash
 */
export function cityHash64(text: string): bigint {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const length = bytes.length;
  if (length <= 16) return hashUpTo16(view, length);
  if (length <= 32) return hashUpTo32(view, length);
  return length <= 64 ? hashUpTo64(view, length) : hashLonger(view, length);
}

const at = (view: DataView, place: number): bigint => view.getBigUint64(place, true);

function hashUpTo16(view: DataView, length: number): bigint {
  const size = BigInt(length);
  if (length > 8) {
    const end = at(view, length - 8);
    return join(at(view, 0), rotate(word(end + size), size)) ^ end;
  }
  if (length >= 4) return join(word(size + (BigInt(view.getUint32(0, true)) << 3n)), BigInt(view.getUint32(length - 4, true)));
  if (length === 0) return K2;
  const first = BigInt(view.getUint8(0) + view.getUint8(length >> 1) * 256);
  const second = BigInt(length + view.getUint8(length - 1) * 4);
  return word(mix(word(first * K2) ^ word(second * K3)) * K2);
}

function hashUpTo32(view: DataView, length: number): bigint {
  const a = word(at(view, 0) * K1);
  const b = at(view, 8);
  const c = word(at(view, length - 8) * K2);
  const d = word(at(view, length - 16) * K0);
  return join(word(rotate(word(a - b), 43n) + rotate(c, 30n) + d), word(a + rotate(b ^ K3, 20n) - c + BigInt(length)));
}

/** Two words of 32 bytes from `place`, begun with `a`, the third word `z` kept apart. */
function hashHalf(view: DataView, place: number, a: bigint, z: bigint): Pair {
  const b = rotate(word(a + z), 52n);
  const second = word(a + at(view, place + 8));
  const third = word(second + at(view, place + 16));
  const c = word(rotate(a, 37n) + rotate(second, 7n));
  return [word(third + z), word(b + rotate(third, 31n) + c)];
}

function hashUpTo64(view: DataView, length: number): bigint {
  const start = word(at(view, 0) + word((BigInt(length) + at(view, length - 16)) * K0));
  const [firstSum, firstTurn] = hashHalf(view, 0, start, at(view, 24));
  const middle = word(at(view, 16) + at(view, length - 32));
  const [lastSum, lastTurn] = hashHalf(view, length - 32, middle, at(view, length - 8));
  const r = mix(word((firstSum + lastTurn) * K2 + (lastSum + firstTurn) * K0));
  return word(mix(word(r * K0 + firstTurn)) * K2);
}

/** A weak hash of the 32 bytes from `place`, with two seeds. */
function hashWeakly(view: DataView, place: number, seedA: bigint, seedB: bigint): Pair {
  const a = word(seedA + at(view, place));
  const end = at(view, place + 24);
  const b = rotate(word(seedB + a + end), 21n);
  const sum = word(a + at(view, place + 8) + at(view, place + 16));
  return [word(sum + end), word(b + rotate(sum, 44n) + a)];
}

function hashLonger(view: DataView, length: number): bigint {
  const size = BigInt(length);
  let x = at(view, 0);
  let y = at(view, length - 16) ^ K1;
  let z = at(view, length - 56) ^ K0;
  let v = hashWeakly(view, length - 64, size, y);
  let w = hashWeakly(view, length - 32, word(size * K1), K0);
  z = word(z + mix(v[1]) * K1);
  x = word(rotate(word(z + x), 39n) * K1);
  y = word(rotate(y, 33n) * K1);
  for (let place = 0; place + 64 < length; place += 64) {
    x = word(rotate(word(x + y + v[0] + at(view, place + 16)), 37n) * K1) ^ w[1];
    y = word(rotate(word(y + v[1] + at(view, place + 48)), 42n) * K1) ^ v[0];
    z = rotate(z ^ w[0], 33n);
    v = hashWeakly(view, place, word(v[1] * K1), word(x + w[0]));
    w = hashWeakly(view, place + 32, word(z + w[1]), y);
    [z, x] = [x, z];
  }
  return join(word(join(v[0], w[0]) + mix(y) * K1 + z), word(join(v[1], w[1]) + x));
}

/** What CatBoost knows a category by: the low 32 bits of its hash, as a signed number. */
export function hashCategory(text: string): number {
  return Number(BigInt.asIntN(32, cityHash64(text)));
}
