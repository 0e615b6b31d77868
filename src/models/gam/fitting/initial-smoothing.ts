import type { PenaltySystem } from "./penalty-system.ts";

/** The share of what the data say about the penalized coefficients, beside the penalties, that the search starts from. */
const BALANCE = 0.4;
const MOST_TENFOLDS = 60;

/**
 * Smoothing parameters to start from: each penalty as large as the information, on average over the coefficients that it touches; then all
 * together so that data and penalties are in balance.
 *
 * @param gram X'WX at the start means, in working coordinates
 * @see Wood (2008), doi:10.1111/j.1467-9868.2007.00646.x, section 4.3
 */
export function initialSmoothing(system: PenaltySystem, gram: Float64Array): Float64Array {
  const { width, blocks, numParameters } = system;
  const sums = new Float64Array(numParameters);
  const counts = new Float64Array(numParameters);
  const diagonals = blocks.map(({ width: own, isDiagonal, penalties }) =>
    penalties.map(({ values }) => (isDiagonal ? values : Float64Array.from({ length: own }, (_, j) => values[j * (own + 1)]))),
  );
  const information = (start: number, j: number): number => gram[(start + j) * (width + 1)];
  blocks.forEach(({ start, penalties }, b) => {
    penalties.forEach(({ parameter }, k) => {
      const diagonal = diagonals[b][k];
      const touched = [...diagonal.keys()].filter((j) => diagonal[j] > 0);
      if (parameter < 0 || touched.length === 0) return;
      const data = touched.reduce((sum, j) => sum + information(start, j), 0);
      const penalty = touched.reduce((sum, j) => sum + diagonal[j], 0);
      if (!(data > 0)) return;
      sums[parameter] += Math.log(data / penalty);
      counts[parameter]++;
    });
  });
  const smoothing = sums.map((sum, k) => (counts[k] > 0 ? Math.exp(sum / counts[k]) : 1));
  const balanceAt = (factor: number): number => {
    const shares: number[] = [];
    blocks.forEach(({ start, penalized, penalties }, b) => {
      for (const j of penalized) {
        // Where λ is given nothing changes with the factor.
        if (!penalties.some(({ parameter }, k) => parameter >= 0 && diagonals[b][k][j] > 0)) continue;
        const penalty = penalties.reduce(
          (sum, { parameter, fixed }, k) => sum + (fixed ?? factor * smoothing[parameter]) * diagonals[b][k][j],
          0,
        );
        shares.push(information(start, j) / (information(start, j) + penalty));
      }
    });
    return shares.reduce((sum, share) => sum + share, 0) / shares.length;
  };
  if (numParameters === 0) return smoothing;
  let factor = 1;
  const isAbove = balanceAt(1) > BALANCE;
  for (let tenfold = 0; tenfold < MOST_TENFOLDS && balanceAt(factor) > BALANCE === isAbove; tenfold++) factor *= isAbove ? 10 : 0.1;
  return smoothing.map((value) => value * factor);
}
