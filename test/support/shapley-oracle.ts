/**
 * Shapley's formula by full enumeration: slow and obvious, written apart from the library's own.
 * @param game - the worth of a coalition, given as one boolean a player
 * @returns one value a player
 */
export function enumerateShapley(players: number, game: (present: readonly boolean[]) => number): number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const worth = Array.from({ length: 2 ** players }, (_, set) => game(Array.from({ length: players }, (__, j) => ((set >> j) & 1) === 1)));
  return Array.from({ length: players }, (_, j) => {
    let sum = 0;
    for (let set = 0; set < 2 ** players; set++) {
      if ((set >> j) & 1) continue;
      const size = set.toString(2).replaceAll("0", "").length;
      const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
      sum += weight * (worth[set | (1 << j)] - worth[set]);
    }
    return sum;
  });
}
