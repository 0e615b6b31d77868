/** A source of random numbers that repeats itself when seeded alike. */
export interface Random {
  /** A number in [0, 1), uniform on the multiples of 2^-53. */
  next(): number;
  /** A whole number from 0 to `n - 1`, each equally likely; `n` from 1 to 2^32. */
  integer(n: number): number;
}

/** The 128 bits that the generator works on: four 32-bit words, not all zero. */
export type RandomState = readonly [number, number, number, number];

/**
 * A seeded generator: xoshiro128** with its state filled by SplitMix64, as its authors advise.
 * The same seed gives the same numbers on every machine. Not for secrets.
 *
 * @param seed - any whole number that a double holds exactly.
 * @see Blackman and Vigna (2021), doi:10.1145/3460772 (xoshiro128**); Steele, Lea and Flood (2014), doi:10.1145/2660193.2660195 (SplitMix64).
 */
export function createRandom(seed: number): Random {
  return randomFromState(stateFromSeed(seed));
}

/** SplitMix64's first two outputs after `seed`, as four words, low word first. */
export function stateFromSeed(seed: number): RandomState {
  const words: number[] = [];
  let counter = BigInt.asUintN(64, BigInt(seed));
  for (let i = 0; i < 2; i++) {
    counter = BigInt.asUintN(64, counter + 0x9e3779b97f4a7c15n);
    let z = BigInt.asUintN(64, (counter ^ (counter >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    words.push(Number(z & 0xffffffffn), Number(z >> 32n));
  }
  const [a, b, c, d] = words;
  return [a, b, c, d];
}

/** xoshiro128** from a given state. */
export function randomFromState(state: RandomState): Random {
  let [a, b, c, d] = state;

  function nextWord(): number {
    const word = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return word;
  }

  return {
    next(): number {
      const high = nextWord() >>> 5;
      const low = nextWord() >>> 6;
      return (high * 0x4000000 + low) / 0x20000000000000;
    },
    integer(n: number): number {
      // Drawing again outside 0 .. n - 1 keeps every number equally likely; a remainder or a product would not.
      const shift = Math.clz32((n - 1) | 1);
      let drawn = nextWord() >>> shift;
      while (drawn >= n) drawn = nextWord() >>> shift;
      return drawn;
    },
  };
}

/** Fisher and Yates' shuffle, in place. */
export function shuffle(all: { [place: number]: unknown; readonly length: number }, random: Random): void {
  for (let i = all.length - 1; i > 0; i--) {
    const other = random.integer(i + 1);
    const kept = all[i];
    all[i] = all[other];
    all[other] = kept;
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
