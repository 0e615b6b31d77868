// Interventional Shapley values of trees whose paths hold too many players for tables: each row's pattern against the distinct patterns of
// the background. A pair counts only when every player passes in one of the two rows; with P the players that pass in the explained row alone
// and Q those that pass in the other alone, each of P gets (p-1)! q! / (p+q)! and each of Q gets -p! (q-1)! / (p+q)! of the leaf's value.
// Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9, supplementary algorithm 3, by leaf instead of by walk.
import { EDGE_BYTES, LEAF, LEAF_BYTES, edgeDepth, edgeFlags, edgeLeaf } from "./edges";
import { descendPatterns } from "./patterns";

/**
 * Lists each leaf's distinct background patterns: their weights (times the leaf's value), then the patterns, at `out` from the leaf's word 0 on.
 * @param numRows - background rows; `rows` is that rounded up to a multiple of 4 @param weights - a double a row @param values - a double a leaf
 * @param capacity - bytes at `out` @param slots - hash slots of 4 bytes, a power of 2 above numRows
 * @returns the bytes used, or -1 when they do not suffice
 */
export function listPatterns(
  edges: usize, numEdges: i32, leaves: usize, values: usize, codes: usize, sets: usize, numRows: i32, rows: i32, weights: usize, words: i32,
  out: usize, capacity: f64, scratch: usize, depth: i32, hash: usize, slots: i32,
): f64 {
  const line = <usize>rows << 2;
  const patterns = scratch + line * (depth + 1);
  const room = (<usize>numRows) * (8 + (<usize>words << 2)) + 8;
  memory.fill(patterns, 0, line * words);
  let used: usize = 0;
  for (let e = 0; e < numEdges; e++) {
    const edge = edges + <usize>e * EDGE_BYTES;
    descendPatterns(edge, codes, sets, rows, words, scratch, patterns);
    if (!(edgeFlags(edge) & LEAF)) continue;
    if (<f64>used + <f64>room > capacity) return -1;
    const leaf = leaves + <usize>edgeLeaf(edge) * LEAF_BYTES;
    const found = patterns + line * words * edgeDepth(edge);
    const count = listDistinct(found, line, numRows, words, weights, out + used, hash, slots);
    const value = load<f64>(values + (<usize>edgeLeaf(edge) << 3));
    for (let i: usize = 0; i < <usize>count; i++) store<f64>(out + used + (i << 3), value * load<f64>(out + used + (i << 3)));
    store<u32>(leaf, <u32>(used >> 3));
    store<i32>(leaf, count, 12);
    used += (<usize>count * (8 + (<usize>words << 2)) + 7) & ~(<usize>7);
  }
  return <f64>used;
}

/** Distinct patterns of one leaf by open addressing: `count` summed weights, then `count` × words; the patterns stand behind numRows weights first. */
function listDistinct(found: usize, line: usize, numRows: i32, words: i32, weights: usize, out: usize, hash: usize, slots: i32): i32 {
  const bytes = <usize>words << 2;
  const list = out + (<usize>numRows << 3);
  memory.fill(hash, 0xff, <usize>slots << 2);
  let count = 0;
  for (let r = 0; r < numRows; r++) {
    const row = found + (<usize>r << 2);
    let slot = hashPattern(row, line, words) & (slots - 1);
    let at = load<i32>(hash + (<usize>slot << 2));
    while (at >= 0 && !samePattern(row, line, list + <usize>at * bytes, words)) {
      slot = (slot + 1) & (slots - 1);
      at = load<i32>(hash + (<usize>slot << 2));
    }
    const weight = load<f64>(weights + (<usize>r << 3));
    if (at >= 0) {
      store<f64>(out + (<usize>at << 3), load<f64>(out + (<usize>at << 3)) + weight);
      continue;
    }
    store<i32>(hash + (<usize>slot << 2), count);
    store<f64>(out + (<usize>count << 3), weight);
    for (let w: usize = 0; w < <usize>words; w++) store<u32>(list + <usize>count * bytes + (w << 2), load<u32>(row + w * line));
    count++;
  }
  memory.copy(out + (<usize>count << 3), list, <usize>count * bytes);
  return count;
}

function hashPattern(row: usize, line: usize, words: i32): i32 {
  let h: u32 = 0;
  for (let w: usize = 0; w < <usize>words; w++) {
    h ^= load<u32>(row + w * line);
    h *= 0x85ebca6b;
    h ^= h >> 15;
    h *= 0xc2b2ae35;
    h ^= h >> 13;
  }
  return <i32>h;
}

@inline function samePattern(row: usize, line: usize, other: usize, words: i32): bool {
  for (let w: usize = 0; w < <usize>words; w++) {
    if (load<u32>(row + w * line) != load<u32>(other + (w << 2))) return false;
  }
  return true;
}

/**
 * Adds one tree's contributions for a block of rows.
 * @param players - the players of each leaf, in bit order @param lists - what listPatterns wrote @param shares - stride × stride doubles:
 *   (p-1)! q! / (p+q)! at p * stride + q @param phi - players × rows @param scratch - (1 + words) × (depth + 1) × rows × 4 bytes
 */
export function applyPairs(
  edges: usize, numEdges: i32, leaves: usize, players: usize, lists: usize, codes: usize, sets: usize, rows: i32, words: i32,
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
    const names = players + (<usize>load<u32>(leaf, 8) << 2);
    const found = patterns + line * words * edgeDepth(edge);
    for (let r: usize = 0; r < <usize>rows; r++) {
      for (let b: usize = 0; b < count; b++) {
        const other = list + b * bytes;
        if (coverAll(found + (r << 2), line, other, words, d)) {
          addPair(found + (r << 2), line, other, words, load<f64>(weights + (b << 3)), names, shares, stride, phi + (r << 3), rows);
        }
      }
    }
  }
}

/** Whether every player passes in one of the two patterns. */
@inline export function coverAll(row: usize, line: usize, other: usize, words: i32, d: i32): bool {
  for (let w = 0; w < words; w++) {
    const left = d - (w << 5);
    const full: u32 = left >= 32 ? 0xffffffff : left <= 0 ? 0 : (<u32>1 << left) - 1;
    if ((load<u32>(row + line * w) | load<u32>(other + (<usize>w << 2))) != full) return false;
  }
  return true;
}

function addPair(
  row: usize, line: usize, other: usize, words: i32, weight: f64, names: usize, shares: usize, stride: i32, phi: usize, rows: i32,
): void {
  let p = 0, q = 0;
  for (let w = 0; w < words; w++) {
    const mine = load<u32>(row + line * w), theirs = load<u32>(other + (<usize>w << 2));
    p += <i32>popcnt(mine & ~theirs);
    q += <i32>popcnt(theirs & ~mine);
  }
  // p! (q-1)! / (p+q)! is the same share with p and q changed over.
  const up = weight * load<f64>(shares + (<usize>(p * stride + q) << 3));
  const down = -weight * load<f64>(shares + (<usize>(q * stride + p) << 3));
  for (let w = 0; w < words; w++) {
    const mine = load<u32>(row + line * w);
    let differ = mine ^ load<u32>(other + (<usize>w << 2));
    while (differ) {
      const bit = ctz(differ);
      const player = load<u32>(names + (<usize>((w << 5) + bit) << 2));
      const cell = phi + ((<usize>player * rows) << 3);
      store<f64>(cell, load<f64>(cell) + ((mine >> bit) & 1 ? up : down));
      differ &= differ - 1;
    }
  }
}
