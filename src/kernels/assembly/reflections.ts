// Householder reflections of new rows into the triangle of those before, for least squares whose condition must not be squared.

@inline function larger(a: v128, b: v128): v128 {
  return f64x2.max(f64x2.abs(a), b);
}

/** Euclidean length, scaled so that no square over- or underflows. */
@inline function lengthOf(column: usize, bytes: usize): f64 {
  let most = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) most = larger(v128.load(column + at), most);
  const largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
  if (!(largest > 0) || largest == Infinity) return largest;
  const scale = f64x2.splat(largest);
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const share = f64x2.div(v128.load(column + at), scale);
    sum = f64x2.add(sum, f64x2.mul(share, share));
  }
  return largest * sqrt<f64>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
}

@inline function hypotenuse(a: f64, b: f64): f64 {
  const largest = max(abs(a), abs(b));
  return largest * sqrt<f64>((a / largest) * (a / largest) + (b / largest) * (b / largest));
}

/**
 * Reflects rows into a triangle. The reflection of column j is I − share v v', v = (1, entries / head), so that no square of an entry is formed.
 * @param triangle - R, width × width doubles, row-major @param columns - the rows, column after column; overwritten @param width
 * @param stride - doubles a column, a multiple of 4; what is not a row is zero
 */
export function reflectRows(triangle: usize, columns: usize, width: i32, stride: i32): void {
  const bytes = <usize>stride << 3;
  for (let j = 0; j < width; j++) {
    const column = columns + <usize>j * bytes;
    const norm = lengthOf(column, bytes);
    if (norm == 0) continue;
    const row = triangle + (<usize>(j * width) << 3);
    const old = load<f64>(row + (<usize>j << 3));
    const diagonal = old < 0 ? hypotenuse(old, norm) : -hypotenuse(old, norm);
    const head = old - diagonal;
    const share = -head / diagonal;
    const over = f64x2.splat(head);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(column + at, f64x2.div(v128.load(column + at), over));
    for (let k = j + 1; k < width; k++) reflectColumn(column, columns + <usize>k * bytes, bytes, share, row + (<usize>k << 3));
    store<f64>(row + (<usize>j << 3), diagonal);
  }
}

@inline function reflectColumn(vector: usize, column: usize, bytes: usize, share: f64, entry: usize): void {
  let first = f64x2.splat(0), second = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    first = f64x2.add(first, f64x2.mul(v128.load(vector + at), v128.load(column + at)));
    second = f64x2.add(second, f64x2.mul(v128.load(vector + at, 16), v128.load(column + at, 16)));
  }
  const sum = f64x2.add(first, second);
  const dot = share * (load<f64>(entry) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  store<f64>(entry, load<f64>(entry) - dot);
  const times = f64x2.splat(dot);
  for (let at: usize = 0; at < bytes; at += 32) {
    v128.store(column + at, f64x2.sub(v128.load(column + at), f64x2.mul(times, v128.load(vector + at))));
    v128.store(column + at, f64x2.sub(v128.load(column + at, 16), f64x2.mul(times, v128.load(vector + at, 16))), 16);
  }
}
