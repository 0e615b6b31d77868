// An edge leads from a test to one of its children. Trees arrive as flat lists of edges in depth-first order, left before right,
// so that no kernel recurses. An edge is 8 words of 32 bits:
//   0 flags   1 depth of the child (root's children: 1)   2 coded column   3 limit of the code, or offset of the set in words
//   4 depth of the last edge above that tests the same player, or -1   5 player   6 leaf   7 bit of the player on this path
export const EDGE_BYTES: usize = 32;
export const RIGHT: i32 = 1; // the child for rows that fail the test
export const LEAF: i32 = 2; // the child is a leaf
export const CATEGORICAL: i32 = 4; // the test is membership of a set
export const MISSING_LEFT: i32 = 8; // missing rows pass the test
export const REPEATED: i32 = 16; // the player was tested further up

// A leaf is 4 words of 32 bits:
//   0 where its table or its distinct patterns begin, in doubles   1 d, the number of players on its path
//   2 where its list of players begins, in words   3 number of distinct background patterns (pairs.ts)
export const LEAF_BYTES: usize = 16;

@inline export function edgeFlags(edge: usize): i32 { return load<i32>(edge); }
@inline export function edgeDepth(edge: usize): i32 { return load<i32>(edge, 4); }
@inline export function edgeColumn(edge: usize): i32 { return load<i32>(edge, 8); }
@inline export function edgeLimit(edge: usize): u32 { return load<u32>(edge, 12); }
@inline export function edgePrevious(edge: usize): i32 { return load<i32>(edge, 16); }
@inline export function edgePlayer(edge: usize): i32 { return load<i32>(edge, 20); }
@inline export function edgeLeaf(edge: usize): i32 { return load<i32>(edge, 24); }
@inline export function edgeBit(edge: usize): i32 { return load<i32>(edge, 28); }

/**
 * Which rows pass the test above an edge, as 32-bit lanes of all ones or zeros.
 * Codes are ranks, so one unsigned compare decides. The code of a missing value is the largest u32: adding 1 wraps it to 0, which is below
 * every limit, and moves all others up by one as the limit of a MISSING_LEFT test already is.
 * @param edge - the edge @param codes - columns × rows, u32 @param sets - bit sets of categorical tests @param rows - a multiple of 4
 * @param out - rows × u32
 */
export function testRows(edge: usize, codes: usize, sets: usize, rows: i32, out: usize): void {
  const flags = edgeFlags(edge);
  const column = codes + ((<usize>edgeColumn(edge) * rows) << 2);
  const bytes = <usize>rows << 2;
  if (flags & CATEGORICAL) {
    const set = sets + (<usize>edgeLimit(edge) << 2);
    for (let r: usize = 0; r < bytes; r += 4) {
      const code = load<u32>(column + r);
      const word = load<u32>(set + (<usize>(code >> 5) << 2));
      store<i32>(out + r, -(<i32>((word >> (code & 31)) & 1)));
    }
    return;
  }
  const limit = i32x4.splat(<i32>edgeLimit(edge));
  const shift = i32x4.splat(flags & MISSING_LEFT ? 1 : 0);
  for (let r: usize = 0; r < bytes; r += 16) {
    v128.store(out + r, i32x4.le_u(i32x4.add(v128.load(column + r), shift), limit));
  }
}
