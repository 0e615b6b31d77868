// Columns that depend on a row's code alone: sums by code and by pairs of codes. Indexes are 32-bit words, one a row; values are doubles.
import { GROUP_ROW } from "./panels";

/** Writes a × b, row by row. */
export function multiplyRows(a: usize, b: usize, rows: i32, out: usize): void {
  for (let at: usize = 0, end = <usize>rows << 3; at < end; at += 16) v128.store(out + at, f64x2.mul(v128.load(a + at), v128.load(b + at)));
}

/** Adds each row's value to the cell of its index. */
export function scatter(indexes: usize, values: usize, rows: i32, table: usize): void {
  for (const end = indexes + (<usize>rows << 2); indexes < end; indexes += 4, values += 8) {
    const cell = table + (<usize>load<u32>(indexes) << 3);
    store<f64>(cell, load<f64>(cell) + load<f64>(values));
  }
}

/** Adds to each row of `out` the row's value × the cell of its index. */
export function gather(indexes: usize, values: usize, rows: i32, table: usize, out: usize): void {
  for (const end = indexes + (<usize>rows << 2); indexes < end; indexes += 4, values += 8, out += 8) {
    store<f64>(out, load<f64>(out) + load<f64>(values) * load<f64>(table + (<usize>load<u32>(indexes) << 3)));
  }
}

/** Adds each row's value to cell (first, second) of a table with `width` cells a row. */
export function scatterPairs(first: usize, second: usize, width: u32, values: usize, rows: i32, table: usize): void {
  for (const end = first + (<usize>rows << 2); first < end; first += 4, second += 4, values += 8) {
    const cell = table + (<usize>(load<u32>(first) * width + load<u32>(second)) << 3);
    store<f64>(cell, load<f64>(cell) + load<f64>(values));
  }
}

/** Adds to each row of `out` the row's value × cell (first, second). */
export function gatherPairs(first: usize, second: usize, width: u32, values: usize, rows: i32, table: usize, out: usize): void {
  for (const end = first + (<usize>rows << 2); first < end; first += 4, second += 4, values += 8, out += 8) {
    const cell = table + (<usize>(load<u32>(first) * width + load<u32>(second)) << 3);
    store<f64>(out, load<f64>(out) + load<f64>(values) * load<f64>(cell));
  }
}

/** Adds each row's value × line `second` of `lines` to line `first` of the table. @param width - doubles a line, even */
export function scatterLines(first: usize, second: usize, lines: usize, width: u32, values: usize, rows: i32, table: usize): void {
  const bytes = <usize>width << 3;
  for (const end = first + (<usize>rows << 2); first < end; first += 4, second += 4, values += 8) {
    let cell = table + <usize>load<u32>(first) * bytes;
    const value = v128.load_splat<f64>(values);
    for (let line = lines + <usize>load<u32>(second) * bytes, stop = line + bytes; line < stop; line += 16, cell += 16) {
      v128.store(cell, f64x2.add(v128.load(cell), f64x2.mul(value, v128.load(line))));
    }
  }
}

/** Adds to each row of `out` the row's value × the product of line `first` of the table and line `second` of `lines`. */
export function gatherLines(
  first: usize, second: usize, lines: usize, width: u32, values: usize, rows: i32, table: usize, out: usize,
): void {
  const bytes = <usize>width << 3;
  for (const end = first + (<usize>rows << 2); first < end; first += 4, second += 4, values += 8, out += 8) {
    let cell = table + <usize>load<u32>(first) * bytes;
    let sum = f64x2.splat(0);
    for (let line = lines + <usize>load<u32>(second) * bytes, stop = line + bytes; line < stop; line += 16, cell += 16) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(cell), v128.load(line)));
    }
    store<f64>(out, load<f64>(out) + load<f64>(values) * (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
  }
}

/**
 * Adds each row's value × its dense columns to the lines of its index.
 * @param panel @param groups @param stride - of the panel @param indexes @param values @param rows
 * @param table - a group after the other, each of `codes` lines of four doubles @param codes
 */
export function scatterGroups(
  panel: usize, groups: i32, stride: i32, indexes: usize, values: usize, rows: i32, table: usize, codes: i32,
): void {
  for (let g = 0; g < groups; g++, panel += <usize>stride * GROUP_ROW, table += <usize>codes * GROUP_ROW) {
    for (let r: usize = 0, row = panel; r < <usize>rows; r++, row += GROUP_ROW) {
      const cell = table + <usize>load<u32>(indexes + (r << 2)) * GROUP_ROW;
      const value = v128.load_splat<f64>(values + (r << 3));
      v128.store(cell, f64x2.add(v128.load(cell), f64x2.mul(value, v128.load(row))));
      v128.store(cell, f64x2.add(v128.load(cell, 16), f64x2.mul(value, v128.load(row, 16))), 16);
    }
  }
}

/** Adds to each row of `out` the row's value × the product of its dense columns and the lines of its index. */
export function gatherGroups(
  panel: usize, groups: i32, stride: i32, indexes: usize, values: usize, rows: i32, table: usize, codes: i32, out: usize,
): void {
  for (let g = 0; g < groups; g++, panel += <usize>stride * GROUP_ROW, table += <usize>codes * GROUP_ROW) {
    for (let r: usize = 0, row = panel; r < <usize>rows; r++, row += GROUP_ROW) {
      const cell = table + <usize>load<u32>(indexes + (r << 2)) * GROUP_ROW;
      const sum = f64x2.add(f64x2.mul(v128.load(cell), v128.load(row)), f64x2.mul(v128.load(cell, 16), v128.load(row, 16)));
      const line = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      store<f64>(out + (r << 3), load<f64>(out + (r << 3)) + load<f64>(values + (r << 3)) * line);
    }
  }
}
