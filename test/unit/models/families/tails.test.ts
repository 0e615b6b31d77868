import { describe, expect, it } from "vitest";
import { binomial, gamma, inverseGaussian, link, negativeBinomial, poisson, tweedie } from "../../../../src/models/index.ts";
import { runSlope, runWork } from "./run-work.ts";

/** A few roundings: what is expected is a closed form of the same numbers. */
const ROUNDING = 1e-14;

function expectRelative(actual: number, expected: number, tolerance = ROUNDING): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describe("binomial with logit link at ±700", () => {
  const { work } = binomial();

  it("keeps the score, the information and the deviance of an event that was sure", () => {
    const row = runWork(work, 1, 700);
    expect(row.mean).toBe(1);
    expectRelative(row.score, Math.exp(-700));
    expectRelative(row.information, Math.exp(-700));
    expectRelative(row.deviance, 2 * Math.exp(-700));
  });

  it("and of one that was impossible", () => {
    const row = runWork(work, 1, -700);
    expectRelative(row.mean, Math.exp(-700));
    expect(row.score).toBe(1);
    expect(row.deviance).toBe(1400);
    expect(runWork(work, 0, 700)).toMatchObject({ score: -1, deviance: 1400 });
    expectRelative(runWork(work, 0.5, 700).deviance, 700 - 2 * Math.LN2);
  });

  it("stays finite beyond float64's exponentials", () => {
    expect(runWork(work, 1, -1e6)).toMatchObject({ mean: 0, score: 1, information: 0, deviance: 2e6 });
    expect(runWork(work, 0.25, -1e6).deviance).toBeCloseTo(2 * (0.25 * (Math.log(0.25) + 1e6) + 0.75 * Math.log(0.75)), 6);
  });
});

describe("binomial with other links in the tails", () => {
  it("probit: the score of a surprise is Mills' ratio inverted, x + 1/x − …, and the deviance grows like its square", () => {
    const { work } = binomial({ link: "probit" });
    const row = runWork(work, 1, -700);
    // The asymptotic series of the hazard: x + 1/x − 2/x³.
    expectRelative(row.score, 700 + 1 / 700 - 2 / 700 ** 3);
    // −2 log Φ(−x) = x² + log 2π + 2 log(x) + 2/x² − …
    expectRelative(row.deviance, 490000 + Math.log(2 * Math.PI) + 2 * Math.log(700) + 2 / 490000);
    expect(runWork(work, 1, -700, 1, true).information).toBeCloseTo(1 - 1 / 490000, 9);
    expect(runWork(work, 0, 700)).toMatchObject({ score: -row.score, deviance: row.deviance });
    expect(runWork(work, 1, 700)).toMatchObject({ score: 0, deviance: 0 });
    expect(Number.isFinite(runWork(work, 0.5, 700).deviance)).toBe(true);
  });

  it("cloglog: a failure's score is −exp(eta), a success's tends to 1 and its deviance to −2 eta", () => {
    const { work } = binomial({ link: "cloglog" });
    expectRelative(runWork(work, 0, 700).score, -Math.exp(700));
    expectRelative(runWork(work, 0, 700).deviance, 2 * Math.exp(700));
    expect(runWork(work, 1, -700)).toMatchObject({ score: 1, deviance: 1400 });
    expect(runWork(work, 1, 700)).toMatchObject({ mean: 1, score: 0, information: 0, deviance: 0 });
    expectRelative(runWork(work, 1, -20, 1, true).information, Math.exp(-20) / 2 - Math.exp(-40) / 6);
    expectRelative(runWork(work, 0, 50, 1, true).information, Math.exp(50));
  });

  it("cauchit: the complement of a large linear predictor is atan(1 / eta) / π", () => {
    const { work } = binomial({ link: "cauchit" });
    const tail = Math.atan(1 / 700) / Math.PI;
    expectRelative(runWork(work, 1, -700).mean, tail);
    expectRelative(runWork(work, 0, 700).deviance, -2 * Math.log(tail));
    expectRelative(runWork(work, 1, 700).deviance, -2 * Math.log1p(-tail));
    expectRelative(runWork(work, 1, 700).score, 1 / (Math.PI * 490001) / (1 - tail));
    expectRelative(runWork(work, 0, 1e9).score, -1e-9, 1e-12);
  });

  it("log: the complement is −expm1(eta)", () => {
    const { work } = binomial({ link: "log" });
    expectRelative(runWork(work, 0, -1e-12).deviance, -2 * Math.log(1e-12), 1e-12);
    expect(runWork(work, 0, 0.1).deviance).toBeNaN();
    expect(runWork(work, 0, 0).deviance).toBeNaN();
  });
});

describe("counts and amounts with log link at ±700", () => {
  it("poisson", () => {
    const { work } = poisson();
    expectRelative(runWork(work, 3, 700).deviance, 2 * (Math.exp(700) + 3 * Math.log(3) - 2100 - 3));
    expectRelative(runWork(work, 3, -700).deviance, 2 * (3 * (Math.log(3) + 700) - 3));
    expectRelative(runWork(work, 0, -700).deviance, 2 * Math.exp(-700));
    expect(runWork(work, 5, -800)).toMatchObject({ mean: 0, score: 5, information: 0 });
    expectRelative(runWork(work, 1e9, -700).deviance, 2e9 * (Math.log(1e9) + 700 - 1));
    expect(runWork(work, 3, 710).deviance).toBe(Infinity);
  });

  it("negative binomial: the score is bounded by theta where the mean is large", () => {
    const { work } = negativeBinomial({ theta: 2 });
    expectRelative(runWork(work, 3, 700).score, -2);
    expectRelative(runWork(work, 3, 700).information, 2);
    expectRelative(runWork(work, 3, 700).deviance, 2 * (3 * (Math.log(3) - 700) - 5 * (Math.log(5) - 700)));
    expectRelative(runWork(work, 3, -700).deviance, 2 * (3 * (Math.log(3) + 700) - 5 * Math.log(2.5)));
    expect(runWork(work, 0, 700).deviance).toBeCloseTo(4 * (700 - Math.LN2), 9);
  });

  it("negative binomial of huge theta is poisson", () => {
    for (const [y, eta] of [
      [0, 1],
      [7, 2],
      [7, -3],
      [90, 4.5],
    ]) {
      const row = runWork(negativeBinomial({ theta: 1e12 }).work, y, eta);
      const limit = runWork(poisson().work, y, eta);
      expectRelative(row.deviance, limit.deviance, 1e-9);
      expectRelative(row.score, limit.score, 1e-9);
    }
  });

  it("gamma, tweedie and inverse gaussian", () => {
    expectRelative(runWork(gamma({ link: "log" }).work, 2, 700).deviance, 2 * (2 * Math.exp(-700) - 1 + 700 - Math.log(2)));
    expectRelative(runWork(gamma({ link: "log" }).work, 2, -700).score, 2 * Math.exp(700));
    const compound = tweedie({ power: 1.5 }).work;
    expectRelative(runWork(compound, 0, 700).deviance, 4 * Math.exp(350), 1e-12);
    expectRelative(runWork(compound, 4, -700).deviance, 2 * (8 * Math.exp(350) - 8 + 2 * Math.exp(-350)), 1e-12);
    expectRelative(runWork(compound, 4, 700).deviance, 2 * (2 * Math.exp(350) - 8 + 8 * Math.exp(-350)), 1e-12);
    expectRelative(runWork(inverseGaussian({ link: "log" }).work, 2, 700).deviance, 0.5);
  });
});

describe("rows without weight", () => {
  it.each([
    binomial(),
    binomial({ link: "cloglog" }),
    poisson(),
    negativeBinomial({ theta: 1 }),
    gamma(),
    gamma({ link: "log" }),
    tweedie({ power: 1.5 }),
  ])("$name count for nothing, even where nothing is finite", ({ work }) => {
    expect(runWork(work, 1, 800, 0)).toMatchObject({ score: 0, information: 0, deviance: 0 });
  });
});

describe("links in the tails", () => {
  it("logit, cloglog and cauchit invert without cancelling", () => {
    expectRelative(link("logit").inverse(-700), Math.exp(-700));
    expectRelative(link("cloglog").inverse(-700), Math.exp(-700));
    expectRelative(link("cauchit").inverse(-1e10), 1e-10 / Math.PI);
    expectRelative(link("cauchit").apply(1e-200), -1e200 / Math.PI);
    expectRelative(link("logit").apply(1e-300), Math.log(1e-300));
  });

  it("slopes and curvatures are finite at ±700 and 0 where they underflow", () => {
    for (const name of ["logit", "probit", "cloglog", "cauchit"] as const) {
      for (const eta of [-1e4, -700, 700, 1e4]) {
        expect(Number.isFinite(link(name).slope(eta)) && Number.isFinite(link(name).curvature(eta)), `${name} at ${eta}`).toBe(true);
      }
    }
    expectRelative(link("logit").slope(-700), Math.exp(-700));
    expectRelative(link("logit").curvature(-700), Math.exp(-700));
    expectRelative(link("cauchit").curvature(-1e6), 2e-18 / Math.PI, 1e-11);
  });
});

describe("slopes of the information in the tails", () => {
  it("logit: exp(−|eta|) on either side", () => {
    const { informationSlope } = binomial();
    expectRelative(runSlope(informationSlope, 1, 700), -Math.exp(-700));
    expectRelative(runSlope(informationSlope, 0, -700), Math.exp(-700));
    expect(runSlope(informationSlope, 0, 1e6)).toBeCloseTo(0, 300);
  });

  it("probit: the observed information 1 − 1/x² + 6/x⁴ of a surprise changes by 2/x³ − 24/x⁵", () => {
    const { informationSlope } = binomial({ link: "probit" });
    expectRelative(runSlope(informationSlope, 0, 700, 1, true), 2 / 700 ** 3 - 24 / 700 ** 5, 1e-9);
    expectRelative(runSlope(informationSlope, 1, -700, 1, true), -2 / 700 ** 3 + 24 / 700 ** 5, 1e-9);
    expect(runSlope(informationSlope, 0.5, 1e6, 1, true)).toBeCloseTo(1e-18, 20);
  });

  it("probit: the series takes over without a step", () => {
    const { informationSlope } = binomial({ link: "probit" });
    const [far, below, above, beyond] = [19.998, 19.9999999, 20, 20.002].map((eta) => runSlope(informationSlope, 0, eta, 1, true));
    // Half the distance to the neighbours on either side has half the change.
    expect(Math.abs(above - below)).toBeLessThan(1e-8 * above);
    expect(Math.abs((far + beyond) / 2 - above)).toBeLessThan(1e-6 * above);
  });

  it("cloglog: a failure's is exp(eta), a success's half of it where it is rare", () => {
    const { informationSlope } = binomial({ link: "cloglog" });
    expectRelative(runSlope(informationSlope, 0, 50, 1, true), Math.exp(50));
    expectRelative(runSlope(informationSlope, 1, -20, 1, true), Math.exp(-20) / 2 - Math.exp(-40) / 3);
    expect(runSlope(informationSlope, 1, 700, 1, true)).toBeCloseTo(0, 300);
  });

  it("rows without weight have none, whatever their linear predictor", () => {
    for (const family of [binomial(), binomial({ link: "probit" }), poisson(), gamma({ link: "log" }), gamma(), tweedie({ power: 1.5 })]) {
      for (const observed of [false, true]) expect(runSlope(family.informationSlope, 1, 1e6, 0, observed)).toBe(0);
    }
  });
});
