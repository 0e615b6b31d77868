import type { Table } from "../../table/index.ts";

/** The rows that stand for "feature absent", with their weights. */
export interface BackgroundRows {
  readonly table: Table;
  /** One a row, not negative, not all 0. */
  readonly weights: Float64Array;
  readonly totalWeight: number;
}

/** A part of the linear predictor that several players share: a game of its own. */
export interface JointPart {
  /** The players by position among all players; bit k of a coalition is the k-th of them. */
  readonly players: readonly number[];
  /**
   * The worth of a coalition for each row: the mean of the part over the background, with the columns of the coalition's players set to
   * the row's values. The empty coalition and that of all players may be asked for as well.
   */
  worth(coalition: number, rows: Table): Float64Array;
}

/** The Shapley values of a joint part: one array a player, one value a row. @see Shapley (1953), doi:10.1515/9781400881970-018 */
export function shareJointPart({ players, worth }: JointPart, rows: Table): Float64Array[] {
  const count = players.length;
  const shares = players.map(() => new Float64Array(rows.numRows));
  const weights = [1 / count];
  for (let size = 1; size < count; size++) weights.push((weights[size - 1] * size) / (count - size));
  for (let coalition = 0; coalition < 2 ** count; coalition++) {
    const worths = worth(coalition, rows);
    const size = countBits(coalition);
    for (let k = 0; k < count; k++) {
      // With the player in it, what the coalition adds to one of a member less; without, what it takes from one of a member more.
      const factor = (coalition >> k) & 1 ? weights[size - 1] : -weights[size];
      const share = shares[k];
      for (let row = 0; row < share.length; row++) share[row] += factor * worths[row];
    }
  }
  return shares;
}

function countBits(set: number): number {
  let bits = 0;
  for (let rest = set; rest; rest &= rest - 1) bits++;
  return bits;
}
