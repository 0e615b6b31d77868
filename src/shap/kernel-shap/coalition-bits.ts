/** Words of 32 players that a coalition takes. */
export function countWords(numPlayers: number): number {
  return Math.ceil(numPlayers / 32);
}

/** Whether a player takes part in the coalition whose words start at `start`. */
export function hasPlayer(masks: Uint32Array, start: number, player: number): boolean {
  return ((masks[start + (player >>> 5)] >>> (player & 31)) & 1) === 1;
}

/** Puts a player into the coalition whose words start at `start`. */
export function addPlayer(masks: Uint32Array, start: number, player: number): void {
  masks[start + (player >>> 5)] |= 1 << (player & 31);
}

/** What tells a coalition from every other of as many players. */
export function coalitionKey(masks: Uint32Array, start: number, words: number): number | string {
  if (words === 1) return masks[start];
  // Exact in a double up to 53 players, which is much cheaper than text.
  if (words === 2 && masks[start + 1] < 2 ** 21) return masks[start + 1] * 2 ** 32 + masks[start];
  return masks.subarray(start, start + words).join();
}

/** Replaces the coalition by its complement among `numPlayers`. */
export function complement(masks: Uint32Array, start: number, numPlayers: number): void {
  const words = countWords(numPlayers);
  for (let word = 0; word < words; word++) {
    const players = Math.min(32, numPlayers - 32 * word);
    masks[start + word] = ~masks[start + word] & (players === 32 ? -1 : (1 << players) - 1);
  }
}

/** C(n, k); Infinity beyond the range of a double. */
export function countSubsets(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) count = (count * (n - i + 1)) / i;
  return count < 2 ** 53 ? Math.round(count) : count;
}
