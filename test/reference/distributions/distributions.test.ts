import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as numeric from "../../../src/numeric/index.ts";

/**
 * Against fifty digits. A probability e^−E has its exponent rounded, and so E roundings of 1e-16: the allowance grows with E = |log p|.
 * The 300 roundings are for counts and shapes near 1e6, whose mean n · p is itself rounded before it is subtracted, and for Tweedie powers
 * near 1, whose deviance is a difference divided by power − 1.
 */
const EXACT = 3e-14;

/** Against R, whose own logarithms of densities and tails carry some hundreds of roundings (negative binomial at theta 1e4: 8e-14). */
const R = 1e-13;

/** R's `qt` and `qf` stop their searches at about 1e-10 (qf(0.025, 1, 1000) is 1.3e-10 away from the value that pf takes back to 0.025). */
const R_SEARCH = 1e-9;

type Numbers = (...values: number[]) => number;
interface Reference {
  readonly provenance: Record<"software" | "script" | "call", string>;
  readonly cases: Record<string, readonly (readonly number[])[]>;
}

const functions = numeric as unknown as Record<string, Numbers & Record<string, Numbers>>;

function read(name: string): Reference {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as Reference;
}

/** How far a value may lie from `want`: relative, but for log densities, which cross 0, relative to 1 at least. */
function allowance(name: string, want: number): number {
  const size = Math.abs(want);
  return name.endsWith("logDensity") ? Math.max(1, size) : size * (1 + Math.abs(Math.log(size)));
}

function compare(name: string, rows: readonly (readonly number[])[], tolerance: number): void {
  const [object, method] = name.split(".");
  const call = method === undefined ? functions[object] : functions[object][method];
  const wrong = rows.flatMap((row) => {
    const want = row.at(-1)!;
    const got = call(...row.slice(0, -1));
    return Math.abs(got - want) <= tolerance * allowance(name, want) ? [] : [{ arguments: row.slice(0, -1), want, got }];
  });
  expect(wrong).toEqual([]);
}

describe("fifty digits", () => {
  const { cases, provenance } = read("exact.json");
  it(`has cases of ${provenance.software} (${provenance.call})`, () => expect(Object.keys(cases).length).toBeGreaterThan(45));
  it.each(Object.keys(cases))("%s", (name) => {
    expect(cases[name].length).toBeGreaterThan(25);
    compare(name, cases[name], EXACT);
  });
});

describe("R", () => {
  const { cases, provenance } = read("r.json");
  it(`has cases of ${provenance.software} (${provenance.call})`, () => expect(Object.keys(cases).length).toBeGreaterThan(20));
  it.each(Object.keys(cases))("%s", (name) => {
    expect(cases[name].length).toBeGreaterThan(8);
    compare(name, cases[name], /^(studentT|fisherF).quantile$/.test(name) ? R_SEARCH : R);
  });
});
