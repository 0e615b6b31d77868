import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  binomial,
  type Family,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasi,
  quasibinomial,
  quasipoisson,
  tweedie,
} from "../../../src/models/index.ts";

// Written by make-saturated.R beside this file, which names the versions that it ran with.
const reference = JSON.parse(readFileSync(new URL("saturated.json", import.meta.url), "utf8"));

interface SaturatedCase {
  readonly name: string;
  readonly response: number[];
  readonly weights: number[];
  readonly dispersion: number;
  readonly saturated: [number, number, number];
}

const made: Record<string, Family> = {
  gaussian: gaussian(),
  gamma: gamma(),
  inverseGaussian: inverseGaussian(),
  poisson: poisson(),
  "quasi mu": quasi({ variance: "mu" }),
  quasipoisson: quasipoisson(),
  quasibinomial: quasibinomial(),
  "negativeBinomial 1.3": negativeBinomial({ theta: 1.3 }),
  binomial: binomial(),
  "tweedie 1.5": tweedie({ power: 1.5 }),
  "tweedie 1.1": tweedie({ power: 1.1 }),
  "tweedie 1.85": tweedie({ power: 1.85 }),
};

/** mgcv's closed forms lose digits where gamma functions of large shapes cancel: 1e-15 of some thousands. */
const CLOSED = 1e-11;
/** mgcv's second derivatives are differences of sums over its series whose terms are some thousands times larger. */
const SERIES = 2e-6;

describe("saturated log-likelihoods of mgcv", () => {
  it.each(reference.cases as SaturatedCase[])("$name at dispersion $dispersion", ({ name, response, weights, dispersion, saturated }) => {
    const ours = made[name].saturated({ response: Float64Array.from(response), weights: Float64Array.from(weights), dispersion });
    const tolerance = name.startsWith("tweedie") ? SERIES : CLOSED;
    const size = Math.max(...saturated.map(Math.abs), 1);
    ours.forEach((value, k) => expect(Math.abs(value - saturated[k])).toBeLessThan(tolerance * size));
  });
});
