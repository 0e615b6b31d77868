// Path-dependent Shapley values of one tree for a block of rows, exact, by Gauss-Legendre quadrature of the multilinear extension.
// Derived in docs/maths/tree-shap.md; the idea is Wettenstein, Mitchell & Yu (2026), arXiv:2605.04497.
//
// A player's state on a path is (z, o): z the product of its edges' cover ratios, o = 1 if the row passes them all, else 0. At a node t with
// weight g let F(z, o) = (1-t) z + t o. Going down, C is the product of F over the edges above; coming up, G is the sum over the leaves below of
// (product of F over the edges below) g w. An edge whose player is new on the path then adds  (o - z) sum_t C G  to its player, and G of the
// parent gains F G: no division. Where the player was tested further up, with state (z0, o0), C holds F0 and the edge adds the correction
//   ((o1 - z1) / F0 - (o0 - z0) F1 / F0^2) sum_t C G,   which is 0 when o0 = 0.
//
// Rows lie in pairs of lanes; the K nodes of a pair lie together. `o` is held as lanes of ones, so that `m & t` is t o.
import { EDGE_BYTES, REPEATED, RIGHT, edgeDepth, edgeFlags, edgePlayer, edgePrevious, testRows } from "./edges";
import { enterState, widen } from "./player-states";

// What a step does (the low 2 bits; the rest is the edge).
const ENTER = 0; // down to an inner child
const EXIT = 1; // up again
const LEAF_CHILD = 2; // down to a leaf and up
const CHERRY = 3; // down to an inner child with two leaves, and up: all players new on the path

/** Doubles that a repeated edge's constants take at each node, as lanes. */
const REPEATED_LANES: usize = 64;

/** Where the lines of the current call lie. */
let products: usize = 0, sums: usize = 0, tests: usize = 0, states: usize = 0, constants: usize = 0;
/** Bytes of one mask line, and of one line of K doubles a row. */
let line: usize = 0, plane: usize = 0;
/** The rule as lanes: K × (t, 1 - t, g, g t, g (1 - t)), and its end. */
let rule: usize = 0, ruleEnd: usize = 0;
const NODE_BYTES: usize = 80;

/**
 * @param steps - i32: edge * 4 + what to do @param numSteps - how many @param edges - see edges.ts
 * @param ratios - 4 doubles an edge: z before, z after, cover ratio of the edge, leaf value
 * @param codes - columns × rows, u32 @param sets - bit sets @param rows - multiple of 4
 * @param nodes - the rule: K × (t, 1 - t, g, g t, g (1 - t)), each double twice @param numNodes - K
 * @param phi - players × rows, added to @param scratch - (depth + 1) × rows × (16 K + 12) + 64 K bytes @param depth - of the deepest leaf
 */
export function quadrature(
  steps: usize, numSteps: i32, edges: usize, ratios: usize, codes: usize, sets: usize, rows: i32,
  nodes: usize, numNodes: i32, phi: usize, scratch: usize, depth: i32,
): void {
  line = <usize>rows << 3;
  plane = line * numNodes;
  rule = nodes;
  ruleEnd = nodes + NODE_BYTES * numNodes;
  products = scratch;
  sums = products + plane * (depth + 1);
  states = sums + plane * (depth + 1);
  tests = states + line * (depth + 1);
  constants = tests + (line >> 1) * (depth + 1);
  for (let i: usize = 0; i < plane; i += 16) v128.store(products + i, f64x2.splat(1));

  for (let s = 0; s < numSteps; s++) {
    const step = load<i32>(steps + (<usize>s << 2));
    const what = step & 3;
    const edge = edges + <usize>(step >> 2) * EDGE_BYTES;
    const ratio = ratios + (<usize>(step >> 2) << 5);
    const level = <usize>edgeDepth(edge);
    const player = phi + line * edgePlayer(edge);
    if (what != EXIT) enterState(edge, codes, sets, rows, level, line, tests, states);
    if (edgeFlags(edge) & REPEATED) {
      const previous = states + line * edgePrevious(edge);
      setRepeated(load<f64>(ratio), load<f64>(ratio, 8), load<f64>(ratio, 16));
      if (what == ENTER) descendRepeated(level, previous);
      else {
        if (what == LEAF_CHILD) fillLeaf(level, load<f64>(ratio, 24));
        ascendRepeated(level, previous, player, keepOf(edge));
      }
    } else if (what == ENTER) descend(level, load<f64>(ratio, 8));
    else if (what == EXIT) ascend(level, load<f64>(ratio, 8), player, keepOf(edge));
    else if (what == LEAF_CHILD) reachLeaf(level, load<f64>(ratio, 8), load<f64>(ratio, 24), player, keepOf(edge));
    else {
      const below = edge + EDGE_BYTES;
      testRows(below, codes, sets, rows, tests + (line >> 1) * (level + 1));
      pickCherry(level, ratio, player, phi + line * edgePlayer(below), keepOf(edge));
    }
  }
}

/** The parent's G is added to, but for its first child: there what stood in memory is masked off. */
@inline function keepOf(edge: usize): v128 {
  return i64x2.splat(edgeFlags(edge) & RIGHT ? -1 : 0);
}

@inline function factor(node: usize, z: v128, m: v128): v128 {
  return f64x2.add(f64x2.mul(v128.load(node, 16), z), v128.and(m, v128.load(node)));
}

function descend(level: usize, ratio: f64): void {
  const z = f64x2.splat(ratio);
  const state = states + line * level;
  let from = products + plane * (level - 1), to = products + plane * level;
  for (let i: usize = 0; i < line; i += 16) {
    const m = v128.load(state + i);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES) {
      v128.store(to, f64x2.mul(v128.load(from), factor(node, z, m)));
      from += 16;
      to += 16;
    }
  }
}

function ascend(level: usize, ratio: f64, player: usize, keep: v128): void {
  const z = f64x2.splat(ratio), one = f64x2.splat(1);
  const state = states + line * level;
  let above = products + plane * (level - 1), from = sums + plane * level, to = sums + plane * (level - 1);
  for (let i: usize = 0; i < line; i += 16) {
    const m = v128.load(state + i);
    let total = f64x2.splat(0);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES) {
      const sum = v128.load(from);
      total = f64x2.add(total, f64x2.mul(v128.load(above), sum));
      v128.store(to, f64x2.add(v128.and(v128.load(to), keep), f64x2.mul(factor(node, z, m), sum)));
      above += 16;
      from += 16;
      to += 16;
    }
    v128.store(player + i, f64x2.add(v128.load(player + i), f64x2.mul(total, f64x2.sub(v128.and(m, one), z))));
  }
}

/** A leaf's G is g w whatever the row, so that its player gains w (o - z) sum of g C. */
function reachLeaf(level: usize, ratio: f64, value: f64, player: usize, keep: v128): void {
  const w = f64x2.splat(value), zw = f64x2.splat(ratio * value);
  const state = states + line * level;
  let above = products + plane * (level - 1), to = sums + plane * (level - 1);
  for (let i: usize = 0; i < line; i += 16) {
    const ow = v128.and(v128.load(state + i), w);
    let total = f64x2.splat(0);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES) {
      total = f64x2.add(total, f64x2.mul(v128.load(above), v128.load(node, 32)));
      const sum = f64x2.add(f64x2.mul(v128.load(node, 64), zw), f64x2.mul(v128.load(node, 48), ow));
      v128.store(to, f64x2.add(v128.and(v128.load(to), keep), sum));
      above += 16;
      to += 16;
    }
    v128.store(player + i, f64x2.add(v128.load(player + i), f64x2.mul(total, f64x2.sub(ow, zw))));
  }
}

/**
 * An inner child with two leaves in one pass, C and G never stored. With the leaves' mean by ratio and the one that the row reaches, G is
 * g ((1-t) mean + t reached), and the lower player gains (reached - mean) sum of g C.
 */
function pickCherry(level: usize, ratio: usize, player: usize, lower: usize, keep: v128): void {
  const left = load<f64>(ratio, 56), right = load<f64>(ratio, 88);
  const z = f64x2.splat(load<f64>(ratio, 8)), one = f64x2.splat(1);
  const mean = f64x2.splat(load<f64>(ratio, 40) * left + load<f64>(ratio, 72) * right);
  const w0 = f64x2.splat(left), w1 = f64x2.splat(right);
  const state = states + line * level, test = tests + (line >> 1) * (level + 1);
  let above = products + plane * (level - 1), to = sums + plane * (level - 1);
  for (let i: usize = 0; i < line; i += 16) {
    const m = v128.load(state + i);
    const reached = v128.bitselect(w0, w1, widen(test, i));
    let total = f64x2.splat(0), below = f64x2.splat(0);
    for (let node = rule; node < ruleEnd; node += NODE_BYTES) {
      const product = v128.load(above);
      const f = factor(node, z, m);
      const sum = f64x2.add(f64x2.mul(v128.load(node, 64), mean), f64x2.mul(v128.load(node, 48), reached));
      below = f64x2.add(below, f64x2.mul(f64x2.mul(product, f), v128.load(node, 32)));
      total = f64x2.add(total, f64x2.mul(product, sum));
      v128.store(to, f64x2.add(v128.and(v128.load(to), keep), f64x2.mul(f, sum)));
      above += 16;
      to += 16;
    }
    v128.store(player + i, f64x2.add(v128.load(player + i), f64x2.mul(total, f64x2.sub(v128.and(m, one), z))));
    v128.store(lower + i, f64x2.add(v128.load(lower + i), f64x2.mul(below, f64x2.sub(reached, mean))));
  }
}

/**
 * The constants of an edge whose player was tested above, as lanes for each node: F1/F0 is `ratio + (m0 & (a + (m1 & b)))` and the player's
 * gain `m0 & (c + (m1 & d))`, with m0 and m1 the player's o before and after.
 */
function setRepeated(z0: f64, z1: f64, ratio: f64): void {
  let out = constants;
  for (let node = rule; node < ruleEnd; node += NODE_BYTES) {
    const t = load<f64>(node), s = load<f64>(node, 16);
    const inverse = 1 / (s * z0 + t);
    const cold = s * z1 * inverse;
    v128.store(out, f64x2.splat(cold - ratio));
    v128.store(out, f64x2.splat(t * inverse), 16);
    v128.store(out, f64x2.splat(-inverse * (z1 + (1 - z0) * cold)), 32);
    v128.store(out, f64x2.splat(inverse * (1 - (1 - z0) * t * inverse)), 48);
    out += REPEATED_LANES;
  }
  repeatedRatio = ratio;
}
let repeatedRatio: f64 = 0;

@inline function factorRepeated(at: usize, ratio: v128, before: v128, after: v128): v128 {
  return f64x2.add(ratio, v128.and(before, f64x2.add(v128.load(at), v128.and(after, v128.load(at, 16)))));
}

function descendRepeated(level: usize, previous: usize): void {
  const ratio = f64x2.splat(repeatedRatio);
  const state = states + line * level;
  const end = constants + plane / line * REPEATED_LANES;
  let from = products + plane * (level - 1), to = products + plane * level;
  for (let i: usize = 0; i < line; i += 16) {
    const before = v128.load(previous + i), after = v128.load(state + i);
    for (let at = constants; at < end; at += REPEATED_LANES) {
      v128.store(to, f64x2.mul(v128.load(from), factorRepeated(at, ratio, before, after)));
      from += 16;
      to += 16;
    }
  }
}

function ascendRepeated(level: usize, previous: usize, player: usize, keep: v128): void {
  const ratio = f64x2.splat(repeatedRatio);
  const state = states + line * level;
  const end = constants + plane / line * REPEATED_LANES;
  let above = products + plane * (level - 1), from = sums + plane * level, to = sums + plane * (level - 1);
  for (let i: usize = 0; i < line; i += 16) {
    const before = v128.load(previous + i), after = v128.load(state + i);
    let total = f64x2.splat(0);
    for (let at = constants; at < end; at += REPEATED_LANES) {
      const sum = v128.load(from);
      const gain = f64x2.add(v128.load(at, 32), v128.and(after, v128.load(at, 48)));
      total = f64x2.add(total, f64x2.mul(f64x2.mul(v128.load(above), sum), gain));
      v128.store(to, f64x2.add(v128.and(v128.load(to), keep), f64x2.mul(factorRepeated(at, ratio, before, after), sum)));
      above += 16;
      from += 16;
      to += 16;
    }
    v128.store(player + i, f64x2.add(v128.load(player + i), v128.and(total, before)));
  }
}

/** G of a leaf, for the general form: g w at every node. */
function fillLeaf(level: usize, value: f64): void {
  const w = f64x2.splat(value);
  let to = sums + plane * level;
  for (let i: usize = 0; i < line; i += 16) {
    for (let node = rule; node < ruleEnd; node += NODE_BYTES) {
      v128.store(to, f64x2.mul(v128.load(node, 32), w));
      to += 16;
    }
  }
}
