// Patterns: bit j of a row's pattern at a leaf says whether the row passes all tests of the path's player j. Words of 32 bits: word j >> 5 of
// all rows, then the next word of all rows.
import { REPEATED, RIGHT, edgeBit, edgeDepth, edgeFlags, testRows } from "./edges";

/**
 * Walks one edge down: the child's patterns from the parent's.
 * @param words - 32-bit words a pattern @param tests - rows × u32 a level @param patterns - words × rows × u32 a level; level 0 is all zero
 */
export function descendPatterns(edge: usize, codes: usize, sets: usize, rows: i32, words: i32, tests: usize, patterns: usize): void {
  const level = <usize>edgeDepth(edge);
  const line = <usize>rows << 2;
  const flags = edgeFlags(edge);
  const test = tests + line * level;
  if (!(flags & RIGHT)) testRows(edge, codes, sets, rows, test);
  const flip = i32x4.splat(flags & RIGHT ? -1 : 0);
  const bit = i32x4.splat(1 << (edgeBit(edge) & 31));
  const plane = line * words;
  let from = patterns + plane * (level - 1);
  let to = from + plane;
  if (words > 1) {
    memory.copy(to, from, plane);
    const word = line * (edgeBit(edge) >> 5);
    from += word;
    to += word;
  }
  if (flags & REPEATED) {
    for (let i: usize = 0; i < line; i += 16) {
      const passed = v128.xor(v128.load(test + i), flip);
      v128.store(to + i, v128.and(v128.load(from + i), v128.or(passed, v128.not(bit))));
    }
  } else {
    for (let i: usize = 0; i < line; i += 16) {
      const passed = v128.xor(v128.load(test + i), flip);
      v128.store(to + i, v128.or(v128.load(from + i), v128.and(passed, bit)));
    }
  }
}
