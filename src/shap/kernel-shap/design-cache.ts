import { PairSampler } from "./pair-sampler.ts";
import { PairedRegression } from "./paired-regression.ts";

/** Coalitions drawn for games of one size, and the regressions on the first of them. */
export class Design {
  readonly sampler: PairSampler;
  private regression: PairedRegression | null = null;
  private numPairs = 0;

  constructor(numPlayers: number, seed: number) {
    this.sampler = new PairSampler(numPlayers, seed);
  }

  /** The regression on the first `numPairs` pairs; the latest is kept, as the explained rows come to it one after another. */
  regress(numPairs: number): PairedRegression {
    if (this.regression === null || this.numPairs !== numPairs) {
      this.sampler.grow(numPairs);
      this.regression = new PairedRegression({ sampler: this.sampler, numPairs });
      this.numPairs = numPairs;
    }
    return this.regression;
  }
}

/** Pairs that all kept designs may hold together: some hundred megabytes at most. */
const MOST_PAIRS = 4e6;

/**
 * The designs of a call. A design depends on the seed, on the background row and on the number of players that vary, and not on the explained
 * row: a row gets the same values alone as among others, and rows share the algebra.
 */
export class DesignCache {
  private readonly seed: number;
  private readonly designs = new Map<number, Design>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** @param stream - tells apart games that are to have designs of their own */
  find(numPlayers: number, stream: number): Design {
    const key = stream * 65536 + numPlayers;
    const known = this.designs.get(key);
    if (known) return known;
    this.forgetSome();
    const made = new Design(numPlayers, mixSeeds(this.seed, stream, numPlayers));
    this.designs.set(key, made);
    return made;
  }

  private forgetSome(): void {
    let pairs = 0;
    for (const { sampler } of this.designs.values()) pairs += sampler.numPairs;
    if (pairs > MOST_PAIRS) this.designs.clear();
  }
}

/** One seed of several whole numbers, spread over 53 bits. */
export function mixSeeds(...parts: readonly number[]): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (const part of parts) {
    high = mixWord(high ^ (part / 2 ** 32), low);
    low = mixWord(low ^ part, high);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}

/** The finalizer of MurmurHash3, keyed. */
function mixWord(word: number, key: number): number {
  let mixed = word ^ key;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
