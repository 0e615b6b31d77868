// Products of dense matrices, row-major, and matrices of a radial function of distances.

/**
 * Writes A B, four rows and four columns at a time.
 * @param a - rows × inner @param rows - a multiple of 4 @param inner @param b - inner × width @param width - a multiple of 4
 * @param out - rows × width
 */
export function multiplyDense(a: usize, rows: i32, inner: i32, b: usize, width: i32, out: usize): void {
  const aStep = <usize>inner << 3, step = <usize>width << 3;
  for (let i = 0; i < rows; i += 4, a += 4 * aStep, out += 4 * step) {
    for (let at: usize = 0; at < step; at += 32) multiplyTile(a, aStep, b + at, step, out + at);
  }
}

@inline function multiplyTile(a: usize, aStep: usize, b: usize, step: usize, out: usize): void {
  let s00 = f64x2.splat(0), s01 = f64x2.splat(0), s10 = f64x2.splat(0), s11 = f64x2.splat(0);
  let s20 = f64x2.splat(0), s21 = f64x2.splat(0), s30 = f64x2.splat(0), s31 = f64x2.splat(0);
  const second = aStep, third = 2 * aStep, fourth = 3 * aStep;
  for (const end = a + aStep; a < end; a += 8, b += step) {
    const low = v128.load(b), high = v128.load(b, 16);
    const x = v128.load_splat<f64>(a), y = v128.load_splat<f64>(a + second);
    s00 = f64x2.add(s00, f64x2.mul(x, low));
    s01 = f64x2.add(s01, f64x2.mul(x, high));
    s10 = f64x2.add(s10, f64x2.mul(y, low));
    s11 = f64x2.add(s11, f64x2.mul(y, high));
    const z = v128.load_splat<f64>(a + third), w = v128.load_splat<f64>(a + fourth);
    s20 = f64x2.add(s20, f64x2.mul(z, low));
    s21 = f64x2.add(s21, f64x2.mul(z, high));
    s30 = f64x2.add(s30, f64x2.mul(w, low));
    s31 = f64x2.add(s31, f64x2.mul(w, high));
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(out + step, s10);
  v128.store(out + step, s11, 16);
  v128.store(out + 2 * step, s20);
  v128.store(out + 2 * step, s21, 16);
  v128.store(out + 3 * step, s30);
  v128.store(out + 3 * step, s31, 16);
}

/**
 * Writes scale × r^power, times log r where the power is even, for the distances r from each row's place to each point.
 * @param points - dimensions × stride @param dimensions @param stride - points, even
 * @param places - dimensions × numPlaces @param numPlaces @param first - place of the first row @param rows
 * @param power - positive @param scale @param out - rows × stride
 */
export function fillRadial(
  points: usize, dimensions: i32, stride: i32, places: usize, numPlaces: i32, first: i32, rows: i32, power: i32, scale: f64, out: usize,
): void {
  const step = <usize>stride << 3;
  const ofLog = (power & 1) == 0;
  const factor = f64x2.splat(ofLog ? 0.5 * scale : scale);
  for (let i = first; i < first + rows; i++) {
    for (let at: usize = 0; at < step; at += 16, out += 16) {
      let square = f64x2.splat(0);
      let point = points + at, place = places + (<usize>i << 3);
      for (let k = 0; k < dimensions; k++, point += step, place += <usize>numPlaces << 3) {
        const difference = f64x2.sub(v128.load_splat<f64>(place), v128.load(point));
        square = f64x2.add(square, f64x2.mul(difference, difference));
      }
      let value = f64x2.mul(factor, ofLog ? logarithm(square) : f64x2.sqrt(square));
      for (let turn = power >> 1; turn > 0; turn--) value = f64x2.mul(value, square);
      v128.store(out, value);
    }
  }
}

/**
 * Natural logarithms of two positive numbers; of 0 and of numbers below the smallest normal one something finite. With x = 2^e m, m within
 * [√½, √2) and s = (m − 1) / (m + 1), log x = e log 2 + 2 artanh s: the series in s, whose square is below 0.03, ends below rounding.
 */
@inline function logarithm(x: v128): v128 {
  // The exponent of x / √½, as of integers: what is left of x's bits after it has been taken off is m.
  const shifted = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd));
  const exponent = i64x2.shr_s(shifted, 52);
  const m = i64x2.sub(x, i64x2.shl(exponent, 52));
  // Whole numbers below 2^51 become doubles when added to the bits of 1.5 × 2^52.
  const e = f64x2.sub(i64x2.add(exponent, i64x2.splat(0x4338000000000000)), f64x2.splat(6755399441055744));
  const f = f64x2.sub(m, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(m, f64x2.splat(1)));
  const z = f64x2.mul(s, s);
  let series = f64x2.splat(2.0 / 21.0);
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 19.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 17.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 15.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 13.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 11.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 9.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 7.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 5.0));
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(2.0 / 3.0));
  series = f64x2.mul(series, z);
  // 2 s = f − s f exactly but for rounding: the large term f is left unrounded.
  const mantissa = f64x2.sub(f, f64x2.mul(s, f64x2.sub(f, series)));
  return f64x2.add(f64x2.mul(e, f64x2.splat(0.6931471805599453)), mantissa);
}
