// Shapley values by table: at a leaf with d players, a row's d contributions depend on its pattern alone, so they stand in a table of 2^d
// rows, made once for any background. See docs/maths/tree-shap.md, and Nadel & Wettenstein (2025), arXiv:2511.09376.
import { EDGE_BYTES, LEAF, LEAF_BYTES, edgeDepth, edgeFlags, edgeLeaf } from "./edges";
import { descendPatterns } from "./patterns";


/**
 * Adds to `counts` how much background weight shows each pattern, leaf after leaf (2^d doubles each, placed by the leaf's first word).
 * @param edges @param numEdges - of one tree, depth first @param leaves @param codes @param sets @param rows - multiple of 4
 * @param weights - a double a row, 0 for padding @param counts @param scratch - 2 × (depth + 1) × rows × 4 bytes @param depth
 */
export function countPatterns(
  edges: usize, numEdges: i32, leaves: usize, codes: usize, sets: usize, rows: i32, weights: usize, counts: usize, scratch: usize, depth: i32,
): void {
  const line = <usize>rows << 2;
  const patterns = scratch + line * (depth + 1);
  memory.fill(patterns, 0, line);
  for (let e = 0; e < numEdges; e++) {
    const edge = edges + <usize>e * EDGE_BYTES;
    descendPatterns(edge, codes, sets, rows, 1, scratch, patterns);
    if (!(edgeFlags(edge) & LEAF)) continue;
    const table = counts + (<usize>load<u32>(leaves + <usize>edgeLeaf(edge) * LEAF_BYTES) << 3);
    const found = patterns + line * edgeDepth(edge);
    for (let r: usize = 0; r < <usize>rows; r++) {
      const cell = table + (<usize>load<u32>(found + (r << 2)) << 3);
      store<f64>(cell, load<f64>(cell) + load<f64>(weights + (r << 3)));
    }
  }
}

/**
 * Turns the weights of one leaf's background patterns into its table: value of player j for pattern c at `table[j * 2^d + c]`.
 * With F[N] the weight of background rows that pass every player in N, v(S) = F[not S] for rows that pass all of S, so that
 *   value_j(c) = sum over S within c of  a_j(S) F[not S],  a_j(S) = (s-1)! (d-s)! / d! if j is in S, else -s! (d-s-1)! / d!.
 * @param supersets - F, 2^d doubles, scaled by the leaf's value @param d - players @param shares - (s-1)! (d-s)! / d! for s = 1 .. d, at s - 1
 * @param table - d × 2^d doubles
 */
export function buildTable(supersets: usize, d: i32, shares: usize, table: usize): void {
  const size = <u32>1 << d;
  const full = size - 1;
  for (let j = 0; j < d; j++) {
    const out = table + (<usize>j * size << 3);
    for (let set: u32 = 0; set < size; set++) {
      const s = popcnt(set);
      const share = (set >> j) & 1 ? load<f64>(shares + (<usize>(s - 1) << 3)) : -load<f64>(shares + (<usize>s << 3));
      store<f64>(out + (<usize>set << 3), share * load<f64>(supersets + (<usize>(full ^ set) << 3)));
    }
    for (let bit: u32 = 1; bit < size; bit <<= 1) {
      for (let base: u32 = bit; base < size; base += bit << 1) {
        for (let set: u32 = base; set < base + bit; set++) {
          const cell = out + (<usize>set << 3);
          store<f64>(cell, load<f64>(cell) + load<f64>(cell - (<usize>bit << 3)));
        }
      }
    }
  }
}

/**
 * Adds one tree's contributions for a block of rows.
 * @param edges @param numEdges @param leaves @param players - the players of each leaf, in bit order @param tables @param codes @param sets
 * @param rows - multiple of 4 @param phi - players × rows @param scratch - 2 × (depth + 1) × rows × 4 bytes @param depth
 */
export function applyTables(
  edges: usize, numEdges: i32, leaves: usize, players: usize, tables: usize, codes: usize, sets: usize, rows: i32,
  phi: usize, scratch: usize, depth: i32,
): void {
  const line = <usize>rows << 2;
  const patterns = scratch + line * (depth + 1);
  memory.fill(patterns, 0, line);
  for (let e = 0; e < numEdges; e++) {
    const edge = edges + <usize>e * EDGE_BYTES;
    descendPatterns(edge, codes, sets, rows, 1, scratch, patterns);
    if (!(edgeFlags(edge) & LEAF)) continue;
    const leaf = leaves + <usize>edgeLeaf(edge) * LEAF_BYTES;
    const d = load<i32>(leaf, 4);
    const found = patterns + line * edgeDepth(edge);
    let table = tables + (<usize>load<u32>(leaf) << 3);
    const list = players + (<usize>load<u32>(leaf, 8) << 2);
    for (let j = 0; j < d; j++) {
      const player = phi + ((<usize>load<u32>(list + (<usize>j << 2)) * rows) << 3);
      addFromTable(table, found, player, rows);
      table += <usize>8 << d;
    }
  }
}

@inline function addFromTable(table: usize, found: usize, player: usize, rows: i32): void {
  for (let r: usize = 0; r < <usize>rows; r += 2) {
    const first = v128.load64_zero(table + (<usize>load<u32>(found + (r << 2)) << 3));
    const pair = v128.load_lane<f64>(table + (<usize>load<u32>(found + (r << 2), 4) << 3), first, 1);
    const cell = player + (r << 3);
    v128.store(cell, f64x2.add(v128.load(cell), pair));
  }
}
