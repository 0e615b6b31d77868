// Shapley values by tables of cells. A tree is cut into groups: subtrees whose leaves a row's pattern above and its tests inside decide together.
// All rows that agree on those fall into one cell, and a cell has one number for each of the group's players. See docs/maths/tree-shap.md.
import { CATEGORICAL, EDGE_BYTES, LEAF, MISSING_LEFT, REPEATED, RIGHT, edgeBit, edgeColumn, edgeDepth, edgeFlags, edgeLeaf, edgeLimit } from "./edges";

// A group is 8 words of 32 bits:
//   0 its table or counts, in bytes from the start of all   1 players P, doubles a cell   2 its list of players, in words
//   3 its tests, the first   4 number of tests   5 cells inside: those of one pattern above
const GROUP_BYTES: usize = 32;
// A test inside a group is 4 words: 0 flags   1 coded column   2 limit, or offset of the set in words   3 what passing adds to the cell
const TEST_BYTES: usize = 16;

/**
 * 32-bit codes as 16-bit ones: those up to `base` become 0, each further one counts from there; missing (the largest) stays the largest.
 * @param count - how many
 */
export function narrowCodes(codes: usize, count: i32, base: u32, out: usize): void {
  for (const end = codes + (<usize>count << 2); codes < end; codes += 4, out += 2) {
    const code = load<u32>(codes);
    store<u16>(out, code == 0xffffffff ? 0xffff : code <= base ? 0 : min(code - base, 0xfffe));
  }
}

// The block at hand. A line holds one 16-bit word for each of `rows` rows.
let narrow: usize = 0;
let wide: usize = 0;
let bits: usize = 0;
let lineRows: usize = 0;
let line: usize = 0;

function setBlock(codes: usize, narrowed: usize, sets: usize, stride: i32, rows: i32): void {
  wide = codes;
  narrow = narrowed;
  bits = sets;
  lineRows = <usize>stride;
  line = <usize>rows << 1;
}

/** Lanes of all ones for the rows of a categorical test's set. */
function testSet(column: i32, offset: u32, out: usize): void {
  const codes = wide + ((<usize>column * lineRows) << 2);
  const set = bits + (<usize>offset << 2);
  for (let i: usize = 0; i < line; i += 2) {
    const code = load<u32>(codes + (i << 1));
    const word = load<u32>(set + (<usize>(code >> 5) << 2));
    store<i16>(out + i, -(<i16>((word >> (code & 31)) & 1)));
  }
}

/** Lanes of all ones for the rows that pass an edge's test: as `testRows`, on 16-bit codes. */
function testEdge(edge: usize, out: usize): void {
  const flags = edgeFlags(edge);
  if (flags & CATEGORICAL) {
    testSet(edgeColumn(edge), edgeLimit(edge), out);
    return;
  }
  const codes = narrow + ((<usize>edgeColumn(edge) * lineRows) << 1);
  const limit = i16x8.splat(<i16>edgeLimit(edge)), shift = i16x8.splat(flags & MISSING_LEFT ? 1 : 0);
  for (let i: usize = 0; i < line; i += 16) v128.store(out + i, i16x8.le_u(i16x8.add(v128.load(codes + i), shift), limit));
}

/** The child's patterns from the parent's: bit j says whether the row passes all tests of the path's player j so far. */
function descend(edge: usize, tests: usize, patterns: usize): void {
  const level = <usize>edgeDepth(edge);
  const flags = edgeFlags(edge);
  const test = tests + line * level;
  if (!(flags & RIGHT)) testEdge(edge, test);
  const flip = i16x8.splat(flags & RIGHT ? -1 : 0);
  const bit = i16x8.splat(<i16>(<i32>1 << edgeBit(edge)));
  const to = patterns + line * level, from = to - line;
  if (flags & REPEATED) {
    for (let i: usize = 0; i < line; i += 16) {
      v128.store(to + i, v128.and(v128.load(from + i), v128.or(v128.xor(v128.load(test + i), flip), v128.not(bit))));
    }
  } else {
    for (let i: usize = 0; i < line; i += 16) {
      v128.store(to + i, v128.or(v128.load(from + i), v128.and(v128.xor(v128.load(test + i), flip), bit)));
    }
  }
}

/** The cell of each row in a group: its pattern above times the cells inside, and what the tests inside add. */
function findCells(group: usize, allTests: usize, patterns: usize, passed: usize, cells: usize): void {
  const inside = load<u32>(group, 20);
  const times = i16x8.splat(<i16>inside);
  for (let i: usize = 0; i < line; i += 16) v128.store(cells + i, i16x8.mul(v128.load(patterns + i), times));
  let test = allTests + <usize>load<u32>(group, 12) * TEST_BYTES;
  for (const end = test + <usize>load<u32>(group, 16) * TEST_BYTES; test < end; test += TEST_BYTES) {
    const flags = load<i32>(test);
    const step = i16x8.splat(<i16>load<u32>(test, 12));
    if (flags & CATEGORICAL) {
      testSet(load<i32>(test, 4), load<u32>(test, 8), passed);
      for (let i: usize = 0; i < line; i += 16) {
        v128.store(cells + i, i16x8.add(v128.load(cells + i), v128.and(v128.load(passed + i), step)));
      }
      continue;
    }
    const codes = narrow + ((<usize>load<i32>(test, 4) * lineRows) << 1);
    const limit = i16x8.splat(<i16>load<u32>(test, 8)), shift = i16x8.splat(flags & MISSING_LEFT ? 1 : 0);
    for (let i: usize = 0; i < line; i += 16) {
      const pass = i16x8.le_u(i16x8.add(v128.load(codes + i), shift), limit);
      v128.store(cells + i, i16x8.add(v128.load(cells + i), v128.and(pass, step)));
    }
  }
}

/**
 * Adds one tree's contributions for a block of rows.
 * @param edges @param numEdges - of the tree above its groups, depth first; those to a group are LEAFs and name it. None: the tree is one group
 * @param groups @param tests - inside groups @param players - of the groups @param tables
 * @param codes - columns × stride, u32 @param narrowed - the same as u16 @param sets @param stride - rows between columns @param rows - multiple of 8
 * @param phi - players × stride @param scratch - (2 × (depth + 1) + 2) × rows × 2 bytes @param depth - of those edges
 */
export function applyCells(
  edges: usize, numEdges: i32, groups: usize, tests: usize, players: usize, tables: usize,
  codes: usize, narrowed: usize, sets: usize, stride: i32, rows: i32, phi: usize, scratch: usize, depth: i32,
): void {
  setBlock(codes, narrowed, sets, stride, rows);
  const patterns = scratch + line * (depth + 1);
  const passed = patterns + line * (depth + 1), cells = passed + line;
  memory.fill(patterns, 0, line);
  if (numEdges == 0) {
    findCells(groups, tests, patterns, passed, cells);
    addCells(groups, players, tables, cells, phi);
  }
  for (let e = 0; e < numEdges; e++) {
    const edge = edges + <usize>e * EDGE_BYTES;
    descend(edge, scratch, patterns);
    if (!(edgeFlags(edge) & LEAF)) continue;
    const group = groups + <usize>edgeLeaf(edge) * GROUP_BYTES;
    findCells(group, tests, patterns + line * edgeDepth(edge), passed, cells);
    addCells(group, players, tables, cells, phi);
  }
}

/** Adds to `counts`, a double a cell, how much weight falls into each. @param weights - a double a row; see {@link applyCells} for the others */
export function countCells(
  edges: usize, numEdges: i32, groups: usize, tests: usize, counts: usize,
  codes: usize, narrowed: usize, sets: usize, stride: i32, rows: i32, weights: usize, scratch: usize, depth: i32,
): void {
  setBlock(codes, narrowed, sets, stride, rows);
  const patterns = scratch + line * (depth + 1);
  const passed = patterns + line * (depth + 1), cells = passed + line;
  memory.fill(patterns, 0, line);
  for (let e = numEdges == 0 ? -1 : 0; e < numEdges; e++) {
    let group = groups, found = patterns;
    if (e >= 0) {
      const edge = edges + <usize>e * EDGE_BYTES;
      descend(edge, scratch, patterns);
      if (!(edgeFlags(edge) & LEAF)) continue;
      group += <usize>edgeLeaf(edge) * GROUP_BYTES;
      found += line * edgeDepth(edge);
    }
    findCells(group, tests, found, passed, cells);
    const table = counts + <usize>load<u32>(group);
    for (let i: usize = 0; i < line; i += 2) {
      const cell = table + (<usize>load<u16>(cells + i) << 3);
      store<f64>(cell, load<f64>(cell) + load<f64>(weights + (i << 2)));
    }
  }
}

function addCells(group: usize, players: usize, tables: usize, cells: usize, phi: usize): void {
  const table = tables + <usize>load<u32>(group);
  const width = load<u32>(group, 4);
  const list = players + (<usize>load<u32>(group, 8) << 2);
  const bytes = <u32>width << 3;
  const plane = lineRows << 3;
  let j: u32 = 0;
  for (; j + 4 <= width; j += 4) {
    const at = list + (<usize>j << 2);
    addFour(
      cells, table + (<usize>j << 3), bytes,
      phi + plane * load<u32>(at), phi + plane * load<u32>(at, 4), phi + plane * load<u32>(at, 8), phi + plane * load<u32>(at, 12),
    );
  }
  if (j + 2 <= width) {
    const at = list + (<usize>j << 2);
    addTwo(cells, table + (<usize>j << 3), bytes, phi + plane * load<u32>(at), phi + plane * load<u32>(at, 4));
    j += 2;
  }
  if (j < width) addOne(cells, table + (<usize>j << 3), bytes, phi + plane * load<u32>(list + (<usize>j << 2)));
}

/** Adds a row's two numbers and the next row's to two players' lines. */
@inline function addPairs(first: v128, second: v128, a: usize, b: usize): void {
  v128.store(a, f64x2.add(v128.load(a), i64x2.shuffle(first, second, 0, 2)));
  v128.store(b, f64x2.add(v128.load(b), i64x2.shuffle(first, second, 1, 3)));
}

function addFour(cells: usize, table: usize, bytes: u32, a: usize, b: usize, c: usize, d: usize): void {
  for (const end = cells + line; cells < end; cells += 4, a += 16, b += 16, c += 16, d += 16) {
    const first = table + <usize>(load<u16>(cells) * bytes), second = table + <usize>(load<u16>(cells, 2) * bytes);
    addPairs(v128.load(first), v128.load(second), a, b);
    addPairs(v128.load(first, 16), v128.load(second, 16), c, d);
  }
}

function addTwo(cells: usize, table: usize, bytes: u32, a: usize, b: usize): void {
  for (const end = cells + line; cells < end; cells += 4, a += 16, b += 16) {
    addPairs(v128.load(table + <usize>(load<u16>(cells) * bytes)), v128.load(table + <usize>(load<u16>(cells, 2) * bytes)), a, b);
  }
}

function addOne(cells: usize, table: usize, bytes: u32, a: usize): void {
  for (const end = cells + line; cells < end; cells += 4, a += 16) {
    const first = v128.load64_zero(table + <usize>(load<u16>(cells) * bytes));
    const pair = v128.load_lane<f64>(table + <usize>(load<u16>(cells, 2) * bytes), first, 1);
    v128.store(a, f64x2.add(v128.load(a), pair));
  }
}

