// Codes of cells: see src/shap/tree-shap/engine/coded-columns.ts.
// A column is 8 words of 32 bits: 0 kind   1 feature, in bytes of a row   2 its cuts (address)   3 number of cuts
const COLUMN_BYTES: usize = 32;
const NUMERIC: i32 = 0;
const ZERO_IS_MISSING: i32 = 1;
/** LightGBM's kZeroThreshold: the float32 nearest to 1e-35. */
const ZERO_THRESHOLD: f64 = <f64>(<f32>1e-35);
const MISSING: u32 = 0xffffffff;

/**
 * Codes rows, column after column.
 * @param columns @param numColumns @param cells - rows × rowBytes, row-major @param rows
 * @param padded - rows to write, at least `rows`: the last one repeated @param out - a u32 a row @param stride - rows between columns of `out`
 */
export function codeCells(
  columns: usize, numColumns: i32, cells: usize, rowBytes: i32, rows: i32, padded: i32, out: usize, stride: i32,
): void {
  for (let c: usize = 0; c < <usize>numColumns; c++, out += <usize>stride << 2) {
    const column = columns + c * COLUMN_BYTES;
    const kind = load<i32>(column), cuts = <usize>load<u32>(column, 8), numCuts = load<u32>(column, 12);
    let cell = cells + <usize>load<u32>(column, 4);
    let code: u32 = 0;
    for (let r: usize = 0; r < <usize>rows; r++, cell += <usize>rowBytes) {
      const x = load<f64>(cell);
      const below = countBelow(cuts, numCuts, x);
      if (kind == NUMERIC) code = x != x ? MISSING : below + 1;
      else if (kind == ZERO_IS_MISSING) code = x != x || Math.abs(x) <= ZERO_THRESHOLD ? MISSING : below + 1;
      else code = x != x ? numCuts + 1 : below < numCuts && load<f64>(cuts + (<usize>below << 3)) == x ? below : numCuts;
      store<u32>(out + (r << 2), code);
    }
    for (let r = <usize>rows; r < <usize>padded; r++) store<u32>(out + (r << 2), code);
  }
}

/** Number of cuts below x, without a branch that the processor could guess wrong. */
@inline function countBelow(cuts: usize, count: u32, x: f64): u32 {
  if (count == 0) return 0;
  let at = cuts;
  while (count > 1) {
    const half = count >> 1;
    const middle = at + (<usize>half << 3);
    at = select<usize>(middle, at, load<f64>(middle - 8) < x);
    count -= half;
  }
  return (<u32>(at - cuts) >> 3) + (load<f64>(at) < x ? 1 : 0);
}
