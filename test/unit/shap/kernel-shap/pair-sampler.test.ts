import { describe, expect, test } from "vitest";
import { PairSampler } from "../../../../src/shap/kernel-shap/pair-sampler.ts";

/** The drawn coalitions as lists of players. */
function coalitions(sampler: PairSampler): string[] {
  return Array.from({ length: sampler.numPairs }, (_, pair) =>
    Array.from({ length: sampler.numPlayers }, (__, player) => player)
      .filter((player) => (sampler.masks[pair * sampler.words + (player >> 5)] >>> (player & 31)) & 1)
      .join(),
  );
}

const draw = (numPlayers: number, count: number, seed = 1): PairSampler => {
  const sampler = new PairSampler(numPlayers, seed);
  sampler.grow(count);
  return sampler;
};

describe("pairs of coalitions", () => {
  test.each([2, 3, 4, 7, 8, 11])("of %i players are drawn once each until all are drawn, one of each pair", (numPlayers) => {
    const sampler = draw(numPlayers, Infinity);
    expect(sampler.numPairs).toBe(2 ** (numPlayers - 1) - 1);
    const all = coalitions(sampler);
    const complements = all.map((players) => {
      const own = new Set(players.split(",").map(Number));
      return Array.from({ length: numPlayers }, (_, player) => player)
        .filter((player) => !own.has(player))
        .join();
    });
    expect(new Set([...all, ...complements]).size).toBe(2 ** numPlayers - 2);
    const { share } = sampler.weigh(sampler.numPairs);
    expect([...share.subarray(1)].every((one) => one === 1)).toBe(true);
  });

  test.each([9, 33, 60, 100])("of %i players: the first of many are those of few, however the draw grows", (numPlayers) => {
    const many = draw(numPlayers, 200);
    const grown = new PairSampler(numPlayers, 1);
    for (const count of [3, 50, 51, 200]) grown.grow(count);
    expect(coalitions(grown)).toEqual(coalitions(many));
    expect(coalitions(draw(numPlayers, 50))).toEqual(coalitions(many).slice(0, 50));
    expect(new Set(coalitions(many)).size).toBe(200);
  });

  test("every size is drawn equally often while it lasts, and each player as often as any other", () => {
    const numPlayers = 21;
    const sampler = draw(numPlayers, 400);
    const counts = new Map<number, number>();
    for (const size of sampler.sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
    // Size 1 has 21 pairs only; the others share the rest.
    expect(counts.get(1)).toBe(21);
    for (let size = 2; size <= 10; size++) expect(Math.abs(counts.get(size)! - 379 / 9)).toBeLessThanOrEqual(1);
    const appearances = Array.from({ length: numPlayers }, () => 0);
    for (const players of coalitions(sampler)) for (const player of players.split(",")) appearances[Number(player)]++;
    const mean = appearances.reduce((sum, count) => sum + count, 0) / numPlayers;
    expect(Math.max(...appearances.map((count) => Math.abs(count - mean)))).toBeLessThan(0.15 * mean);
  });

  test("weights of what is drawn add up to the Shapley kernel's", () => {
    const sampler = draw(12, 300);
    const { weight } = sampler.weigh(300);
    let total = 0;
    for (let pair = 0; pair < 300; pair++) total += weight[sampler.sizes[pair]];
    let kernel = 0;
    for (let size = 1; size < 12; size++) kernel += 1 / (size * (12 - size)) / 2;
    expect(total).toBeCloseTo(kernel, 12);
  });
});
