// What trees answer to mixes of two rows: the players of a coalition from row x, the others from row b. Where both rows go the same way at a
// test, so does every mix; elsewhere the mix goes with the row that the test's player comes from. So one walk of a tree serves all coalitions.
// A node is 8 words of 32 bits:
//   0 coded column, -1 at a leaf   1 limit of the code, or offset of the set in words   2 flags of edges.ts   3 player
//   4 child that passes   5 child that fails, in nodes   6 first value of the leaf, in doubles   7 output
// Codes are one row's, a u32 a column.
import { CATEGORICAL, MISSING_LEFT } from "./edges";

const NODE_BYTES: usize = 32;

@inline function nodeColumn(node: usize): i32 { return load<i32>(node); }
@inline function nodePlayer(node: usize): usize { return <usize>load<i32>(node, 12); }
@inline function nodeValues(node: usize, values: usize): usize { return values + (<usize>load<u32>(node, 24) << 3); }
@inline function nodeOutput(node: usize): usize { return <usize>load<i32>(node, 28); }
@inline function child(nodes: usize, node: usize, passes: bool): usize {
  return nodes + <usize>load<i32>(node + (passes ? 16 : 20)) * NODE_BYTES;
}

/** Whether a row passes a test: see `testRows` in edges.ts for how missing values wrap. */
@inline function passes(node: usize, codes: usize, sets: usize): bool {
  const code = load<u32>(codes + (<usize>nodeColumn(node) << 2));
  const limit = load<u32>(node, 4);
  const flags = load<i32>(node, 8);
  if (flags & CATEGORICAL) return ((load<u32>(sets + (<usize>(limit + (code >> 5)) << 2)) >> (code & 31)) & 1) != 0;
  return code + (flags & MISSING_LEFT ? 1 : 0) <= limit;
}

/**
 * The raw sums of all coalitions of `players` players: at `table`, 2^players × outputs doubles, bit j of the coalition = player j comes from x.
 * A leaf holds for the coalitions that have all of P and none of N. It is added to each of them, or, where these are many and N is small, to
 * 2^|N| places of a table of differences (Möbius), whose sums over subsets are taken once for all trees.
 * @param roots - a node a tree @param bits - the bit of each player that differs @param width - values a leaf @param base - a double an output
 * @param table - cleared here @param differences - as large @param stack - 16 bytes for each level of the deepest tree
 */
export function enumerateCoalitions(
  nodes: usize, roots: usize, numTrees: i32, x: usize, b: usize, sets: usize, bits: usize, values: usize, width: i32, base: usize,
  outputs: i32, players: i32, table: usize, differences: usize, stack: usize,
): void {
  const bytes = (<usize>outputs << 3) << players;
  memory.fill(table, 0, bytes);
  memory.fill(differences, 0, bytes);
  memory.copy(differences, base, <usize>outputs << 3);
  const full: u32 = <u32>((<u64>1 << players) - 1);
  for (let t: usize = 0; t < <usize>numTrees; t++) {
    let node = nodes + <usize>load<i32>(roots + (t << 2)) * NODE_BYTES;
    let inX: u32 = 0, inB: u32 = 0;
    let top = stack;
    for (;;) {
      while (nodeColumn(node) >= 0) {
        const byX = passes(node, x, sets);
        if (byX == passes(node, b, sets)) { node = child(nodes, node, byX); continue; }
        const bit: u32 = 1 << load<u32>(bits + (nodePlayer(node) << 2));
        if (inX & bit) { node = child(nodes, node, byX); continue; }
        if (inB & bit) { node = child(nodes, node, !byX); continue; }
        store<u32>(top, <u32>child(nodes, node, !byX));
        store<u32>(top, inX, 4);
        store<u32>(top, inB | bit, 8);
        top += 16;
        inX |= bit;
        node = child(nodes, node, byX);
      }
      const leaf = nodeValues(node, values);
      const free = full & ~(inX | inB);
      const offset = nodeOutput(node) << 3;
      if (popcnt(free) <= popcnt(inB) + 1) addToAll(leaf, width, inX, free, outputs, table + offset);
      else addDifferences(leaf, width, inX, inB, outputs, differences + offset);
      if (top == stack) break;
      top -= 16;
      node = <usize>load<u32>(top);
      inX = load<u32>(top, 4);
      inB = load<u32>(top, 8);
    }
  }
  sumSubsets(differences, players, outputs);
  for (let at: usize = 0; at < bytes; at += 8) store<f64>(table + at, load<f64>(table + at) + load<f64>(differences + at));
}

/** Adds a leaf to every coalition that has `fixed` and any of `free`. */
@inline function addToAll(leaf: usize, width: i32, fixed: u32, free: u32, outputs: i32, table: usize): void {
  for (let some = free; ; some = (some - 1) & free) {
    const cell = table + ((<usize>(fixed | some) * outputs) << 3);
    for (let k: usize = 0, end = <usize>width << 3; k < end; k += 8) store<f64>(cell + k, load<f64>(cell + k) + load<f64>(leaf + k));
    if (some == 0) return;
  }
}

/** Adds (-1)^|T| times a leaf at P ∪ T for every T of N: summed over subsets, it is there for coalitions with P and without N. */
@inline function addDifferences(leaf: usize, width: i32, inX: u32, inB: u32, outputs: i32, table: usize): void {
  for (let some = inB; ; some = (some - 1) & inB) {
    const cell = table + ((<usize>(inX | some) * outputs) << 3);
    const sign: f64 = popcnt(some) & 1 ? -1 : 1;
    for (let k: usize = 0, end = <usize>width << 3; k < end; k += 8) {
      store<f64>(cell + k, load<f64>(cell + k) + sign * load<f64>(leaf + k));
    }
    if (some == 0) return;
  }
}

/** Each coalition's sum over its subsets, in place (Yates 1937). */
function sumSubsets(table: usize, players: i32, outputs: i32): void {
  const line = <usize>outputs << 3;
  const end = table + (line << players);
  for (let player = 0; player < players; player++) {
    const half = line << player;
    for (let base = table; base < end; base += half << 1) {
      if (half & 15) {
        for (let at = base; at < base + half; at += 8) store<f64>(at + half, load<f64>(at + half) + load<f64>(at));
      } else {
        for (let at = base; at < base + half; at += 16) v128.store(at + half, f64x2.add(v128.load(at + half), v128.load(at)));
      }
    }
  }
}

/**
 * The raw sums of given coalitions: at `out`, coalitions × outputs doubles.
 * Coalitions come as one line of bits a player, bit i = the player of coalition i comes from x; a walk carries the coalitions that come by.
 * @param lines - players × lineBytes @param lineBytes - coalitions / 8, a multiple of 16 @param levels - (most branches on a path + 1) × lineBytes
 * @param stack - 8 bytes for each of those branches
 */
export function evaluateCoalitions(
  nodes: usize, roots: usize, numTrees: i32, x: usize, b: usize, sets: usize, lines: usize, lineBytes: i32, values: usize, width: i32,
  base: usize, outputs: i32, out: usize, levels: usize, stack: usize,
): void {
  const bytes = <usize>lineBytes;
  const line = <usize>outputs << 3;
  const end = out + line * (bytes << 3);
  memory.fill(levels, 0xff, bytes);
  // What all coalitions get of trees in which both rows go one way is summed apart, in the first line.
  memory.fill(out, 0, end - out);
  for (let t: usize = 0; t < <usize>numTrees; t++) {
    let node = nodes + <usize>load<i32>(roots + (t << 2)) * NODE_BYTES;
    let level = levels;
    let top = stack;
    let isDivided = false;
    for (;;) {
      while (nodeColumn(node) >= 0) {
        const byX = passes(node, x, sets);
        if (byX == passes(node, b, sets)) { node = child(nodes, node, byX); continue; }
        const own = divide(level, lines + nodePlayer(node) * bytes, bytes);
        if (own == 0) { node = child(nodes, node, !byX); continue; }
        if (own == 1) { node = child(nodes, node, byX); continue; }
        store<u32>(top, <u32>child(nodes, node, !byX));
        store<u32>(top, <u32>level, 4);
        isDivided = true;
        top += 8;
        level += bytes;
        node = child(nodes, node, byX);
      }
      const leaf = nodeValues(node, values);
      const offset = nodeOutput(node) << 3;
      if (!isDivided) {
        for (let k: usize = 0, stop = <usize>width << 3; k < stop; k += 8) {
          const cell = base + offset + k;
          store<f64>(cell, load<f64>(cell) + load<f64>(leaf + k));
        }
      } else {
        addToSome(leaf, width, level, bytes, line, out + offset);
      }
      if (top == stack) break;
      top -= 8;
      node = <usize>load<u32>(top);
      level = <usize>load<u32>(top, 4);
    }
    // Divided coalitions all start the next tree.
    if (isDivided) memory.fill(levels, 0xff, bytes);
  }
  for (let at = out; at < end; at += line) {
    for (let k: usize = 0; k < line; k += 8) store<f64>(at + k, load<f64>(at + k) + load<f64>(base + k));
  }
}

/**
 * Divides the coalitions at `level` by a player's line: those that have the player go to the next level, the others stay.
 * @returns 2, or 0 when none has the player and 1 when all do: then nothing is changed
 */
@inline function divide(level: usize, line: usize, bytes: usize): i32 {
  let some = i32x4.splat(0), others = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const here = v128.load(level + at), theirs = v128.load(line + at);
    const own = v128.and(here, theirs);
    v128.store(level + bytes + at, own);
    some = v128.or(some, own);
    others = v128.or(others, v128.andnot(here, theirs));
  }
  if (!v128.any_true(some)) return 0;
  if (!v128.any_true(others)) return 1;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(level + at, v128.andnot(v128.load(level + at), v128.load(level + bytes + at)));
  }
  return 2;
}

/** Adds a leaf to the coalitions whose bits are set. */
@inline function addToSome(leaf: usize, width: i32, level: usize, bytes: usize, line: usize, out: usize): void {
  for (let word: usize = 0; word < bytes; word += 8) {
    const from = out + (word << 3) * line;
    for (let rest = load<u64>(level + word); rest; rest &= rest - 1) {
      const cell = from + <usize>ctz(rest) * line;
      for (let k: usize = 0, end = <usize>width << 3; k < end; k += 8) store<f64>(cell + k, load<f64>(cell + k) + load<f64>(leaf + k));
    }
  }
}

/**
 * Adds the Shapley values of one row against one other, of all trees: players × outputs doubles at `phi`.
 * @param states - a word a player, all 0 before and after: 1 while the path takes the player from x, 2 from b
 * @param path - 4 bytes for each level of the deepest tree: the players decided on the path @param shares - stride × stride doubles:
 *   (p-1)! q! / (p+q)! at p * stride + q @param stack - 16 bytes for each level
 */
export function explainPair(
  nodes: usize, roots: usize, numTrees: i32, x: usize, b: usize, sets: usize, values: usize, width: i32, outputs: i32, shares: usize,
  stride: i32, states: usize, path: usize, phi: usize, stack: usize,
): void {
  for (let t: usize = 0; t < <usize>numTrees; t++) {
    let node = nodes + <usize>load<i32>(roots + (t << 2)) * NODE_BYTES;
    let length: usize = 0;
    let p = 0, q = 0;
    let top = stack;
    for (;;) {
      while (nodeColumn(node) >= 0) {
        const byX = passes(node, x, sets);
        if (byX == passes(node, b, sets)) { node = child(nodes, node, byX); continue; }
        const player = nodePlayer(node);
        const state = load<i32>(states + (player << 2));
        if (state != 0) { node = child(nodes, node, byX == (state == 1)); continue; }
        store<u32>(top, <u32>child(nodes, node, !byX));
        store<u32>(top, <u32>length, 4);
        store<i32>(top, p, 8);
        store<i32>(top, q, 12);
        top += 16;
        store<i32>(states + (player << 2), 1);
        store<u32>(path + (length << 2), <u32>player);
        length++;
        p++;
        node = child(nodes, node, byX);
      }
      share(nodeValues(node, values), width, p, q, length, states, path, shares, stride, outputs, phi + (nodeOutput(node) << 3));
      const isLast = top == stack;
      if (!isLast) top -= 16;
      // Back up to the branch: its own player changes sides, those below are undecided again.
      const keep: usize = isLast ? <usize>0 : <usize>load<u32>(top, 4);
      while (length > keep) {
        length--;
        store<i32>(states + (<usize>load<u32>(path + (length << 2)) << 2), 0);
      }
      if (isLast) break;
      node = <usize>load<u32>(top);
      p = load<i32>(top, 8);
      q = load<i32>(top, 12) + 1;
      store<i32>(states + (<usize>load<u32>(path + (length << 2)) << 2), 2);
      length++;
    }
  }
}

/** A leaf that p players reach from x alone and q from b alone: (p-1)! q! / (p+q)! each, and -p! (q-1)! / (p+q)! each. */
@inline function share(
  leaf: usize, width: i32, p: i32, q: i32, length: usize, states: usize, path: usize, shares: usize, stride: i32, outputs: i32, phi: usize,
): void {
  const up = load<f64>(shares + (<usize>(p * stride + q) << 3));
  const down = -load<f64>(shares + (<usize>(q * stride + p) << 3));
  for (let i: usize = 0; i < length; i++) {
    const player = <usize>load<u32>(path + (i << 2));
    const factor = load<i32>(states + (player << 2)) == 1 ? up : down;
    const cell = phi + ((player * outputs) << 3);
    for (let k: usize = 0, end = <usize>width << 3; k < end; k += 8) store<f64>(cell + k, load<f64>(cell + k) + factor * load<f64>(leaf + k));
  }
}
