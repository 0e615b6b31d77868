import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { weightedChiSquared } from "../../../src/numeric/index.ts";

interface Reference {
  readonly software: string;
  readonly cases: readonly { readonly x: number; readonly weights: number[]; readonly degrees: number[]; readonly upper: number }[];
}

/** Davies' method was asked for 1e-10, absolute. */
const DAVIES = 2e-10;

it("agrees with Davies' method for weights of both signs", () => {
  const { cases } = JSON.parse(readFileSync(new URL("weighted-chi-squared.json", import.meta.url), "utf8")) as Reference;
  const misses = cases.map(({ x, weights, degrees, upper }) => Math.abs(weightedChiSquared.upper(x, weights, degrees) - upper));
  expect(cases).toHaveLength(48);
  expect(Math.max(...misses)).toBeLessThan(DAVIES);
});
