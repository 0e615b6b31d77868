/** How a coalition of so many others weighs for a player, or for a pair of them. */
type Weigh = (size: number, others: number) => number;

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const shapley: Weigh = (size, others) => (factorial(size) * factorial(others - size)) / factorial(others + 1);
const banzhaf: Weigh = (_, others) => 1 / 2 ** others;
const weighings = { shapley, banzhaf };

function worthOfAll(players: number, game: (present: readonly boolean[]) => number): number[] {
  return Array.from({ length: 2 ** players }, (_, set) => game(Array.from({ length: players }, (__, j) => ((set >> j) & 1) === 1)));
}

function sizeOf(set: number): number {
  return set.toString(2).replaceAll("0", "").length;
}

/**
 * Shapley's formula by full enumeration: slow and obvious, written apart from the library's own.
 * @param game - the worth of a coalition, given as one boolean a player
 * @returns one value a player
 */
export function enumerateShapley(players: number, game: (present: readonly boolean[]) => number): number[] {
  return enumerateValues("shapley", players, game);
}

/** Shapley or Banzhaf values by full enumeration. */
export function enumerateValues(index: keyof typeof weighings, players: number, game: (present: readonly boolean[]) => number): number[] {
  const worth = worthOfAll(players, game);
  return Array.from({ length: players }, (_, j) => {
    let sum = 0;
    for (let set = 0; set < 2 ** players; set++) {
      if ((set >> j) & 1) continue;
      sum += weighings[index](sizeOf(set), players - 1) * (worth[set | (1 << j)] - worth[set]);
    }
    return sum;
  });
}

/**
 * Interaction indices by full enumeration, in SHAP's convention: half a pair's index at (i, j) and (j, i), and on the diagonal what they leave of
 * the player's value.
 * @returns players × players, row-major
 * @see Grabisch & Roubens (1999), doi:10.1007/s001820050125
 */
export function enumerateInteractions(
  index: keyof typeof weighings,
  players: number,
  game: (present: readonly boolean[]) => number,
): number[] {
  const worth = worthOfAll(players, game);
  const values = enumerateValues(index, players, game);
  const matrix = Array.from({ length: players ** 2 }, () => 0);
  for (let i = 0; i < players; i++) {
    matrix[i * players + i] += values[i];
    for (let j = 0; j < players; j++) {
      if (j === i) continue;
      const [a, b] = [1 << i, 1 << j];
      let sum = 0;
      for (let set = 0; set < 2 ** players; set++) {
        if (set & (a | b)) continue;
        sum += weighings[index](sizeOf(set), players - 2) * (worth[set | a | b] - worth[set | a] - worth[set | b] + worth[set]);
      }
      matrix[i * players + j] = sum / 2;
      matrix[i * players + i] -= sum / 2;
    }
  }
  return matrix;
}
