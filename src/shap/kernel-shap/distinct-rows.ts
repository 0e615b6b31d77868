import { hasPlayer } from "./coalition-bits.ts";
import type { SyntheticRows } from "./synthetic-rows.ts";

/** A row that was asked for. */
interface Asked {
  readonly mask: Uint32Array;
  readonly source: number;
  readonly slot: number;
  readonly next: Asked | undefined;
}

/**
 * Finds the synthetic rows of one explained row that are the same in every cell, whichever coalition and background row they come from: a
 * background row and the players that change in it tell a row, and rows of few distinct values meet often. Rows are told by their cells, never
 * by a hash alone.
 */
export class DistinctRows {
  /** The content of each player in each source: 0 where the explained row has the same; numPlayers × sources. */
  private readonly contents: readonly Int32Array[];
  /** Random words of contents, two a content. */
  private readonly words: readonly Int32Array[];
  private readonly known = new Map<number, Asked>();

  constructor(rows: SyntheticRows, row: number, numPlayers: number) {
    this.contents = rows.contents(row, numPlayers);
    this.words = this.contents.map((own, player) => {
      const most = own.reduce((largest, content) => Math.max(largest, content), 0);
      return Int32Array.from({ length: 2 * (most + 1) }, (_, i) => (i < 2 ? 0 : scramble(player * 0x9e3779b1 + i * 0x85ebca6b)));
    });
  }

  /**
   * The slot of a row that was asked for before; else -1, and the row is known by `slot` from now on.
   * @param mask - the players in the coalition
   */
  find(mask: Uint32Array, source: number, slot: number): number {
    const key = this.hash(mask, source);
    const first = this.known.get(key);
    for (let asked = first; asked; asked = asked.next) if (this.areEqual(asked, mask, source)) return asked.slot;
    this.known.set(key, { mask: mask.slice(), source, slot, next: first });
    return -1;
  }

  private hash(mask: Uint32Array, source: number): number {
    let [low, high] = [0, 0];
    for (let player = 0; player < this.contents.length; player++) {
      if (hasPlayer(mask, 0, player)) continue;
      const content = this.contents[player][source];
      low ^= this.words[player][2 * content];
      high ^= this.words[player][2 * content + 1];
    }
    return (high >>> 11) * 2 ** 32 + (low >>> 0);
  }

  private areEqual(asked: Asked, mask: Uint32Array, source: number): boolean {
    for (let player = 0; player < this.contents.length; player++) {
      const own = hasPlayer(mask, 0, player) ? 0 : this.contents[player][source];
      const other = hasPlayer(asked.mask, 0, player) ? 0 : this.contents[player][asked.source];
      if (own !== other) return false;
    }
    return true;
  }
}

/** The finalizer of MurmurHash3. */
function scramble(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
