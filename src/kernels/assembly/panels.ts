// Dense columns of a panel of rows, in groups of four: a group holds row after row of four doubles. Every kernel over dense columns and every
// triangular one works on 4 × 4 tiles of two groups, since eight vector accumulators are what registers hold.

/** Bytes of one row of a group. */
export const GROUP_ROW: usize = 32;
/** Rows whose two groups of four columns lie in the first-level cache together; also where sums begin anew, which keeps rounding small. */
const CHUNK: i32 = 256;

/**
 * Lays four columns side by side.
 * @param columns - four of `stride` doubles, one after the other @param stride - even @param rows @param group
 */
export function packGroup(columns: usize, stride: i32, rows: i32, group: usize): void {
  const second = columns + (<usize>stride << 3);
  const third = second + (<usize>stride << 3);
  const fourth = third + (<usize>stride << 3);
  for (let at: usize = 0, end = <usize>rows << 3; at < end; at += 16, group += 2 * GROUP_ROW) {
    const a = v128.load(columns + at), b = v128.load(second + at), c = v128.load(third + at), d = v128.load(fourth + at);
    v128.store(group, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(group, v128.shuffle<f64>(c, d, 0, 2), 16);
    v128.store(group, v128.shuffle<f64>(a, b, 1, 3), 32);
    v128.store(group, v128.shuffle<f64>(c, d, 1, 3), 48);
  }
}

/** Adds to a 4 × 4 tile the sum over rows of (a row of `left`)' × (the row of `right`). */
@inline export function addTile(left: usize, right: usize, rows: i32, tile: usize): void {
  sumTile(left, right, rows, tile, false);
}

/** Subtracts that sum. */
@inline export function subtractTile(left: usize, right: usize, rows: i32, tile: usize): void {
  sumTile(left, right, rows, tile, true);
}

@inline function sumTile(left: usize, right: usize, rows: i32, tile: usize, subtract: bool): void {
  let s00 = f64x2.splat(0), s01 = f64x2.splat(0), s10 = f64x2.splat(0), s11 = f64x2.splat(0);
  let s20 = f64x2.splat(0), s21 = f64x2.splat(0), s30 = f64x2.splat(0), s31 = f64x2.splat(0);
  for (const end = left + <usize>rows * GROUP_ROW; left < end; left += GROUP_ROW, right += GROUP_ROW) {
    const low = v128.load(right), high = v128.load(right, 16);
    const a = v128.load_splat<f64>(left), b = v128.load_splat<f64>(left, 8);
    s00 = f64x2.add(s00, f64x2.mul(a, low));
    s01 = f64x2.add(s01, f64x2.mul(a, high));
    s10 = f64x2.add(s10, f64x2.mul(b, low));
    s11 = f64x2.add(s11, f64x2.mul(b, high));
    const c = v128.load_splat<f64>(left, 16), d = v128.load_splat<f64>(left, 24);
    s20 = f64x2.add(s20, f64x2.mul(c, low));
    s21 = f64x2.add(s21, f64x2.mul(c, high));
    s30 = f64x2.add(s30, f64x2.mul(d, low));
    s31 = f64x2.add(s31, f64x2.mul(d, high));
  }
  putPair(tile, s00, subtract); putPair(tile + 16, s01, subtract); putPair(tile + 32, s10, subtract); putPair(tile + 48, s11, subtract);
  putPair(tile + 64, s20, subtract); putPair(tile + 80, s21, subtract); putPair(tile + 96, s30, subtract); putPair(tile + 112, s31, subtract);
}

@inline function putPair(cell: usize, pair: v128, subtract: bool): void {
  const old = v128.load(cell);
  v128.store(cell, subtract ? f64x2.sub(old, pair) : f64x2.add(old, pair));
}

@inline function addPair(cell: usize, pair: v128): void {
  putPair(cell, pair, false);
}

/**
 * Adds X' diag(w) X and the column sums X'w of a panel.
 * @param panel - groups × stride rows @param groups @param stride @param rows @param w - a double a row
 * @param scaled - room for 256 rows of a group @param gram - 4 × 4 tiles: (0,0) (1,0) (1,1) (2,0) …, the first group's columns are a tile's rows
 * @param sums - four doubles a group
 */
export function addGram(panel: usize, groups: i32, stride: i32, rows: i32, w: usize, scaled: usize, gram: usize, sums: usize): void {
  const step = <usize>stride * GROUP_ROW;
  for (let first = 0; first < rows; first += CHUNK) {
    const count = min(CHUNK, rows - first);
    const chunk = panel + <usize>first * GROUP_ROW;
    let tile = gram;
    for (let a = 0; a < groups; a++) {
      scaleRows(chunk + <usize>a * step, w + (<usize>first << 3), count, scaled, sums + <usize>a * GROUP_ROW);
      for (let b = 0; b <= a; b++, tile += 128) addTile(scaled, chunk + <usize>b * step, count, tile);
    }
  }
}

@inline function scaleRows(group: usize, w: usize, rows: i32, scaled: usize, sums: usize): void {
  let low = f64x2.splat(0), high = f64x2.splat(0);
  for (const end = w + (<usize>rows << 3); w < end; w += 8, group += GROUP_ROW, scaled += GROUP_ROW) {
    const weight = v128.load_splat<f64>(w);
    const first = f64x2.mul(weight, v128.load(group)), second = f64x2.mul(weight, v128.load(group, 16));
    v128.store(scaled, first);
    v128.store(scaled, second, 16);
    low = f64x2.add(low, first);
    high = f64x2.add(high, second);
  }
  addPair(sums, low);
  addPair(sums + 16, high);
}

/** Adds the sum of the rows' values to a cell. */
export function addSum(values: usize, rows: i32, cell: usize): void {
  let first = f64x2.splat(0), second = f64x2.splat(0);
  const end = values + (<usize>rows << 3);
  for (; values + 32 <= end; values += 32) {
    first = f64x2.add(first, v128.load(values));
    second = f64x2.add(second, v128.load(values, 16));
  }
  first = f64x2.add(first, second);
  let sum = f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1);
  for (; values < end; values += 8) sum += load<f64>(values);
  store<f64>(cell, load<f64>(cell) + sum);
}

/** Adds X'u of a panel. @param panel @param groups @param stride @param rows @param u - a double a row @param sums - four doubles a group */
export function addGroupSums(panel: usize, groups: i32, stride: i32, rows: i32, u: usize, sums: usize): void {
  for (let g = 0; g < groups; g++, panel += <usize>stride * GROUP_ROW, sums += GROUP_ROW) {
    for (let first = 0; first < rows; first += CHUNK) {
      let low = f64x2.splat(0), high = f64x2.splat(0);
      let row = panel + <usize>first * GROUP_ROW;
      let at = u + (<usize>first << 3);
      for (const end = row + <usize>min(CHUNK, rows - first) * GROUP_ROW; row < end; row += GROUP_ROW, at += 8) {
        const weight = v128.load_splat<f64>(at);
        low = f64x2.add(low, f64x2.mul(weight, v128.load(row)));
        high = f64x2.add(high, f64x2.mul(weight, v128.load(row, 16)));
      }
      addPair(sums, low);
      addPair(sums + 16, high);
    }
  }
}

/**
 * Writes `base` + X v of a panel, four rows at a time.
 * @param panel @param groups @param stride - multiple of 4 @param rows @param v - four doubles a group @param base @param out - room for `stride` doubles
 */
export function multiplyGroups(panel: usize, groups: i32, stride: i32, rows: i32, v: usize, base: f64, out: usize): void {
  const step = <usize>stride * GROUP_ROW;
  const start = v128.replace_lane<f64>(f64x2.splat(0), 0, base);
  for (let r = 0; r < rows; r += 4, out += 32, panel += 4 * GROUP_ROW) {
    let s0 = start, s1 = start, s2 = start, s3 = start;
    for (let g = 0, row = panel, vector = v; g < groups; g++, row += step, vector += GROUP_ROW) {
      const low = v128.load(vector), high = v128.load(vector, 16);
      s0 = f64x2.add(f64x2.add(s0, f64x2.mul(v128.load(row), low)), f64x2.mul(v128.load(row, 16), high));
      s1 = f64x2.add(f64x2.add(s1, f64x2.mul(v128.load(row, 32), low)), f64x2.mul(v128.load(row, 48), high));
      s2 = f64x2.add(f64x2.add(s2, f64x2.mul(v128.load(row, 64), low)), f64x2.mul(v128.load(row, 80), high));
      s3 = f64x2.add(f64x2.add(s3, f64x2.mul(v128.load(row, 96), low)), f64x2.mul(v128.load(row, 112), high));
    }
    v128.store(out, f64x2.add(v128.shuffle<f64>(s0, s1, 0, 2), v128.shuffle<f64>(s0, s1, 1, 3)));
    v128.store(out, f64x2.add(v128.shuffle<f64>(s2, s3, 0, 2), v128.shuffle<f64>(s2, s3, 1, 3)), 16);
  }
}

/**
 * Adds x' S x for each row of a panel.
 * @param panel @param groups @param stride @param rows
 * @param tiles - of S as `addGram` lays them, those off the diagonal doubled, each transposed @param out - a double a row
 */
export function addQuadratics(panel: usize, groups: i32, stride: i32, rows: i32, tiles: usize, out: usize): void {
  const step = <usize>stride * GROUP_ROW;
  for (let first = 0; first < rows; first += CHUNK) {
    const count = min(CHUNK, rows - first);
    const chunk = panel + <usize>first * GROUP_ROW;
    let tile = tiles;
    for (let a = 0; a < groups; a++) {
      for (let b = 0; b <= a; b++, tile += 128) {
        addTileQuadratics(chunk + <usize>a * step, chunk + <usize>b * step, count, tile, out + (<usize>first << 3));
      }
    }
  }
}

@inline function addTileQuadratics(left: usize, right: usize, rows: i32, tile: usize, out: usize): void {
  const t00 = v128.load(tile), t01 = v128.load(tile, 16), t10 = v128.load(tile, 32), t11 = v128.load(tile, 48);
  const t20 = v128.load(tile, 64), t21 = v128.load(tile, 80), t30 = v128.load(tile, 96), t31 = v128.load(tile, 112);
  for (const end = left + <usize>rows * GROUP_ROW; left < end; left += GROUP_ROW, right += GROUP_ROW, out += 8) {
    const a = v128.load_splat<f64>(right), b = v128.load_splat<f64>(right, 8);
    const c = v128.load_splat<f64>(right, 16), d = v128.load_splat<f64>(right, 24);
    const low = f64x2.add(f64x2.add(f64x2.mul(a, t00), f64x2.mul(b, t10)), f64x2.add(f64x2.mul(c, t20), f64x2.mul(d, t30)));
    const high = f64x2.add(f64x2.add(f64x2.mul(a, t01), f64x2.mul(b, t11)), f64x2.add(f64x2.mul(c, t21), f64x2.mul(d, t31)));
    const sum = f64x2.add(f64x2.mul(low, v128.load(left)), f64x2.mul(high, v128.load(left, 16)));
    store<f64>(out, load<f64>(out) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}
