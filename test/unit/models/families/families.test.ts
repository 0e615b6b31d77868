import { describe, expect, it } from "vitest";
import {
  beta,
  binomial,
  type Family,
  fitGlm,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  power,
  quasi,
  quasibinomial,
  quasipoisson,
  scaledT,
  tweedie,
  zeroInflatedPoisson,
} from "../../../../src/models/index.ts";
import { familyFromJson, resolveFamily } from "../../../../src/models/families/resolve-family.ts";
import { messageOf } from "../../../support/message-of.ts";

describe("families", () => {
  it("have R's default links", () => {
    const made = [gaussian(), binomial(), poisson(), gamma(), inverseGaussian(), quasipoisson(), quasibinomial(), quasi()];
    const names = ["identity", "logit", "log", "inverse", "inverseSquared", "log", "logit", "identity"];
    expect(made.map(({ link }) => link.name)).toEqual(names);
    expect([negativeBinomial().link.name, tweedie().link.name]).toEqual(["log", "log"]);
  });

  it("know which links are canonical", () => {
    const made = [
      gaussian(),
      binomial(),
      poisson(),
      gamma(),
      inverseGaussian(),
      tweedie({ power: 1.3, link: power(-0.3) }),
      quasi({ variance: "mu", link: "log" }),
    ];
    expect(made.map(({ isCanonical }) => isCanonical)).toEqual(made.map(() => true));
    const others = [
      gaussian({ link: "log" }),
      binomial({ link: "probit" }),
      gamma({ link: "log" }),
      negativeBinomial({ theta: 1 }),
      quasi({ variance: "mu" }),
    ];
    expect(others.map(({ isCanonical }) => isCanonical)).toEqual(others.map(() => false));
  });

  it("say how their dispersion is counted", () => {
    const known = [binomial(), poisson(), negativeBinomial({ theta: 1 }), negativeBinomial()];
    expect(known.map((family) => [family.hasKnownDispersion, family.dispersionParameters])).toEqual(known.map(() => [true, 0]));
    const estimated = [gaussian(), gamma(), inverseGaussian(), tweedie()];
    expect(estimated.map((family) => [family.hasKnownDispersion, family.dispersionParameters])).toEqual(estimated.map(() => [false, 1]));
    const quasis = [quasi(), quasipoisson(), quasibinomial()];
    expect(quasis.map((family) => [family.hasKnownDispersion, family.dispersionParameters])).toEqual(quasis.map(() => [false, 0]));
    expect(quasis.map((family) => family.cumulative(1, 0.5, 1, 1))).toEqual([null, null, null]);
  });

  it("label themselves as R does", () => {
    const made = [gamma(), inverseGaussian(), negativeBinomial({ theta: 1.30264 }), negativeBinomial(), tweedie({ power: 1.5 }), quasi()];
    expect(made.map(({ label }) => label)).toEqual([
      "Gamma",
      "inverse.gaussian",
      "Negative Binomial(1.303)",
      "Negative Binomial",
      "Tweedie(1.5)",
      "quasi",
    ]);
  });

  it("estimate a parameter that is not given, and take it once it is", () => {
    for (const family of [negativeBinomial(), tweedie({ link: "identity" })]) {
      expect(family).toMatchObject({ parameter: null, estimatesParameter: true });
      const settled = family.withParameter(1.7);
      expect(settled).toMatchObject({ name: family.name, parameter: 1.7, estimatesParameter: false });
      expect(settled.link).toBe(family.link);
    }
    expect(negativeBinomial().variance(3)).toBe(3);
    expect(tweedie().variance(4)).toBe(8);
  });

  it("start strictly inside the range of family and link", () => {
    expect(gaussian({ link: "log" }).startMean(-3, 1)).toBeGreaterThan(0);
    expect(gaussian({ link: "inverse" }).startMean(-3, 1)).toBe(-3);
    expect(gaussian({ link: "logit" }).startMean(1, 1)).toBeLessThan(1);
    expect(gaussian().startMean(-3, 1)).toBe(-3);
    expect(binomial().startMean(1, 1)).toBe(0.75);
    expect(poisson().startMean(0, 1)).toBe(0.1);
    expect(negativeBinomial({ theta: 1 }).startMean(0, 1)).toBe(1 / 6);
    expect(tweedie({ power: 1.5 }).startMean(0, 1)).toBe(0.1);
    expect(quasi({ variance: "mu(1-mu)" }).startMean(0, 3)).toBe(0.125);
  });

  it("refuse options that they do not know, and values that cannot be", () => {
    expect(messageOf(() => poisson({ links: "log" } as never))).toBe(
      'poisson: options must be made of "link"; got "links". Correct the name, or leave it out.',
    );
    expect(messageOf(() => negativeBinomial({ theta: 0 }))).toMatch(/^negativeBinomial: theta must be a finite number above 0; got 0\./);
    expect(messageOf(() => tweedie({ power: 0.5 }))).toMatch(/^tweedie: power must be 0 or a finite number above 1; got 0\.5\./);
    expect(messageOf(() => tweedie({ power: 1 }))).toMatch(/Use poisson or quasipoisson/);
    expect(messageOf(() => poisson().withParameter(2))).toMatch(/^poisson.withParameter: family must be negativeBinomial, tweedie or beta/);
    expect(messageOf(() => quasi({ variance: "mu^4" as never }))).toMatch(/^quasi: variance must be one of "constant".* Did you mean/);
    expect(messageOf(() => quasi({ variance: -1 }))).toMatch(/or a power of at least 0; got -1/);
    expect(messageOf(() => gamma({ link: "probit" }))).toMatch(
      /^gamma: link must be a link whose means may exceed 1, as those of gamma do; got "probit"/,
    );
    expect(messageOf(() => binomial({ link: "loglog" as never }))).toMatch(/^binomial: link must be one of .* Did you mean "cloglog"/);
  });
});

describe("families of a likelihood", () => {
  it("know their parameters, and which are to be estimated", () => {
    expect(scaledT().parameters).toMatchObject([
      { name: "degreesOfFreedom", value: null },
      { name: "scale", value: null },
    ]);
    expect(scaledT({ degreesOfFreedom: 5 })).toMatchObject({ estimatesParameter: true, parameter: null, label: "Scaled t" });
    expect(scaledT({ degreesOfFreedom: 5, scale: 2 })).toMatchObject({ estimatesParameter: false, label: "Scaled t(5, 2)" });
    expect(beta()).toMatchObject({
      estimatesParameter: true,
      parameter: null,
      label: "Beta",
      parameters: [{ name: "precision", value: null }],
    });
    expect(beta({ precision: 12 })).toMatchObject({ estimatesParameter: false, parameter: 12, label: "Beta(12)" });
    expect([scaledT().link.name, beta().link.name]).toEqual(["identity", "logit"]);
    expect([scaledT(), beta()].map(({ hasKnownDispersion, dispersionParameters }) => [hasKnownDispersion, dispersionParameters])).toEqual([
      [true, 0],
      [true, 0],
    ]);
  });

  it("have the variances of their distributions", () => {
    expect(scaledT({ degreesOfFreedom: 6, scale: 2 }).variance(1)).toBeCloseTo(6, 14);
    expect(scaledT({ degreesOfFreedom: 2, scale: 2 }).variance(1)).toBe(Infinity);
    expect(beta({ precision: 3 }).variance(0.5)).toBe(1 / 16);
  });

  it("start by the response's moments, and keep what is given", () => {
    const rows = { response: Float64Array.of(0.2, 0.4, 0.9), weights: Float64Array.of(1, 1, 0) };
    const [degrees, scale] = scaledT({ degreesOfFreedom: 5 }).startParameters(rows);
    expect([degrees, scale]).toEqual([5, expect.closeTo(0.08, 14)]);
    expect(beta().startParameters(rows)[0]).toBeCloseTo((0.3 * 0.7) / 0.01 - 1, 10);
    expect(negativeBinomial().startParameters({ response: Float64Array.of(1, 9), weights: Float64Array.of(1, 1) })[0]).toBeCloseTo(
      25 / 11,
      12,
    );
    expect(scaledT().startParameters({ response: Float64Array.of(3, 3), weights: Float64Array.of(1, 1) })[1]).toBe(0.8);
  });

  it("are saved and restored, settled or not", () => {
    for (const family of [
      zeroInflatedPoisson({ presenceSlope: 2 }),
      scaledT(),
      scaledT({ degreesOfFreedom: 5, link: "log" }),
      beta({ precision: 4, link: "probit" }),
      beta(),
    ]) {
      const restored = familyFromJson("test", JSON.parse(JSON.stringify(family)));
      expect(restored.toJSON()).toEqual(family.toJSON());
      expect(restored.label).toBe(family.label);
      expect(restored.parameters.map(({ value }) => value)).toEqual(family.parameters.map(({ value }) => value));
    }
    expect(messageOf(() => familyFromJson("test", { ...scaledT().toJSON(), parameters: [1] }))).toMatch(
      /^test: values must be an array of 2 numbers; got 1/,
    );
    expect(resolveFamily("test", "beta", "cloglog").link.name).toBe("cloglog");
    expect(resolveFamily("test", scaledT({ scale: 3 }), "log").parameters[1].value).toBe(3);
  });

  it("are refused with a mend where they cannot be", () => {
    expect(messageOf(() => scaledT({ degreesOfFreedom: 0 }))).toMatch(
      /^scaledT: degreesOfFreedom must be a finite number above 0; got 0\./,
    );
    expect(messageOf(() => scaledT({ scale: Infinity }))).toMatch(/^scaledT: scale must be/);
    expect(messageOf(() => beta({ precision: -1 }))).toMatch(/^beta: precision must be/);
    expect(messageOf(() => beta({ theta: 1 } as never))).toMatch(/^beta: .*theta/);
    expect(messageOf(() => scaledT().withParameter(2))).toMatch(/withParameters/);
    expect(messageOf(() => scaledT().withParameters([2]))).toMatch(/^scaledT.withParameters: values must be an array of 2 numbers; got 1/);
    expect(messageOf(() => poisson().withParameters([2]))).toMatch(/an array of 0 numbers/);
    expect(poisson().withParameters([]).name).toBe("poisson");
    expect(messageOf(() => zeroInflatedPoisson({ presenceSlope: 0 }))).toMatch(
      /^zeroInflatedPoisson: presenceSlope must be a finite number above 0/,
    );
    expect(messageOf(() => zeroInflatedPoisson({ presenceIntercept: NaN }))).toMatch(/presenceIntercept must be a finite number; got NaN/);
    expect(messageOf(() => resolveFamily("fitGam", "zeroInflatedPoisson", "log"))).toMatch(/^fitGam: link must be none .* Leave it out/);
    expect(zeroInflatedPoisson().checkResponse(1.5)).toMatchObject({ expected: "whole numbers of at least 0" });
    expect(zeroInflatedPoisson().checkResponse(3)).toBe(null);
    expect(beta().checkResponse(0)).toMatchObject({ expected: "proportions strictly between 0 and 1" });
    expect(beta().checkResponse(0.5)).toBe(null);
    expect(messageOf(() => fitGlm("y ~ 1", { y: [1, 2] }, { family: scaledT }))).toMatch(/^fitGlm: family must be .* fitGam takes it/);
  });
});

describe("quasi", () => {
  it("takes a power for its variance, by name where it has one", () => {
    expect(quasi({ variance: 2 }).varianceName).toBe("mu^2");
    const halfway = quasi({ variance: 1.5, link: "log" });
    expect(halfway).toMatchObject({ varianceName: "mu^1.5", parameter: 1.5, estimatesParameter: false });
    expect(halfway.variance(4)).toBe(8);
    expect(halfway.unitDeviance(3, 2)).toBe(tweedie({ power: 1.5 }).unitDeviance(3, 2));
  });
});

describe("responses", () => {
  const cases: readonly (readonly [Family, readonly number[], readonly number[], RegExp])[] = [
    [gaussian(), [-1, 0, 1e300], [Number.NaN, Infinity], /finite numbers/],
    [binomial(), [0, 0.5, 1], [-0.1, 1.1, Number.NaN], /proportions from 0 to 1/],
    [poisson(), [0, 3, 2.5], [-1, Infinity, Number.NaN], /at least 0/],
    [negativeBinomial(), [0, 3], [-1], /at least 0/],
    [gamma(), [0.1], [0, -1, Number.NaN], /above 0/],
    [inverseGaussian(), [0.1], [0, -1], /above 0/],
    [tweedie({ power: 1.5 }), [0, 1], [-1], /at least 0/],
    [tweedie({ power: 2.5 }), [1], [0], /above 0/],
    [tweedie({ power: 0 }), [-1, 0], [Number.NaN], /finite/],
    [quasi({ variance: 1.2 }), [0, 1], [-1], /at least 0/],
    [quasi({ variance: 2.2 }), [1], [0], /above 0/],
  ];

  it.each(cases)("of $label are checked", (family, right, wrong, expected) => {
    for (const response of right) expect(family.checkResponse(response)).toBeNull();
    for (const response of wrong) expect(family.checkResponse(response)?.expected).toMatch(expected);
    for (const response of wrong) expect(family.checkResponse(response)?.mend).toMatch(/^[A-Z].*\.$/);
  });

  it("that are fractions among counts are doubted, but by likelihoods alone", () => {
    expect(poisson().warnResponse(2.5, 1)).toMatch(/no whole numbers/);
    expect(poisson().warnResponse(1e9 + 1e-3, 1)).toBeNull();
    expect(negativeBinomial({ theta: 1 }).warnResponse(2.5, 1)).toMatch(/no whole numbers/);
    expect(binomial().warnResponse(1 / 3, 3)).toBeNull();
    expect(binomial().warnResponse(0.5, 1)).toMatch(/Some successes/);
    expect([quasipoisson(), quasibinomial(), gaussian()].map((family) => family.warnResponse(0.5, 1))).toEqual([null, null, null]);
  });
});
