// Cholesky factors and their inverses. A lower triangle stands in block rows of four: block row a is lines k = 0 .. 4a + 3, line k the four
// entries (4a, k) .. (4a + 3, k), so that all inner products are those of two groups of columns (see panels.ts). Block row a begins at line
// 2a(a + 1). Sizes are padded to multiples of four with the identity. The first `leading` block rows may be known to be diagonal, as they are
// for the levels of a factor; nothing is then computed of zeros.
import { GROUP_ROW, addTile, subtractTile } from "./panels";

const TILE: usize = 4 * GROUP_ROW;

@inline function blockRow(triangle: usize, a: i32): usize {
  return triangle + <usize>(2 * a * (a + 1)) * GROUP_ROW;
}

/**
 * Replaces a symmetric matrix with a diagonal of ones by its factor L, columns from left to right; one whose remainder is below `tolerance` is
 * dropped: its row and column become the identity's.
 * @param triangle @param numBlocks - block rows @param leading @param tolerance
 * @param remainders - written: a double a column, what is left of its diagonal
 */
export function factorTriangle(triangle: usize, numBlocks: i32, leading: i32, tolerance: f64, remainders: usize): void {
  for (let a = 0; a < numBlocks; a++) {
    const row = blockRow(triangle, a);
    const diagonal = row + <usize>a * TILE;
    if (a >= leading) {
      for (let b = 0; b < a; b++) {
        const other = blockRow(triangle, b);
        const tile = row + <usize>b * TILE;
        if (b >= leading) subtractTile(other, row, 4 * b, tile);
        solveTile(other + <usize>b * TILE, tile, remainders + (<usize>b << 5), tolerance);
      }
      subtractTile(row, row, 4 * a, diagonal);
    }
    factorTile(row, 4 * a, diagonal, remainders + (<usize>a << 5), tolerance);
  }
}

/** Line j of the tile: what L's diagonal tile leaves of it; zero where column j is dropped. */
@inline function solveTile(diagonal: usize, tile: usize, remainders: usize, tolerance: f64): void {
  for (let j: usize = 0; j < 4; j++) {
    const line = tile + j * GROUP_ROW;
    let low = v128.load(line), high = v128.load(line, 16);
    for (let l: usize = 0; l < j; l++) {
      const share = v128.load_splat<f64>(diagonal + l * GROUP_ROW + (j << 3));
      low = f64x2.sub(low, f64x2.mul(share, v128.load(tile + l * GROUP_ROW)));
      high = f64x2.sub(high, f64x2.mul(share, v128.load(tile + l * GROUP_ROW, 16)));
    }
    const kept = load<f64>(remainders + (j << 3)) >= tolerance;
    const over = f64x2.splat(load<f64>(diagonal + j * GROUP_ROW + (j << 3)));
    v128.store(line, kept ? f64x2.div(low, over) : f64x2.splat(0));
    v128.store(line, kept ? f64x2.div(high, over) : f64x2.splat(0), 16);
  }
}

@inline function factorTile(row: usize, before: i32, tile: usize, remainders: usize, tolerance: f64): void {
  for (let j: usize = 0; j < 4; j++) {
    const line = tile + j * GROUP_ROW;
    for (let i: usize = 0; i < j; i++) store<f64>(line + (i << 3), 0);
    for (let l: usize = 0; l < j; l++) {
      const other = tile + l * GROUP_ROW;
      const share = load<f64>(other + (j << 3));
      for (let i = j; i < 4; i++) store<f64>(line + (i << 3), load<f64>(line + (i << 3)) - share * load<f64>(other + (i << 3)));
    }
    const remainder = load<f64>(line + (j << 3));
    store<f64>(remainders + (j << 3), remainder);
    const root = sqrt<f64>(remainder);
    const kept = remainder >= tolerance;
    store<f64>(line + (j << 3), kept ? root : 1);
    for (let i = j + 1; i < 4; i++) store<f64>(line + (i << 3), kept ? load<f64>(line + (i << 3)) / root : 0);
    if (!kept) for (let k: usize = 0; k < <usize>before + j; k++) store<f64>(row + k * GROUP_ROW + (j << 3), 0);
  }
}

/**
 * Writes V = L⁻¹ in groups of four columns: group g is lines k = 4g .. size − 1 of the entries (k, 4g) .. (k, 4g + 3), one group after the other.
 * @param triangle - L @param numBlocks @param leading @param inverse - room for as many lines as the triangle has
 */
export function invertTriangle(triangle: usize, numBlocks: i32, leading: i32, inverse: usize): void {
  let group = inverse;
  for (let g = 0; g < numBlocks; g++) {
    memory.fill(group, 0, <usize>(numBlocks - g) * TILE);
    for (let i: usize = 0; i < 4; i++) store<f64>(group + i * GROUP_ROW + (i << 3), 1);
    solveLines(blockRow(triangle, g) + <usize>g * TILE, group);
    // Below a diagonal group V is zero down to the first full block row.
    const next = max(g + 1, leading);
    for (let a = next; a < numBlocks; a++) {
      const row = blockRow(triangle, a);
      const tile = group + <usize>(a - g) * TILE;
      subtractTile(row + <usize>g * TILE, group, 4, tile);
      subtractTile(row + <usize>next * TILE, group + <usize>(next - g) * TILE, 4 * (a - next), tile);
      solveLines(row + <usize>a * TILE, tile);
    }
    group += <usize>(numBlocks - g) * TILE;
  }
}

@inline function solveLines(diagonal: usize, tile: usize): void {
  for (let r: usize = 0; r < 4; r++) {
    const line = tile + r * GROUP_ROW;
    let low = v128.load(line), high = v128.load(line, 16);
    for (let l: usize = 0; l < r; l++) {
      const share = v128.load_splat<f64>(diagonal + l * GROUP_ROW + (r << 3));
      low = f64x2.sub(low, f64x2.mul(share, v128.load(tile + l * GROUP_ROW)));
      high = f64x2.sub(high, f64x2.mul(share, v128.load(tile + l * GROUP_ROW, 16)));
    }
    const over = f64x2.splat(load<f64>(diagonal + r * GROUP_ROW + (r << 3)));
    v128.store(line, f64x2.div(low, over));
    v128.store(line, f64x2.div(high, over), 16);
  }
}

/**
 * Writes V'V in tiles as `addGram` lays them.
 * @param inverse - V as `invertTriangle` leaves it @param numBlocks @param leading @param gram - room for as many tiles as V has
 */
export function multiplyInverse(inverse: usize, numBlocks: i32, leading: i32, gram: usize): void {
  let tile = gram;
  for (let g = 0, group = inverse; g < numBlocks; g++) {
    let other = inverse;
    for (let h = 0; h <= g; h++, tile += TILE) {
      memory.fill(tile, 0, TILE);
      const first = h < g ? max(g, leading) : g;
      addTile(group + <usize>(first - g) * TILE, other + <usize>(first - h) * TILE, 4 * (numBlocks - first), tile);
      other += <usize>(numBlocks - h) * TILE;
    }
    group += <usize>(numBlocks - g) * TILE;
  }
}
