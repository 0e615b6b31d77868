/** A set that has to grow at least doubles, so that second derivatives are seldom taken anew; it starts with this many. */
const LEAST_SIZE = 16;

/**
 * Columns to fit at the next strength: those already in the set, those that the sequential strong rule does not discard, and the next likely
 * ones where the set grows. Others are left at zero, which is checked afterwards.
 *
 * @param current - which columns are in the set
 * @param sizes - for each column |gradient| / factor at the last strength
 * @param bar - columns with a size of at least this are wanted: l1Ratio × (2 × strength − last strength)
 * @returns which are in the new set; `current` itself where it already holds all that are wanted
 * @see Tibshirani and others (2012), Strong rules for discarding predictors, doi:10.1111/j.1467-9868.2011.01004.x.
 */
export function chooseWorkingSet(current: Uint8Array, sizes: Float64Array, bar: number): Uint8Array {
  const wanted = current.map((isIn, j) => (isIn === 1 || sizes[j] >= bar ? 1 : 0));
  const numCurrent = count(current);
  const numWanted = count(wanted);
  if (numWanted === numCurrent) return current;
  const size = Math.min(current.length, Math.max(numWanted, 2 * numCurrent, LEAST_SIZE));
  const others = Array.from(wanted.keys()).filter((j) => wanted[j] === 0);
  others.sort((a, b) => sizes[b] - sizes[a]);
  for (const j of others.slice(0, size - numWanted)) wanted[j] = 1;
  return wanted;
}

function count(flags: Uint8Array): number {
  let number = 0;
  for (const flag of flags) number += flag;
  return number;
}
