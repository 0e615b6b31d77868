/**
 * The quantile of ascending numbers, linear between order statistics.
 *
 * @see Hyndman and Fan (1996), The American Statistician 50, 361–365, doi:10.2307/2684934, definition 7
 */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const place = (sorted.length - 1) * probability;
  const low = Math.floor(place);
  const share = place - low;
  return share === 0 ? sorted[low] : (1 - share) * sorted[low] + share * sorted[low + 1];
}
