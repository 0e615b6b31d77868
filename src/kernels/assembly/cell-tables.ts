// The tables that cells.ts reads. With F[N] the weight of absent rows that pass every player in N, a row of pattern c has at a leaf of d players
//   value_j(c) = sum over S within c of  a_j(S) F[not S],  a_j(S) = (s-1)! (d-s)! / d! if j is in S, else -s! (d-s-1)! / d!,
// which is V(c) for a player outside c, and V(c) + W(c) - W(c without j) for one inside, where V sums the second kind of a_j and W the difference
// of the two kinds: two sums over subsets for all players together.

// A leaf is 8 words of 32 bits:
//   0 d, its players   1 the table of its group, in bytes from the start of all   2 cells inside   3 players above   4 players of the group
//   5 its steps, the first   6 number of steps   7 the counts of its group, in bytes
const LEAF_BYTES: usize = 32;
// A step is 4 words: of every run of so many cells (0), those from (1) to (2) fail the test; the bits of the leaf's other players (3)
const STEP_BYTES: usize = 16;
/** Players at a leaf, at most. */
const MOST_PLAYERS: usize = 16;

/**
 * Adds the leaves of one tree to its tables.
 * @param leaves @param numLeaves @param steps - of the paths inside the groups @param slots - MOST_PLAYERS words a leaf: places in a cell
 * @param ratios - MOST_PLAYERS doubles a leaf: what F multiplies, where nothing is counted @param values - of the leaves
 * @param counts - the background's weight by cell; 0 for the path-dependent game
 * @param shares - what joining s - 1 of d players weighs, here (s-1)! (d-s)! / d!, at (d * (MOST_PLAYERS + 1) + s - 1), a double each @param tables
 * @param scratch - cells inside × 4 bytes, then (3 + d) × 2^d doubles; the largest of all leaves @param masksBytes - of the first part
 */
export function fillTables(
  leaves: usize, numLeaves: i32, steps: usize, slots: usize, ratios: usize, values: usize, counts: usize, shares: usize, tables: usize,
  scratch: usize, masksBytes: usize,
): void {
  for (let l: usize = 0; l < <usize>numLeaves; l++) {
    const leaf = leaves + l * LEAF_BYTES;
    const d = load<u32>(leaf), inside = load<u32>(leaf, 8), above = load<u32>(leaf, 12);
    const size = <u32>1 << d, line = <usize>size << 3;
    const weights = scratch + masksBytes, inner = weights + line, outer = inner + line, found = outer + line;
    maskCells(steps + <usize>load<u32>(leaf, 20) * STEP_BYTES, load<u32>(leaf, 24), inside, scratch);
    if (counts) gatherWeights(counts + <usize>load<u32>(leaf, 28), scratch, inside, above, d, weights);
    else multiplyRatios(ratios + ((l * MOST_PLAYERS) << 3), d, weights);
    weighSubsets(weights, d, shares + ((d * (MOST_PLAYERS + 1)) << 3), load<f64>(values + (l << 3)), inner, outer);
    writeValues(d, inner, outer, found);
    const table = tables + <usize>load<u32>(leaf, 4);
    addValues(found, d, scratch, inside, above, slots + ((l * MOST_PLAYERS) << 2), load<u32>(leaf, 16), table);
  }
}

/** Which players pass, cell by cell; all ones for those that are tested above alone. */
function maskCells(steps: usize, numSteps: u32, inside: u32, masks: usize): void {
  memory.fill(masks, 0xff, <usize>inside << 2);
  for (const end = steps + <usize>numSteps * STEP_BYTES; steps < end; steps += STEP_BYTES) {
    const period = load<u32>(steps), from = load<u32>(steps, 4), to = load<u32>(steps, 8), others = load<u32>(steps, 12);
    for (let base: u32 = 0; base < inside; base += period) {
      for (let at = masks + (<usize>(base + from) << 2), end = masks + (<usize>(base + to) << 2); at < end; at += 4) {
        store<u32>(at, load<u32>(at) & others);
      }
    }
  }
}

/** F of the path-dependent game: the product over N of the players' cover ratios. */
function multiplyRatios(ratios: usize, d: u32, out: usize): void {
  store<f64>(out, 1);
  for (let j: u32 = 0; j < d; j++) {
    const ratio = load<f64>(ratios + (<usize>j << 3)), half = <usize>8 << j;
    for (let at = out; at < out + half; at += 8) store<f64>(at + half, load<f64>(at) * ratio);
  }
}

/** F of the interventional game: the weight of each pattern that the background shows at the leaf, summed over supersets. */
function gatherWeights(counts: usize, masks: usize, inside: u32, above: u32, d: u32, out: usize): void {
  const patterns = <u32>1 << above, size = <u32>1 << d, fresh = (size - 1) ^ (patterns - 1);
  memory.fill(out, 0, <usize>size << 3);
  for (let pattern: u32 = 0; pattern < patterns; pattern++) {
    for (let i: u32 = 0; i < inside; i++, counts += 8) {
      const at = out + (<usize>((pattern | fresh) & load<u32>(masks + (<usize>i << 2))) << 3);
      store<f64>(at, load<f64>(at) + load<f64>(counts));
    }
  }
  for (let bit: u32 = 1; bit < size; bit <<= 1) {
    for (let base: u32 = 0; base < size; base += bit << 1) {
      const half = <usize>bit << 3;
      for (let at = out + (<usize>base << 3), end = at + half; at < end; at += 8) store<f64>(at, load<f64>(at) + load<f64>(at + half));
    }
  }
}

/** W and V, summed over subsets. */
function weighSubsets(weights: usize, d: u32, shares: usize, value: f64, inner: usize, outer: usize): void {
  const size = <u32>1 << d, full = size - 1;
  for (let set: u32 = 0; set < size; set++) {
    const s = <u32>popcnt(set);
    const weight = value * load<f64>(weights + (<usize>(full ^ set) << 3));
    const out = s < d ? load<f64>(shares + (<usize>s << 3)) * weight : 0;
    const within = s > 0 ? load<f64>(shares + (<usize>(s - 1) << 3)) * weight : 0;
    store<f64>(outer + (<usize>set << 3), -out);
    store<f64>(inner + (<usize>set << 3), within + out);
  }
  sumSubsets(outer, size);
  sumSubsets(inner, size);
}

function sumSubsets(sums: usize, size: u32): void {
  for (let bit: u32 = 1; bit < size; bit <<= 1) {
    const half = <usize>bit << 3;
    for (let base: u32 = bit; base < size; base += bit << 1) {
      for (let at = sums + (<usize>base << 3), end = at + half; at < end; at += 8) store<f64>(at, load<f64>(at) + load<f64>(at - half));
    }
  }
}

/** The values of all players, pattern by pattern. */
function writeValues(d: u32, inner: usize, outer: usize, out: usize): void {
  const size = <u32>1 << d;
  for (let set: u32 = 0; set < size; set++) {
    const v = load<f64>(outer + (<usize>set << 3)), whole = v + load<f64>(inner + (<usize>set << 3));
    for (let j: u32 = 0; j < d; j++, out += 8) {
      const bit = <u32>1 << j;
      store<f64>(out, set & bit ? whole - load<f64>(inner + (<usize>(set ^ bit) << 3)) : v);
    }
  }
}

/** Adds to each cell of the group the values of the pattern that it shows at the leaf; the players above stand first in both. */
function addValues(values: usize, d: u32, masks: usize, inside: u32, above: u32, slots: usize, width: u32, cell: usize): void {
  const patterns = <u32>1 << above, fresh = ((<u32>1 << d) - 1) ^ (patterns - 1);
  const pairs = above & ~1;
  for (let pattern: u32 = 0; pattern < patterns; pattern++) {
    for (let i: u32 = 0; i < inside; i++, cell += <usize>width << 3) {
      const from = values + (<usize>(((pattern | fresh) & load<u32>(masks + (<usize>i << 2))) * d) << 3);
      let j: u32 = 0;
      for (; j < pairs; j += 2) {
        const at = <usize>j << 3;
        v128.store(cell + at, f64x2.add(v128.load(cell + at), v128.load(from + at)));
      }
      for (; j < d; j++) {
        const to = cell + (<usize>load<u32>(slots + (<usize>j << 2)) << 3);
        store<f64>(to, load<f64>(to) + load<f64>(from + (<usize>j << 3)));
      }
    }
  }
}
