import type { LeafBackground } from "./linear-leaf-background.ts";
import type { LinearLeafPlan } from "./linear-leaf-plan.ts";

/** What every player of a leaf gets, as a function of the row's terms: players × (1 + slots), a constant and then a factor of each slot's terms. */
export type LeafShares = Float64Array;

/** Works out shares for patterns of one tree; keeps nothing but working lists. */
export class ShareMaker {
  private readonly shares: Float64Array;
  private readonly stride: number;
  private readonly words: number;
  /** For each player: 1 when only the row passes, 2 when only the background does, 3 for both. */
  private readonly state: Uint8Array;

  /** @param shares - of pairs, at `p * stride + q`, with room for one player more than a leaf has */
  constructor(shares: Float64Array, stride: number, words: number) {
    this.shares = shares;
    this.stride = stride;
    this.words = words;
    this.state = new Uint8Array(stride);
  }

  /**
   * Sums over the background's patterns. Against one of them, the leaf is reached exactly when those players that only the row lets pass are in
   * and those that only the background lets pass are out. Then a term counts with the row's value if its player is in: always for the former,
   * never for the latter, and for a player whom both let pass it is a game with that player among those who must be in.
   *
   * @returns null where no coalition reaches the leaf
   */
  make(leaf: LinearLeafPlan, background: LeafBackground, patterns: Int32Array, at: number): LeafShares | null {
    let out: LeafShares | null = null;
    for (let b = 0; b < background.count; b++) {
      if (background.weights[b] === 0 || !this.meets(patterns, at, background.patterns, b * this.words)) continue;
      out ??= new Float64Array(leaf.players.length * (1 + leaf.slotBit.length));
      this.addPair(leaf, background, b, patterns, at, out);
    }
    return out;
  }

  private meets(own: Int32Array, at: number, others: Int32Array, from: number): boolean {
    for (let word = 0; word < this.words; word++) if ((own[at + word] | others[from + word]) !== -1) return false;
    return true;
  }

  private addPair(leaf: LinearLeafPlan, background: LeafBackground, b: number, own: Int32Array, at: number, out: LeafShares): void {
    const { shares, stride, state } = this;
    const { players, slotBit, offset } = leaf;
    let [rowOnly, otherOnly] = [0, 0];
    for (let bit = 0; bit < players.length; bit++) {
      const word = bit >> 5;
      const mine = (own[at + word] >>> (bit & 31)) & 1;
      const theirs = (background.patterns[b * this.words + word] >>> (bit & 31)) & 1;
      state[bit] = mine + 2 * theirs;
      rowOnly += mine & ~theirs;
      otherOnly += theirs & ~mine;
    }
    const weight = background.weights[b];
    const inside = rowOnly > 0 ? shares[rowOnly * stride + otherOnly] : 0;
    const outside = otherOnly > 0 ? -shares[otherOnly * stride + rowOnly] : 0;
    let constant = weight * offset;
    for (let slot = 0; slot < slotBit.length; slot++) {
      const moment = background.moments[b * slotBit.length + slot];
      if (state[slotBit[slot]] !== 1) constant += moment;
      if (state[slotBit[slot]] === 1) this.credit(leaf, inside, outside, 1 + slot, weight, out);
      else if (state[slotBit[slot]] === 3) this.addJoining(leaf, slot, rowOnly, otherOnly, weight, moment, out);
    }
    this.credit(leaf, inside, outside, 0, constant, out);
  }

  /** The game of a term whose player both let pass: the row's terms in place of the background's, once the player is in too. */
  private addJoining(
    leaf: LinearLeafPlan,
    slot: number,
    rowOnly: number,
    otherOnly: number,
    weight: number,
    moment: number,
    out: LeafShares,
  ): void {
    const { shares, stride } = this;
    const width = 1 + leaf.slotBit.length;
    const inside = shares[(rowOnly + 1) * stride + otherOnly];
    const outside = otherOnly > 0 ? -shares[otherOnly * stride + rowOnly + 1] : 0;
    this.credit(leaf, inside, outside, 1 + slot, weight, out);
    this.credit(leaf, inside, outside, 0, -moment, out);
    const own = leaf.slotBit[slot] * width;
    out[own + 1 + slot] += inside * weight;
    out[own] -= inside * moment;
  }

  /** Adds to one column of the shares: `inside` for players that must be in, `outside` for those that must be out. */
  private credit(
    { players, slotBit }: LinearLeafPlan,
    inside: number,
    outside: number,
    column: number,
    amount: number,
    out: LeafShares,
  ): void {
    const width = 1 + slotBit.length;
    for (let bit = 0; bit < players.length; bit++) {
      if (this.state[bit] === 1) out[bit * width + column] += inside * amount;
      else if (this.state[bit] === 2) out[bit * width + column] += outside * amount;
    }
  }
}
