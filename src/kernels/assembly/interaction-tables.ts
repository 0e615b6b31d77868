// Interactions of pairs of players by table and by pairs of patterns: tables.ts and pairs.ts for two players at once.
import { EDGE_BYTES, LEAF, LEAF_BYTES, edgeDepth, edgeFlags, edgeLeaf } from "./edges";
import { coverAll } from "./pairs";
import { descendPatterns } from "./patterns";

/**
 * Adds to `counts` how much background weight shows each pattern, leaf after leaf: 2^d doubles each, placed by the leaf's first word.
 * @param edges @param numEdges - of one tree, depth first @param leaves @param codes @param sets @param rows - multiple of 4
 * @param weights - a double a row, 0 for padding @param counts @param scratch - 2 × (depth + 1) × rows × 4 bytes @param depth
 */
export function countLeafPatterns(
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

/** From weights by pattern to F[N], the weight of all patterns that hold N, times a value. @param cells - 2^d doubles */
export function sumSupersets(cells: usize, size: u32, value: f64): void {
  const end = cells + (<usize>size << 3);
  for (let cell = cells; cell < end; cell += 8) store<f64>(cell, value * load<f64>(cell));
  for (let bit: usize = 8; bit < <usize>size << 3; bit <<= 1) {
    for (let base = cells; base < end; base += bit << 1) {
      for (let cell = base, stop = base + bit; cell < stop; cell += 8) store<f64>(cell, load<f64>(cell) + load<f64>(cell + bit));
    }
  }
}

/**
 * Adds one leaf's numbers to its tables: the interaction of players i < j for pattern c at `table[(j (j-1) / 2 + i) * 2^d + c]`, both halves
 * together. With n the number of i, j in S and b(u) the weight of joining u others,
 *   value(c) = sum over S within c of  b(s) F[not S] where n = 0,  -b(s-1) F[not S] where n = 1,  b(s-2) F[not S] where n = 2.
 * The sums X0, X1, X2 over all S within c of b(s), b(s-1), b(s-2) times F[not S] serve every pair: with R what c holds besides the two, it is
 *   X0(R);  X0(R) - (X1(R+i) - X1(R)) if only i is in c;  and if both are
 *   X0(R) - (X1(R+i) - X1(R)) - (X1(R+j) - X1(R)) + (X2(R+i+j) - X2(R+i) - X2(R+j) + X2(R)).
 * @param supersets - F, 2^d doubles, scaled by the leaf's value @param d - players, at least 2
 * @param shares - b(u) = u! (d-2-u)! / (d-1)! for u = 0 .. d - 2 @param table - cleared before the first leaf
 * @param flip - bits that this leaf's patterns have the other way round @param scratch - 3 × 2^d doubles
 */
export function addInteractionTables(supersets: usize, d: i32, shares: usize, table: usize, flip: u32, scratch: usize): void {
  const size = <u32>1 << d, full = size - 1;
  const bytes = <usize>size << 3;
  const sums0 = scratch, sums1 = sums0 + bytes, sums2 = sums1 + bytes;
  for (let set: u32 = 0; set < size; set++) {
    const s = popcnt(set), at = <usize>set << 3;
    const weight = load<f64>(supersets + (<usize>(full ^ set) << 3));
    const share = shares + (<usize>s << 3);
    // Sums with weights that are not there are never asked for.
    store<f64>(sums0 + at, s + 2 <= <u32>d ? weight * load<f64>(share) : 0);
    store<f64>(sums1 + at, s > 0 && s < <u32>d ? weight * load<f64>(share - 8) : 0);
    store<f64>(sums2 + at, s > 1 ? weight * load<f64>(share - 16) : 0);
  }
  sumSubsets(sums0, bytes);
  sumSubsets(sums1, bytes);
  sumSubsets(sums2, bytes);
  let out = table;
  for (let j = 1; j < d; j++) {
    for (let i = 0; i < j; i++, out += bytes) addPairTable(out, sums0, sums1, sums2, bytes, <usize>8 << i, <usize>8 << j, <usize>flip << 3);
  }
}

/** All in bytes: the size of a table, the bits of i < j, the bits to flip. */
function addPairTable(out: usize, sums0: usize, sums1: usize, sums2: usize, bytes: usize, i: usize, j: usize, flip: usize): void {
  for (let high: usize = 0; high < bytes; high += j << 1) {
    for (let middle = high, stop = high + j; middle < stop; middle += i << 1) {
      for (let rest = middle, end = middle + i; rest < end; rest += 8) {
        const none = load<f64>(sums0 + rest), one = load<f64>(sums1 + rest);
        const first = load<f64>(sums1 + rest + i) - one, second = load<f64>(sums1 + rest + j) - one;
        const both = load<f64>(sums2 + rest + i + j) - load<f64>(sums2 + rest + i) - load<f64>(sums2 + rest + j) + load<f64>(sums2 + rest);
        addTo(out + (rest ^ flip), none);
        addTo(out + ((rest + i) ^ flip), none - first);
        addTo(out + ((rest + j) ^ flip), none - second);
        addTo(out + ((rest + i + j) ^ flip), none - first - second + both);
      }
    }
  }
}

@inline function addTo(cell: usize, value: f64): void {
  store<f64>(cell, load<f64>(cell) + value);
}

function sumSubsets(cells: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) store<f64>(cells + at, load<f64>(cells + at, 8) + load<f64>(cells + at), 8);
  for (let bit: usize = 16; bit < bytes; bit <<= 1) {
    for (let base = bit; base < bytes; base += bit << 1) {
      for (let cell = cells + base, end = cell + bit; cell < end; cell += 16) {
        v128.store(cell, f64x2.add(v128.load(cell), v128.load(cell - bit)));
      }
    }
  }
}

/**
 * Adds one tree's interactions for a block of rows.
 * @param leaves - 4 words each: where its tables begin, in doubles; d, or 0 where another leaf's tables hold this one; where its pairs begin
 * @param pairs - the pairs of each leaf: (0, 1), (0, 2), (1, 2), (0, 3), … @param phi - pairs × rows @param scratch - 2 × (depth + 1) × rows × 4 bytes
 */
export function applyInteractionTables(
  edges: usize, numEdges: i32, leaves: usize, pairs: usize, tables: usize, codes: usize, sets: usize, rows: i32,
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
    let pair = pairs + (<usize>load<u32>(leaf, 8) << 2);
    for (const end = pair + (<usize>(d * (d - 1) >> 1) << 2); pair < end; pair += 4) {
      addFromTable(table, found, phi + ((<usize>load<u32>(pair) * rows) << 3), rows);
      table += <usize>8 << d;
    }
  }
}

@inline function addFromTable(table: usize, found: usize, out: usize, rows: i32): void {
  for (let r: usize = 0; r < <usize>rows; r += 2) {
    const first = v128.load64_zero(table + (<usize>load<u32>(found + (r << 2)) << 3));
    const both = v128.load_lane<f64>(table + (<usize>load<u32>(found + (r << 2), 4) << 3), first, 1);
    const cell = out + (r << 3);
    v128.store(cell, f64x2.add(v128.load(cell), both));
  }
}

/**
 * The same from each leaf's distinct background patterns (`listPatterns` of pairs.ts): with p players that pass in the row alone and q that pass
 * in the other alone, two of the p get share(p-1, q), two of the q share(q-1, p), and one of each -share(p, q-1) of the leaf's value.
 * @param places - the place of each leaf's players among the tree's own, in bit order @param pairs - of the tree's players j > i, at
 *   j (j-1) / 2 + i @param shares - stride × stride doubles: (p-1)! q! / (p+q)! at p * stride + q
 */
export function applyInteractionPairs(
  edges: usize, numEdges: i32, leaves: usize, places: usize, pairs: usize, lists: usize, codes: usize, sets: usize, rows: i32, words: i32,
  shares: usize, stride: i32, phi: usize, scratch: usize, depth: i32,
): void {
  const line = <usize>rows << 2;
  const bytes = <usize>words << 2;
  const patterns = scratch + line * (depth + 1);
  memory.fill(patterns, 0, line * words);
  for (let e = 0; e < numEdges; e++) {
    const edge = edges + <usize>e * EDGE_BYTES;
    descendPatterns(edge, codes, sets, rows, words, scratch, patterns);
    if (!(edgeFlags(edge) & LEAF)) continue;
    const leaf = leaves + <usize>edgeLeaf(edge) * LEAF_BYTES;
    const d = load<i32>(leaf, 4);
    const count = <usize>load<i32>(leaf, 12);
    const weights = lists + (<usize>load<u32>(leaf) << 3);
    const list = weights + (count << 3);
    const names = places + (<usize>load<u32>(leaf, 8) << 2);
    const found = patterns + line * words * edgeDepth(edge);
    for (let r: usize = 0; r < <usize>rows; r++) {
      for (let b: usize = 0; b < count; b++) {
        const other = list + b * bytes;
        if (!coverAll(found + (r << 2), line, other, words, d)) continue;
        addDiffering(found + (r << 2), line, other, words, load<f64>(weights + (b << 3)), names, pairs, shares, stride, phi + (r << 3), rows);
      }
    }
  }
}

function addDiffering(
  row: usize, line: usize, other: usize, words: i32, weight: f64, names: usize, pairs: usize, shares: usize, stride: i32, phi: usize, rows: i32,
): void {
  let p = 0, q = 0;
  for (let w = 0; w < words; w++) {
    const mine = load<u32>(row + line * w), theirs = load<u32>(other + (<usize>w << 2));
    p += <i32>popcnt(mine & ~theirs);
    q += <i32>popcnt(theirs & ~mine);
  }
  const both = p > 1 ? weight * load<f64>(shares + (<usize>((p - 1) * stride + q) << 3)) : 0;
  const neither = q > 1 ? weight * load<f64>(shares + (<usize>((q - 1) * stride + p) << 3)) : 0;
  const one = p > 0 && q > 0 ? -weight * load<f64>(shares + (<usize>(p * stride + q - 1) << 3)) : 0;
  for (let w = 0; w < words; w++) {
    const mine = load<u32>(row + line * w);
    let differ = mine ^ load<u32>(other + (<usize>w << 2));
    for (; differ; differ &= differ - 1) {
      const bit = ctz(differ);
      const here = (mine >> bit) & 1;
      const name = load<u32>(names + (<usize>((w << 5) + bit) << 2));
      for (let v = 0; v <= w; v++) {
        const own = load<u32>(row + line * v);
        let rest = own ^ load<u32>(other + (<usize>v << 2));
        if (v == w) rest &= (<u32>1 << bit) - 1;
        for (; rest; rest &= rest - 1) {
          const second = ctz(rest);
          const there = (own >> second) & 1;
          const partner = load<u32>(names + (<usize>((v << 5) + second) << 2));
          const high = max(name, partner), low = min(name, partner);
          const pair = load<u32>(pairs + (<usize>(high * (high - 1) / 2 + low) << 2));
          const cell = phi + ((<usize>pair * rows) << 3);
          store<f64>(cell, load<f64>(cell) + (here != there ? one : here ? both : neither));
        }
      }
    }
  }
}
