/** The number of players in each of the 2^players coalitions. */
function coalitionSizes(players: number): Uint8Array {
  const sizes = new Uint8Array(2 ** players);
  for (let set = 1; set < sizes.length; set++) sizes[set] = sizes[set >> 1] + (set & 1);
  return sizes;
}

/**
 * Shapley values of a game that is known for every coalition, in about two additions a coalition and output: with w(s) = s! (n − 1 − s)! / n!,
 * φ_j = Σ_{S ∋ j} (w(s − 1) + w(s)) v(S) − Σ_S w(s) v(S), and the first sums are taken for all players together by halving the table.
 * @param worth - 2^players × outputs, bit j of the coalition = player j; overwritten
 * @returns players × outputs
 */
export function shapleyOfTable(worth: Float64Array, players: number, outputs: number): Float64Array {
  const values = new Float64Array(players * outputs);
  if (players === 0) return values;
  const { inside, outside } = shapleyWeights(players);
  const sizes = coalitionSizes(players);
  const sums = new Float64Array(outputs);
  // From v(∅) on, so that nothing larger than the differences is summed.
  const empty = worth.slice(0, outputs);
  for (let set = 0, cell = 0; set < sizes.length; set++) {
    const size = sizes[set];
    for (let output = 0; output < outputs; output++, cell++) {
      const gain = worth[cell] - empty[output];
      sums[output] += outside[size] * gain;
      worth[cell] = (inside[size] + outside[size]) * gain;
    }
  }
  for (let player = players - 1; player >= 0; player--) {
    const half = 2 ** player * outputs;
    for (let cell = 0; cell < half; cell += outputs) {
      for (let output = 0; output < outputs; output++) {
        const joined = worth[half + cell + output];
        values[player * outputs + output] += joined;
        worth[cell + output] += joined;
      }
    }
    for (let output = 0; output < outputs; output++) values[player * outputs + output] -= sums[output];
  }
  return values;
}

/** By the size of a coalition: its weight for a player in it, w(s − 1), and for one outside, w(s); 0 where there is none. */
function shapleyWeights(players: number): { inside: Float64Array; outside: Float64Array } {
  const inside = new Float64Array(players + 1);
  const outside = new Float64Array(players + 1);
  let weight = 1 / players;
  for (let size = 0; size < players; size++) {
    outside[size] = weight;
    inside[size + 1] = weight;
    weight *= (size + 1) / (players - 1 - size);
  }
  return { inside, outside };
}
