// Path-dependent interactions of pairs of players in one tree for a block of rows, exact, by Gauss-Legendre quadrature. Derived in
// docs/maths/tree-shap.md; states, factors F, rows in lanes and repeated players are as in quadrature.ts.
//
// A leaf gives the pair (i, j) the integral of  C a_i a_j  with C its value times the product of all F, and a = (o - z) / F:  -1/(1-t) for a
// player whose test fails, whatever its z, and (1-z) / ((1-t) z + t) for one that passes. So no a needs a row's own division. At a node with
// player i let D = sum over its two edges of (change of a_i) (F below) G; the node adds the integral of  C D a_j  to (i, j) for every other
// player j above it. Along a path these changes telescope to  a_i a_j. Where i is new, D = (o - z) (G left - G right).
import { EDGE_BYTES, REPEATED, RIGHT, edgeDepth, edgeFlags, edgePrevious, testRows } from "./edges";
import { enterState, widen } from "./player-states";

// What a step does (the low 2 bits of its first word; the rest is the edge).
const ENTER = 0; // down to an inner child
const EXIT = 1; // the node at the child, and up again
const LEAF_CHILD = 2; // down to a leaf and up
const CHERRY = 3; // down to an inner child with two leaves whose player is new on the path, and up
/** A step: edge * 4 + what to do; the edge below to the right; where its partners begin, in pairs of words; how many they are. */
const STEP_BYTES: usize = 16;
/** A node of the rule: t, 1 - t, g, -1 / (1 - t), each double twice. */
const NODE_BYTES: usize = 64;
/** Constants of a repeated edge at each node, as lanes. */
const REPEATED_BYTES: usize = 64;

let numNodes: i32 = 0;
/** Bytes of one line of doubles, of one of K doubles a row, and of K lanes. */
let line: usize = 0, plane: usize = 0, lanes: usize = 0;
let rule: usize = 0, ruleEnd: usize = 0;
/** Lines by level: C, D and G; o as lanes of ones; tests; what a player that passes has for a. */
let products: usize = 0, changes: usize = 0, sums: usize = 0, states: usize = 0, tests: usize = 0, passing: usize = 0;
/** One line each: C D, its integral with -1/(1-t), and one in the making; constants of a repeated edge. */
let moved: usize = 0, failing: usize = 0, partial: usize = 0, constants: usize = 0;

/**
 * @param steps - 4 words each @param numSteps - how many @param partners - for each node the players above: their level, and the pair
 * @param edges @param ratios - 4 doubles an edge: z before, z after, cover ratio of the edge, leaf value
 * @param codes - columns × rows, u32 @param sets - bit sets @param rows - multiple of 4
 * @param nodes - K × (t, 1 - t, g, -1 / (1 - t)), each double twice @param size - K
 * @param phi - pairs × rows, added to @param scratch - (depth + 1) × (rows × (24 K + 12) + 16 K) + rows × (8 K + 16) + 64 K bytes
 * @param depth - of the deepest leaf
 */
export function interactionQuadrature(
  steps: usize, numSteps: i32, partners: usize, edges: usize, ratios: usize, codes: usize, sets: usize, rows: i32,
  nodes: usize, size: i32, phi: usize, scratch: usize, depth: i32,
): void {
  numNodes = size;
  line = <usize>rows << 3;
  plane = line * size;
  lanes = <usize>size << 4;
  rule = nodes;
  ruleEnd = nodes + NODE_BYTES * size;
  const levels = <usize>depth + 1;
  products = scratch;
  changes = products + plane * levels;
  sums = changes + plane * levels;
  states = sums + plane * levels;
  passing = states + line * levels;
  moved = passing + lanes * levels;
  failing = moved + plane;
  partial = failing + line;
  constants = partial + line;
  tests = constants + REPEATED_BYTES * size;
  for (let at = products, end = products + plane; at < end;) {
    for (let node = rule; node < ruleEnd; node += NODE_BYTES, at += 16) v128.store(at, v128.load(node, 32));
  }

  for (let s: usize = 0; s < <usize>numSteps; s++) {
    const step = steps + s * STEP_BYTES;
    const what = load<i32>(step) & 3;
    const number = <usize>(load<i32>(step) >> 2);
    const edge = edges + number * EDGE_BYTES;
    const ratio = ratios + (number << 5);
    const level = <usize>edgeDepth(edge);
    if (what != EXIT) enterState(edge, codes, sets, rows, level, line, tests, states);
    if (what == ENTER || what == CHERRY) {
      setPassing(level, load<f64>(ratio, 8));
      descend(edge, level, ratio);
    }
    if (what == LEAF_CHILD) fillLeaf(level, load<f64>(ratio, 24));
    else if (what != ENTER) {
      const below = <usize>load<i32>(step, 4);
      const count = load<i32>(step, 12);
      if (what == CHERRY) {
        testRows(edge + EDGE_BYTES, codes, sets, rows, tests + (line >> 1) * (level + 1));
        pickCherry(level, ratio);
      } else if (count) moveNode(edges + below * EDGE_BYTES, level, load<f64>(ratios + (below << 5), 8));
      if (count) addPairs(partners + (<usize>load<i32>(step, 8) << 3), count, phi);
    }
    // Nothing stands above the root's own player.
    if (what != ENTER && level > 1) fold(edge, level, ratio);
  }
}

/** a of a player that passes, from the level on where it was tested last. */
function setPassing(level: usize, z: f64): void {
  let out = passing + lanes * level;
  for (let node = rule; node < ruleEnd; node += NODE_BYTES, out += 16) {
    v128.store(out, f64x2.splat((1 - z) / (load<f64>(node, 16) * z + load<f64>(node))));
  }
}

@inline function factor(node: usize, z: v128, m: v128): v128 {
  return f64x2.add(f64x2.mul(v128.load(node, 16), z), v128.and(m, v128.load(node)));
}

/** As in quadrature.ts: F1/F0 is `ratio + (m0 & (p + (m1 & q)))`, and (a1 - a0) F1/F0 is `m0 & (r + (m1 & s))`. */
function setRepeated(ratio: usize): void {
  const z0 = load<f64>(ratio), z1 = load<f64>(ratio, 8), share = load<f64>(ratio, 16);
  let out = constants;
  for (let node = rule; node < ruleEnd; node += NODE_BYTES, out += REPEATED_BYTES) {
    const t = load<f64>(node), u = load<f64>(node, 16);
    const inverse = 1 / (u * z0 + t);
    const cold = u * z1 * inverse;
    v128.store(out, f64x2.splat(cold - share));
    v128.store(out, f64x2.splat(t * inverse), 16);
    v128.store(out, f64x2.splat(-inverse * (z1 + (1 - z0) * cold)), 32);
    v128.store(out, f64x2.splat(inverse * (1 - (1 - z0) * t * inverse)), 48);
  }
}

function descend(edge: usize, level: usize, ratio: usize): void {
  const state = states + line * level;
  let from = products + plane * (level - 1), to = products + plane * level;
  if (edgeFlags(edge) & REPEATED) {
    setRepeated(ratio);
    const previous = states + line * edgePrevious(edge);
    const share = v128.load_splat<f64>(ratio, 16);
    const end = constants + REPEATED_BYTES * numNodes;
    for (let i: usize = 0; i < line; i += 16) {
      const before = v128.load(previous + i), after = v128.load(state + i);
      for (let at = constants; at < end; at += REPEATED_BYTES, from += 16, to += 16) {
        const f = f64x2.add(share, v128.and(before, f64x2.add(v128.load(at), v128.and(after, v128.load(at, 16)))));
        v128.store(to, f64x2.mul(v128.load(from), f));
      }
    }
    return;
  }
  const z = v128.load_splat<f64>(ratio, 8);
  for (let i: usize = 0; i < line; i += 16) {
    const m = v128.load(state + i);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES, from += 16, to += 16) {
      v128.store(to, f64x2.mul(v128.load(from), factor(node, z, m)));
    }
  }
}

/** G of a leaf is its value at every node: the rule's weights stand in C. */
function fillLeaf(level: usize, value: f64): void {
  const w = f64x2.splat(value);
  for (let to = sums + plane * level, end = to + plane; to < end; to += 16) v128.store(to, w);
}

/** Adds what comes up along an edge to G and D of its parent; a left edge comes first and finds old numbers there. */
function fold(edge: usize, level: usize, ratio: usize): void {
  const flags = edgeFlags(edge);
  const state = states + line * level;
  const keep = i64x2.splat(flags & RIGHT ? -1 : 0);
  let from = sums + plane * level, to = sums + plane * (level - 1), change = changes + plane * (level - 1);
  if (flags & REPEATED) {
    setRepeated(ratio);
    const previous = states + line * edgePrevious(edge);
    const share = v128.load_splat<f64>(ratio, 16);
    const end = constants + REPEATED_BYTES * numNodes;
    for (let i: usize = 0; i < line; i += 16) {
      const before = v128.load(previous + i), after = v128.load(state + i);
      for (let at = constants; at < end; at += REPEATED_BYTES, from += 16, to += 16, change += 16) {
        const sum = v128.load(from);
        const f = f64x2.add(share, v128.and(before, f64x2.add(v128.load(at), v128.and(after, v128.load(at, 16)))));
        const gain = v128.and(before, f64x2.add(v128.load(at, 32), v128.and(after, v128.load(at, 48))));
        v128.store(to, f64x2.add(v128.and(v128.load(to), keep), f64x2.mul(f, sum)));
        v128.store(change, f64x2.add(v128.and(v128.load(change), keep), f64x2.mul(gain, sum)));
      }
    }
    return;
  }
  const z = v128.load_splat<f64>(ratio, 8);
  // Where the player is new, D is left - right.
  const sign = i64x2.splat(flags & RIGHT ? 1 << 63 : 0);
  for (let i: usize = 0; i < line; i += 16) {
    const m = v128.load(state + i);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES, from += 16, to += 16, change += 16) {
      const sum = v128.load(from);
      v128.store(to, f64x2.add(v128.and(v128.load(to), keep), f64x2.mul(factor(node, z, m), sum)));
      v128.store(change, f64x2.add(v128.and(v128.load(change), keep), v128.xor(sum, sign)));
    }
  }
}

/** C D of the node at a level, and its integral with -1/(1-t). @param right - its edge to the right, entered last @param z - of that edge */
function moveNode(right: usize, level: usize, z: f64): void {
  const isNew = !(edgeFlags(right) & REPEATED);
  const state = states + line * (level + 1);
  // (o - z) of the left edge is the negative of the right one's.
  const share = f64x2.splat(isNew ? z : 1), one = f64x2.splat(isNew ? 1 : 0);
  let product = products + plane * level, change = changes + plane * level, to = moved;
  for (let i: usize = 0; i < line; i += 16) {
    const scale = f64x2.sub(share, v128.and(v128.load(state + i), one));
    let total = f64x2.splat(0);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES, product += 16, change += 16, to += 16) {
      const q = f64x2.mul(f64x2.mul(v128.load(product), v128.load(change)), scale);
      total = f64x2.add(total, f64x2.mul(q, v128.load(node, 48)));
      v128.store(to, q);
    }
    v128.store(failing + i, total);
  }
}

/** The same for a node with two leaves whose player is new, and its G: with their mean by cover and the one that is reached, F sums to both. */
function pickCherry(level: usize, ratio: usize): void {
  const left = load<f64>(ratio, 56), right = load<f64>(ratio, 88), z = load<f64>(ratio, 40);
  const mean = f64x2.splat(z * left + load<f64>(ratio, 72) * right);
  const w0 = f64x2.splat(left), w1 = f64x2.splat(right);
  const yes = f64x2.splat((1 - z) * (left - right)), no = f64x2.splat(-z * (left - right));
  const test = tests + (line >> 1) * (level + 1);
  let product = products + plane * level, sum = sums + plane * level, to = moved;
  for (let i: usize = 0; i < line; i += 16) {
    const passed = widen(test, i);
    const reached = v128.bitselect(w0, w1, passed), scale = v128.bitselect(yes, no, passed);
    let total = f64x2.splat(0);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES, product += 16, sum += 16, to += 16) {
      const q = f64x2.mul(v128.load(product), scale);
      total = f64x2.add(total, f64x2.mul(q, v128.load(node, 48)));
      v128.store(to, q);
      v128.store(sum, f64x2.add(f64x2.mul(v128.load(node, 16), mean), f64x2.mul(v128.load(node), reached)));
    }
    v128.store(failing + i, total);
  }
}

/** Adds the integral of C D a_j to the pair of each player j above. */
function addPairs(partners: usize, count: i32, phi: usize): void {
  for (let end = partners + (<usize>count << 3); partners < end; partners += 8) {
    const level = <usize>load<i32>(partners);
    const state = states + line * level;
    const a = passing + lanes * level;
    const out = phi + line * load<u32>(partners, 4);
    if (numNodes == 1) addPair(1, a, state, out);
    else if (numNodes == 2) addPair(2, a, state, out);
    else if (numNodes == 3) addPair(3, a, state, out);
    else if (numNodes == 4) addPair(4, a, state, out);
    else addWidePair(a, state, out);
  }
}

/** @param size - K, up to 4, a constant: each has its own loop */
@inline function addPair(size: i32, a: usize, state: usize, out: usize): void {
  const a0 = v128.load(a), a1 = size > 1 ? v128.load(a, 16) : a0, a2 = size > 2 ? v128.load(a, 32) : a0, a3 = size > 3 ? v128.load(a, 48) : a0;
  let q = moved;
  for (let i: usize = 0; i < line; i += 16) {
    let total = f64x2.mul(v128.load(q), a0);
    if (size > 1) total = f64x2.add(total, f64x2.mul(v128.load(q, 16), a1));
    if (size > 2) total = f64x2.add(total, f64x2.mul(v128.load(q, 32), a2));
    if (size > 3) total = f64x2.add(total, f64x2.mul(v128.load(q, 48), a3));
    q += <usize>size << 4;
    v128.store(out + i, f64x2.add(v128.load(out + i), v128.bitselect(total, v128.load(failing + i), v128.load(state + i))));
  }
}

/** More than 4 nodes: in pieces of 4, so that their constants stay in registers. */
function addWidePair(a: usize, state: usize, out: usize): void {
  let q = moved, left = numNodes;
  startPiece(a, q);
  for (left -= 4, a += 64, q += 64; left > 4; left -= 4, a += 64, q += 64) addPiece(4, a, q);
  if (left == 4) addPiece(4, a, q);
  else if (left == 3) addPiece(3, a, q);
  else if (left == 2) addPiece(2, a, q);
  else addPiece(1, a, q);
  for (let i: usize = 0; i < line; i += 16) {
    const found = v128.bitselect(v128.load(partial + i), v128.load(failing + i), v128.load(state + i));
    v128.store(out + i, f64x2.add(v128.load(out + i), found));
  }
}

function startPiece(a: usize, q: usize): void {
  const a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48);
  for (let i: usize = 0; i < line; i += 16, q += lanes) {
    const first = f64x2.add(f64x2.mul(v128.load(q), a0), f64x2.mul(v128.load(q, 16), a1));
    v128.store(partial + i, f64x2.add(first, f64x2.add(f64x2.mul(v128.load(q, 32), a2), f64x2.mul(v128.load(q, 48), a3))));
  }
}

@inline function addPiece(size: i32, a: usize, q: usize): void {
  const a0 = v128.load(a), a1 = size > 1 ? v128.load(a, 16) : a0, a2 = size > 2 ? v128.load(a, 32) : a0, a3 = size > 3 ? v128.load(a, 48) : a0;
  for (let i: usize = 0; i < line; i += 16, q += lanes) {
    let total = f64x2.add(v128.load(partial + i), f64x2.mul(v128.load(q), a0));
    if (size > 1) total = f64x2.add(total, f64x2.mul(v128.load(q, 16), a1));
    if (size > 2) total = f64x2.add(total, f64x2.mul(v128.load(q, 32), a2));
    if (size > 3) total = f64x2.add(total, f64x2.mul(v128.load(q, 48), a3));
    v128.store(partial + i, total);
  }
}
