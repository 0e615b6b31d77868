import { createRandom, shuffle, type Random } from "../../numeric/index.ts";
import { addPlayer, coalitionKey, complement, countSubsets, countWords, hasPlayer } from "./coalition-bits.ts";

/** All pairs of a coalition of one size and its complement, in the order in which they are drawn. */
interface Stratum {
  /** Players of the smaller coalition. */
  readonly size: number;
  /** Pairs that there are. */
  readonly total: number;
  /** The Shapley kernel's weight of all of them together. */
  readonly weight: number;
  /** Coalition sizes that it covers: two, or one where coalition and complement are of one size. */
  readonly numSizes: number;
  drawn: number;
  /** The players in random order, of which each block of `size` is a draw. */
  readonly shuffled: Int32Array;
  position: number;
  /** What is left, in random order, once half of the stratum is drawn. */
  rest: Uint32Array[] | null;
}

/**
 * Draws pairs of a coalition and its complement without replacement, stratified by size and in one nested order: the first 100 pairs of a
 * longer draw are the draw of 100. The draw ends in full enumeration. The empty and the full coalition are not among the pairs.
 *
 * A stratum is drawn from in blocks of one random order of the players, so that each player stands about equally often on either side.
 * Every size of coalition gets as many draws as any other, as their leverage in the regression has it.
 *
 * @see Musco and Witter (2025), arXiv:2410.01917 (leverage scores, pairs, without replacement)
 */
export class PairSampler {
  readonly numPlayers: number;
  readonly words: number;
  /** One coalition a pair, one below the other; only the first `numPairs` are drawn. */
  masks: Uint32Array = new Uint32Array(0);
  /** The size of that coalition: its stratum. */
  sizes: Uint16Array = new Uint16Array(0);
  numPairs: number = 0;
  readonly totalPairs: number;
  private readonly strata: readonly Stratum[];
  private readonly seen = new Set<number | string>();
  private readonly random: Random;

  constructor(numPlayers: number, seed: number) {
    this.numPlayers = numPlayers;
    this.words = countWords(numPlayers);
    this.random = createRandom(seed);
    this.strata = Array.from({ length: numPlayers >> 1 }, (_, i) => makeStratum(numPlayers, i + 1));
    this.totalPairs = this.strata.reduce((sum, { total }) => sum + total, 0);
  }

  /** Draws on until there are `count` pairs, or all. */
  grow(count: number): void {
    const target = Math.min(count, this.totalPairs);
    if (target <= this.numPairs) return;
    const masks = new Uint32Array(target * this.words);
    masks.set(this.masks.subarray(0, this.numPairs * this.words));
    const sizes = new Uint16Array(target);
    sizes.set(this.sizes.subarray(0, this.numPairs));
    this.masks = masks;
    this.sizes = sizes;
    for (; this.numPairs < target; this.numPairs++) {
      const stratum = this.chooseStratum();
      this.draw(stratum, this.numPairs * this.words);
      this.sizes[this.numPairs] = stratum.size;
      stratum.drawn++;
    }
  }

  /** Of the first `numPairs` pairs: the share of its stratum that is drawn, and the weight that each pair of the stratum stands for. */
  weigh(numPairs: number): { readonly share: Float64Array; readonly weight: Float64Array } {
    const drawn = new Float64Array(this.strata.length + 1);
    for (let pair = 0; pair < numPairs; pair++) drawn[this.sizes[pair]]++;
    const share = new Float64Array(this.strata.length + 1);
    const weight = new Float64Array(this.strata.length + 1);
    for (const stratum of this.strata) {
      share[stratum.size] = drawn[stratum.size] / stratum.total;
      weight[stratum.size] = stratum.weight / Math.max(drawn[stratum.size], 1);
    }
    return { share, weight };
  }

  private chooseStratum(): Stratum {
    let best = this.strata[0];
    let least = Infinity;
    for (const stratum of this.strata) {
      if (stratum.drawn >= stratum.total) continue;
      // Every stratum is met once before any is met again.
      const turn = stratum.drawn === 0 ? -1 / stratum.size : (stratum.drawn + 0.5) / stratum.numSizes;
      if (turn < least) {
        least = turn;
        best = stratum;
      }
    }
    return best;
  }

  private draw(stratum: Stratum, start: number): void {
    // Blocks are drawn again when they are known, which costs little until half of the stratum is.
    if (stratum.rest === null && 2 * stratum.drawn >= stratum.total) stratum.rest = this.listRest(stratum);
    const known = stratum.rest?.pop();
    if (known) {
      this.masks.set(known, start);
      return;
    }
    for (;;) {
      this.masks.fill(0, start, start + this.words);
      this.nextBlock(stratum).forEach((player) => addPlayer(this.masks, start, player));
      // Half of the players against the other half: the half with the first player stands for both.
      if (2 * stratum.size === this.numPlayers && !hasPlayer(this.masks, start, 0)) complement(this.masks, start, this.numPlayers);
      const key = coalitionKey(this.masks, start, this.words);
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      return;
    }
  }

  private nextBlock(stratum: Stratum): Int32Array {
    const { size, shuffled } = stratum;
    const blocks = 2 * size === this.numPlayers ? 1 : Math.floor(this.numPlayers / size);
    if (stratum.position >= blocks) stratum.position = 0;
    if (stratum.position === 0) shuffle(shuffled, this.random);
    const first = stratum.position++ * size;
    return shuffled.subarray(first, first + size);
  }

  private listRest(stratum: Stratum): Uint32Array[] {
    const rest: Uint32Array[] = [];
    const paired = 2 * stratum.size === this.numPlayers;
    for (const players of subsetsOfSize(this.numPlayers, stratum.size)) {
      if (paired && players[0] !== 0) break;
      const mask = new Uint32Array(this.words);
      for (const player of players) addPlayer(mask, 0, player);
      if (!this.seen.has(coalitionKey(mask, 0, this.words))) rest.push(mask);
    }
    shuffle(rest, this.random);
    return rest;
  }
}

function makeStratum(numPlayers: number, size: number): Stratum {
  const halves = 2 * size === numPlayers ? 2 : 1;
  const weight = 1 / (size * (numPlayers - size) * halves);
  return {
    size,
    total: countSubsets(numPlayers, size) / halves,
    weight,
    numSizes: 2 / halves,
    drawn: 0,
    shuffled: Int32Array.from({ length: numPlayers }, (_, i) => i),
    position: 0,
    rest: null,
  };
}

/** The subsets of `size` of 0 … n - 1 in lexicographic order; the same array each time. */
function* subsetsOfSize(n: number, size: number): Generator<Int32Array> {
  const chosen = Int32Array.from({ length: size }, (_, i) => i);
  for (;;) {
    yield chosen;
    let last = size - 1;
    while (last >= 0 && chosen[last] === n - size + last) last--;
    if (last < 0) return;
    chosen[last]++;
    for (let i = last + 1; i < size; i++) chosen[i] = chosen[i - 1] + 1;
  }
}
