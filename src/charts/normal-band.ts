import { binomial, normal } from "../numeric/index.ts";

/**
 * Where the value of a rank lies in a sample of standard normal numbers: the middle of `probability` of all samples. The k-th smallest
 * of n uniform numbers lies below u just when at least k of the n do, which is a binomial probability.
 * @param rank from 1, the smallest
 * @see David and Nagaraja (2003), Order Statistics, doi:10.1002/0471722162, section 2.1
 */
export function normalBand(rank: number, count: number, probability: number): readonly [number, number] {
  const tail = (1 - probability) / 2;
  // Upside down, the highest is the lowest.
  return [lowEnd(rank, count, tail), -lowEnd(count + 1 - rank, count, tail)];
}

/** Where a right model's value of a rank is to be expected: its median, nearly. @param rank from 1 */
export function expectedNormal(rank: number, count: number): number {
  return normal.quantile((rank - 0.5) / count);
}

/** The z below which the value of a rank lies in so small a share of samples, by bisection. */
function lowEnd(rank: number, count: number, tail: number): number {
  // Its median lies above, as `tail` is below one half; no normal number of any sample lies below −38.
  let [low, high] = [-38, expectedNormal(rank, count) + 1];
  while (high - low > precision) {
    const middle = (low + high) / 2;
    if (reachesRank(rank, count, normal.cdf(middle), tail)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Finer than a pixel of any chart. */
const precision = 1e-6;
/** Terms that small add nothing to see. */
const negligible = 1e-12;

/** Whether at least `rank` of `count` succeed, each with `share`, with a probability above `tail`: terms are summed from `rank` upwards. */
function reachesRank(rank: number, count: number, share: number, tail: number): boolean {
  // Beyond its mean the sum is more than about one half, and terms would rise at first.
  if (share * count >= rank) return true;
  let term = Math.exp(binomial.logDensity(rank, count, share));
  let sum = 0;
  for (let successes = rank; successes <= count && term > negligible; successes++) {
    sum += term;
    if (sum > tail) return true;
    term *= ((count - successes) / (successes + 1)) * (share / (1 - share));
  }
  return false;
}
