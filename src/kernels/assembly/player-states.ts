// The player's o of every row, edge by edge, as lanes of all ones or zeros: what both quadratures walk down with.
import { REPEATED, RIGHT, edgeFlags, edgePrevious, testRows } from "./edges";

/** A line of the test's 32-bit lanes as 64-bit lanes, for rows `i` and the next. */
@inline export function widen(test: usize, i: usize): v128 {
  return i64x2.extend_low_i32x4_s(v128.load64_zero(test + (i >> 1)));
}

/**
 * The player's o after an edge: the test's lanes (computed at the left child, kept for the right one), and its o before.
 * @param line - rows × 8 bytes @param tests - half a line a level @param states - a line a level
 */
export function enterState(
  edge: usize, codes: usize, sets: usize, rows: i32, level: usize, line: usize, tests: usize, states: usize,
): void {
  const flags = edgeFlags(edge);
  const test = tests + (line >> 1) * level;
  const state = states + line * level;
  if (!(flags & RIGHT)) testRows(edge, codes, sets, rows, test);
  const flip = i64x2.splat(flags & RIGHT ? -1 : 0);
  if (flags & REPEATED) {
    const previous = states + line * edgePrevious(edge);
    for (let i: usize = 0; i < line; i += 16) v128.store(state + i, v128.and(v128.xor(widen(test, i), flip), v128.load(previous + i)));
  } else {
    for (let i: usize = 0; i < line; i += 16) v128.store(state + i, v128.xor(widen(test, i), flip));
  }
}
