import { InputError } from "../../../errors.ts";
import { EDGE, EDGE_WORDS, REPEATED } from "../engine/tree-edges.ts";
import type { TreeProgram } from "../engine/tree-program.ts";

/** Pairs of one model, at most: their values take 8 bytes each a row. */
const MOST_PAIRS = 2 ** 23;

/** The pairs of players that some path of the model tests both of: all others have no interaction. */
export interface InteractingPairs {
  readonly count: number;
  /** The lower player of each pair; pairs ascend. */
  readonly first: Int32Array;
  /** The higher player of each pair. */
  readonly second: Int32Array;
  /** The place of a pair of different players among them, whichever comes first. */
  find(i: number, j: number): number;
}

/** Finds the pairs of players that meet on a path. @throws InputError where there are too many to hold */
export function findInteractingPairs(programs: readonly TreeProgram[], numPlayers: number): InteractingPairs {
  const keys = new Set<number>();
  for (const program of programs) collectKeys(program, numPlayers, keys);
  const sorted = Float64Array.from(keys).sort();
  const placeOf = new Map<number, number>();
  sorted.forEach((key, place) => placeOf.set(key, place));
  return {
    count: sorted.length,
    first: Int32Array.from(sorted, (key) => Math.floor(key / numPlayers)),
    second: Int32Array.from(sorted, (key) => key % numPlayers),
    find: (i, j) => placeOf.get(pairKey(i, j, numPlayers)) as number,
  };
}

function pairKey(i: number, j: number, numPlayers: number): number {
  return Math.min(i, j) * numPlayers + Math.max(i, j);
}

/** Each edge that tests a new player makes it meet those above. */
function collectKeys({ edges }: TreeProgram, numPlayers: number, keys: Set<number>): void {
  const above: number[] = [];
  for (let at = 0; at < edges.length; at += EDGE_WORDS) {
    if (edges[at + EDGE.flags] & REPEATED) continue;
    const player = edges[at + EDGE.player];
    const bit = edges[at + EDGE.bit];
    for (let other = 0; other < bit; other++) keys.add(pairKey(player, above[other], numPlayers));
    above[bit] = player;
    if (keys.size > MOST_PAIRS) throw tooManyPairs();
  }
}

function tooManyPairs(): InputError {
  return new InputError({
    call: "treeShap.interactions",
    argument: "ensemble",
    expected: `a model in which at most ${MOST_PAIRS} pairs of features meet on a path`,
    received: "more",
    mend: "Put features together with `groups`, or train shallower trees.",
  });
}
