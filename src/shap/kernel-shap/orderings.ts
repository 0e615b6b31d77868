import { shuffle, type Random } from "../../numeric/index.ts";
import { addPlayer, countWords, coalitionKey } from "./coalition-bits.ts";
import type { HierarchyNode } from "./hierarchy.ts";

/** A random ordering of players that keeps the players of every node together. */
export function drawOrdering(node: HierarchyNode, random: Random): number[] {
  if (typeof node === "number") return [node];
  const children = [...node];
  shuffle(children, random);
  return children.flatMap((child) => drawOrdering(child, random));
}

/** Coalitions, and how each player's value is made of them. */
export interface OwenPlan {
  /** One coalition below the other, the empty and the full one among them. */
  readonly masks: Uint32Array;
  readonly numCoalitions: number;
  /** Player, coalition and factor of each contribution. */
  readonly players: readonly number[];
  readonly coalitions: readonly number[];
  readonly factors: readonly number[];
}

/**
 * Every coalition that Owen's value of a hierarchy asks about, or null when there are more than `most`: at each node on the way to a player
 * any of its siblings may be there as a whole. For a hierarchy of one level these are all coalitions, and the value is Shapley's.
 *
 * @see Owen (1977), doi:10.1007/978-3-642-45494-3_7; Winter (1989), doi:10.1007/BF01293622
 */
export function planOwen(root: HierarchyNode, numPlayers: number, most: number): OwenPlan | null {
  const builder = new PlanBuilder(numPlayers, most);
  return builder.visit(root, new Uint32Array(builder.words), 1) ? builder.plan() : null;
}

/** The weight of each number of siblings that come before: s! (m − 1 − s)! / m!. */
function orderWeights(count: number): number[] {
  const weights = [1 / count];
  for (let s = 1; s < count; s++) weights.push((weights[s - 1] * s) / (count - s));
  return weights;
}

class PlanBuilder {
  readonly words: number;
  private readonly most: number;
  private readonly numPlayers: number;
  private readonly index = new Map<number | string, number>();
  private readonly masks: number[] = [];
  private readonly players: number[] = [];
  private readonly coalitions: number[] = [];
  private readonly factors: number[] = [];

  constructor(numPlayers: number, most: number) {
    this.numPlayers = numPlayers;
    this.words = countWords(numPlayers);
    this.most = most;
  }

  /** Adds what a node contributes when the players of `before` are there; false as soon as there are too many coalitions. */
  visit(node: HierarchyNode, before: Uint32Array, weight: number): boolean {
    if (typeof node === "number") return this.addPlayer(node, before, weight);
    const count = node.length;
    if (2 ** (count - 1) > this.most) return false;
    const weights = orderWeights(count);
    const sets = node.map((child) => this.maskOf(child));
    for (let own = 0; own < count; own++) {
      for (let present = 0; present < 2 ** count; present++) {
        if ((present >> own) & 1) continue;
        const context = before.slice();
        let size = 0;
        for (let other = 0; other < count; other++) {
          if (!((present >> other) & 1)) continue;
          size++;
          for (let word = 0; word < this.words; word++) context[word] |= sets[other][word];
        }
        if (!this.visit(node[own], context, weight * weights[size])) return false;
      }
    }
    return true;
  }

  plan(): OwenPlan {
    const { players, coalitions, factors } = this;
    return { masks: Uint32Array.from(this.masks), numCoalitions: this.index.size, players, coalitions, factors };
  }

  private addPlayer(player: number, before: Uint32Array, weight: number): boolean {
    const after = before.slice();
    addPlayer(after, 0, player);
    this.players.push(player, player);
    this.coalitions.push(this.find(after), this.find(before));
    this.factors.push(weight, -weight);
    return this.index.size <= this.most;
  }

  private find(mask: Uint32Array): number {
    const key = coalitionKey(mask, 0, this.words);
    const known = this.index.get(key);
    if (known !== undefined) return known;
    const place = this.index.size;
    this.index.set(key, place);
    this.masks.push(...mask);
    return place;
  }

  private maskOf(node: HierarchyNode): Uint32Array {
    const mask = new Uint32Array(countWords(this.numPlayers));
    const mark = (part: HierarchyNode): void => (typeof part === "number" ? addPlayer(mask, 0, part) : part.forEach(mark));
    mark(node);
    return mask;
  }
}
