import { describe, expect, it } from "vitest";
import { createRandom, randomFromState, stateFromSeed } from "../../../src/numeric/random.ts";

describe("createRandom", () => {
  it("gives the published words of xoshiro128** from the state 1, 2, 3, 4", () => {
    // First outputs of xoshiro128starstar.c 1.1 by Blackman and Vigna, as published with rand_xoshiro.
    const random = randomFromState([1, 2, 3, 4]);
    const words = Array.from({ length: 10 }, () => random.integer(2 ** 32));
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804]);
  });

  it("seeds by the published outputs of SplitMix64", () => {
    // First two outputs of splitmix64.c by Vigna for the seed 1234567.
    const [a, b, c, d] = stateFromSeed(1234567).map(BigInt);
    expect([a + (b << 32n), c + (d << 32n)]).toEqual([6457827717110365317n, 3203168211198807973n]);
  });

  it("makes a double of 53 bits from two words, high word first", () => {
    const random = randomFromState([1, 2, 3, 4]);
    expect(random.next()).toBe((11520 >>> 5) / 2 ** 27);
    expect(random.next()).toBe(((5927040 >>> 5) * 2 ** 26 + (70819200 >>> 6)) / 2 ** 53);
  });

  it("repeats itself for the same seed, and not for another", () => {
    expect(draw(7)).toEqual(draw(7));
    expect(new Set([...draw(7), ...draw(8), ...draw(-7), ...draw(0), ...draw(Number.MAX_SAFE_INTEGER)]).size).toBe(25);
  });

  it("draws every whole number below n about equally often", () => {
    const random = createRandom(3);
    const counts = new Float64Array(6);
    const draws = 60_000;
    for (let i = 0; i < draws; i++) counts[random.integer(6)]++;
    const chiSquared = counts.reduce((total, count) => total + (count - draws / 6) ** 2 / (draws / 6), 0);
    // 25.7 is passed once in 10,000 seeds (chi-squared, 5 degrees of freedom); the seed is fixed.
    expect(chiSquared).toBeLessThan(25.7);
  });

  it("draws 0 when nothing else is below n", () => {
    const random = createRandom(1);
    expect(Array.from({ length: 20 }, () => random.integer(1))).toEqual(Array.from({ length: 20 }, () => 0));
  });

  it("has the mean and spread of a uniform variable", () => {
    const random = createRandom(11);
    const values = Array.from({ length: 100_000 }, () => random.next());
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length;
    // Four standard errors: 4 √(1/12/n) and 4 √(1/180/n).
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.0037);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.00095);
  });
});

function draw(seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: 5 }, () => random.next());
}
