// The leaves that rows reach: trees as they are, thresholds and values in float64, no codes.
// A node is 32 bytes:
//   0 threshold (f64)   8 feature, in bytes of a row   12 child that passes, in bytes from the first node   16 child that fails
//   20 flags   24 first value of a leaf, in bytes; or first listed category, in words   28 end of the listed categories
// The flags are those of src/trees/nodes.ts, and LEAF. A leaf is its own child, so that rows that are there wait for the others.
const MISSING_LEFT: i32 = 1;
const CATEGORICAL: i32 = 2;
const ZERO_IS_MISSING: i32 = 4;
const OTHERS_LEFT: i32 = 8;
const LEAF: i32 = 16;
/** LightGBM's kZeroThreshold: the float32 nearest to 1e-35. */
const ZERO_THRESHOLD: f64 = <f64>(<f32>1e-35);

@inline function flagsOf(node: usize): i32 { return load<i32>(node, 20); }

/** The child that a row goes to. @param row - its cells, a double a feature */
@inline function step(nodes: usize, node: usize, row: usize, categories: usize): usize {
  const x = load<f64>(row + <usize>load<u32>(node, 8));
  const flags = flagsOf(node);
  let passes = x <= load<f64>(node);
  if (x != x) passes = (flags & MISSING_LEFT) != 0;
  else if (flags & (CATEGORICAL | ZERO_IS_MISSING)) passes = passesRarely(node, flags, x, passes, categories);
  // Chosen without a branch, which the processor would guess wrong half of the time.
  return nodes + <usize>load<u32>(node + select<usize>(12, 16, passes));
}

/** Membership of a set, and numbers that are as good as missing. */
function passesRarely(node: usize, flags: i32, x: f64, passes: bool, categories: usize): bool {
  if (!(flags & CATEGORICAL)) return Math.abs(x) <= ZERO_THRESHOLD ? (flags & MISSING_LEFT) != 0 : passes;
  let low = load<i32>(node, 24), high = load<i32>(node, 28) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = <f64>load<i32>(categories + (<usize>middle << 2));
    if (found == x) return !(flags & OTHERS_LEFT);
    if (found < x) low = middle + 1;
    else high = middle - 1;
  }
  return (flags & OTHERS_LEFT) != 0;
}

/**
 * Adds the leaf that each row reaches in each tree, tree after tree.
 * @param roots - of each tree, two words: its root in bytes from the first node, and the output it adds to @param rows - a multiple of 4
 * @param cells - rows × rowBytes @param values - of the leaves @param width - values a leaf @param single - rounds each sum to float32
 * @param sums - rows × outputs
 */
export function addLeaves(
  nodes: usize, roots: usize, numTrees: i32, categories: usize, cells: usize, rowBytes: i32, rows: i32, values: usize, width: i32, single: bool,
  sums: usize, outputs: i32,
): void {
  const line = <usize>outputs << 3, stride = <usize>rowBytes;
  for (let t: usize = 0; t < <usize>numTrees; t++) {
    const root = nodes + <usize>load<u32>(roots + (t << 3));
    let sum = sums + (<usize>load<u32>(roots + (t << 3), 4) << 3);
    for (let r = 0, row = cells; r < rows; r += 4, row += stride << 2) {
      // Four rows at once: the processor waits for their loads together.
      let a = root, b = root, c = root, d = root;
      while (!(flagsOf(a) & flagsOf(b) & flagsOf(c) & flagsOf(d) & LEAF)) {
        a = step(nodes, a, row, categories);
        b = step(nodes, b, row + stride, categories);
        c = step(nodes, c, row + 2 * stride, categories);
        d = step(nodes, d, row + 3 * stride, categories);
      }
      addLeaf(sum, values + <usize>load<u32>(a, 24), width, single);
      addLeaf(sum + line, values + <usize>load<u32>(b, 24), width, single);
      addLeaf(sum + 2 * line, values + <usize>load<u32>(c, 24), width, single);
      addLeaf(sum + 3 * line, values + <usize>load<u32>(d, 24), width, single);
      sum += line << 2;
    }
  }
}

@inline function addLeaf(sum: usize, leaf: usize, width: i32, single: bool): void {
  for (const end = leaf + (<usize>width << 3); leaf < end; leaf += 8, sum += 8) {
    const next = load<f64>(sum) + load<f64>(leaf);
    store<f64>(sum, single ? <f64>(<f32>next) : next);
  }
}
