import { createRandom } from "../../numeric/index.ts";
import type { Game } from "./games.ts";
import { PairedRegression } from "./paired-regression.ts";
import { hasPlayer } from "./coalition-bits.ts";

/** A game with what its values sum to. */
export interface OpenGame {
  readonly game: Game;
  /** v(N) − v(∅) of each output. */
  readonly difference: Float64Array;
}

/** Pairs for each coefficient: fewer, and the terms would fit noise. */
const PAIRS_PER_COEFFICIENT = 6;
/** More terms than this cost more algebra than they are worth. */
const TERMS_PER_PLAYER = 3;
const MOST_TERMS = 48;
/** Fewest terms that are worth the trouble. */
const FEWEST_TERMS = 4;
/** Players among whom terms are looked for: 2,300 products of three. */
const MOST_CANDIDATES = 25;
/** Games that the search looks at. */
const MOST_GAMES = 12;
/** Games whose held-out pairs are predicted. */
const MOST_JUDGES = 8;
/** Share of pairs held out. */
const HELD = 0.25;
/** The squared error of held-out pairs has to fall to this share. */
const WORTHWHILE = 0.85;

/**
 * Products of three players that the regressions of one explained row should take in: those that go best with the residuals of its games,
 * and only if they predict pairs that were held out better than main effects alone do.
 * @returns players, three a term; none where they do not help
 */
export function chooseOddTerms(games: readonly OpenGame[], seed: number): Int32Array {
  const open = games.filter(({ game }) => game.design !== null && !game.settled && roomFor(game) >= FEWEST_TERMS).slice(0, MOST_GAMES);
  if (open.length === 0) return new Int32Array(0);
  const ranked = rankTerms(open);
  const judges = open.slice(0, MOST_JUDGES);
  const plain = heldOutError(judges, new Int32Array(0), seed);
  let best = new Int32Array(0);
  let least = WORTHWHILE * plain;
  // A quarter of the room is tried too: few strong terms are better alone.
  for (const share of [1, 0.25]) {
    const most = Math.floor(share * Math.max(...open.map(({ game }) => roomFor(game))));
    const terms = ranked.slice(0, 3 * most);
    const error = heldOutError(judges, terms, seed);
    if (error < least) [best, least] = [terms, error];
  }
  return best;
}

/** The terms of a game: those among its players, in its own numbering, as many as it has pairs for. */
export function termsOfGame(game: Game, terms: Int32Array): Int32Array {
  const place = new Map(Array.from(game.players, (player, i) => [player, i]));
  const own: number[] = [];
  const most = 3 * Math.max(0, roomFor(game));
  for (let term = 0; term < terms.length && own.length < most; term += 3) {
    const players = Array.from(terms.subarray(term, term + 3), (player) => place.get(player) ?? -1);
    if (players.every((player) => player >= 0)) own.push(...players);
  }
  return Int32Array.from(own);
}

/** Terms that a game has pairs for. */
function roomFor({ numPairs, players }: Game): number {
  return Math.min(Math.floor(numPairs / PAIRS_PER_COEFFICIENT) - players.length, TERMS_PER_PLAYER * players.length, MOST_TERMS);
}

/** Weighted squared error of held-out pairs over games and outputs, after fits to the others. */
function heldOutError(open: readonly OpenGame[], terms: Int32Array, seed: number): number {
  let total = 0;
  for (const { game, difference } of open) {
    const { sampler } = game.design!;
    const random = createRandom(seed);
    const held = Uint8Array.from({ length: game.numPairs }, () => (random.next() < HELD ? 1 : 0));
    const { weight } = sampler.weigh(game.numPairs);
    const regression = new PairedRegression({ sampler, numPairs: game.numPairs, terms: termsOfGame(game, terms), held });
    difference.forEach((whole, output) => {
      const coefficients = regression.fit(game.odd, whole / 2, output, difference.length);
      const residuals = regression.residuals(game.odd, whole / 2, output, difference.length, coefficients);
      residuals.forEach((residual, pair) => (total += held[pair] ? weight[sampler.sizes[pair]] * residual * residual : 0));
    });
  }
  return total;
}

/** All products of three of the players that matter most, by how much of the residuals they go with; three players a term. */
function rankTerms(open: readonly OpenGame[]): Int32Array {
  const candidates = chooseCandidates(open);
  const n = candidates.length;
  const scores = new Float64Array((n * (n - 1) * (n - 2)) / 6);
  for (const { game, difference } of open) {
    const signs = signsOf(game, candidates);
    const { sampler } = game.design!;
    const { weight } = sampler.weigh(game.numPairs);
    difference.forEach((whole, output) => {
      const regression = game.design!.regress(game.numPairs);
      const coefficients = regression.fit(game.odd, whole / 2, output, difference.length);
      const residuals = regression.residuals(game.odd, whole / 2, output, difference.length, coefficients);
      addScores(
        scores,
        residuals.map((residual, pair) => weight[sampler.sizes[pair]] * residual),
        signs,
      );
    });
  }
  const terms: number[][] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) for (let k = 0; k < j; k++) terms.push([candidates[i], candidates[j], candidates[k]]);
  const order = [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
  return Int32Array.from(order.filter((term) => scores[term] > 0).flatMap((term) => terms[term]));
}

/** Squared weighted sums of residual × product, one a term, in the order i > j > k. */
function addScores(scores: Float64Array, weighted: Float64Array, signs: readonly (Float64Array | null)[]): void {
  const both = new Float64Array(weighted.length);
  let term = 0;
  for (let i = 0; i < signs.length; i++) {
    for (let j = 0; j < i; j++) {
      const [one, other] = [signs[i], signs[j]];
      if (one && other) for (let pair = 0; pair < both.length; pair++) both[pair] = weighted[pair] * one[pair] * other[pair];
      for (let k = 0; k < j; k++, term++) {
        const third = signs[k];
        if (!one || !other || !third) continue;
        let sum = 0;
        for (let pair = 0; pair < both.length; pair++) sum += both[pair] * third[pair];
        scores[term] += sum * sum;
      }
    }
  }
}

/** ±1 of each pair for each candidate; null where the game does not have it. */
function signsOf(game: Game, candidates: readonly number[]): (Float64Array | null)[] {
  const { masks, words } = game.design!.sampler;
  return candidates.map((candidate) => {
    const own = game.players.indexOf(candidate);
    return own < 0 ? null : Float64Array.from({ length: game.numPairs }, (_, pair) => (hasPlayer(masks, pair * words, own) ? 1 : -1));
  });
}

/** The players of largest values over the games: terms of three seldom matter without their players doing so. */
function chooseCandidates(open: readonly OpenGame[]): number[] {
  const strength = new Map<number, number>();
  for (const { game, difference } of open) {
    const outputs = difference.length;
    const values = game.design!.regress(game.numPairs).solveValues(game.odd, difference);
    game.players.forEach((player, i) => {
      let size = 0;
      for (let output = 0; output < outputs; output++) size += Math.abs(values[i * outputs + output]);
      strength.set(player, (strength.get(player) ?? 0) + size);
    });
  }
  return [...strength]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, MOST_CANDIDATES)
    .map(([player]) => player)
    .sort((a, b) => a - b);
}
