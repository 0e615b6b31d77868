import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binomial,
  type Family,
  gamma,
  gaussian,
  inverseGaussian,
  type Link,
  link,
  negativeBinomial,
  poisson,
  power,
  quasi,
  tweedie,
} from "../../src/models/index.ts";
import { emptyPoint, probabilityLocator } from "../../src/models/families/probability-point.ts";
import { workByDefinition, workOnProbabilities } from "../../src/models/families/work-generic.ts";
import { slopeByDefinition, slopeOnProbabilities } from "../../src/models/families/slope-generic.ts";
import { runSlope, runWork } from "../unit/models/families/run-work.ts";

/** Of five-point differences with a step h: h⁴ of the fifth derivative, here below 1e-8 of the first ones. */
const TRUNCATION = 1e-7;
/** Some hundred roundings of the function, divided by the step. */
const ROUNDING = 1e-14;

/** Where a link's range ends at 0, the step shrinks with the linear predictor. */
const stepAt = ({ name }: Link, eta: number): number =>
  ["identity", "inverse", "sqrt", "inverseSquared", "power"].includes(name) ? 1e-4 * Math.abs(eta) : 1e-4;

/** Expects `slope` to be the derivative of f; `size` is that of neighbouring derivatives, `reach` that of the terms that f sums. */
function expectSlope(f: (x: number) => number, x: number, h: number, slope: number, size: number, reach: number): void {
  const difference = (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
  expect(Math.abs(difference - slope)).toBeLessThanOrEqual(TRUNCATION * (size + Math.abs(slope)) + (ROUNDING * reach) / h);
}

const anyEta = fc.double({ min: -30, max: 30, noNaN: true });
const positiveEta = fc.double({ min: 0.05, max: 30, noNaN: true });
const links: readonly (readonly [Link, fc.Arbitrary<number>])[] = [
  ...(["log", "logit", "probit", "cloglog", "cauchit"] as const).map((name) => [link(name), anyEta] as const),
  ...(["identity", "inverse", "sqrt", "inverseSquared"] as const).map((name) => [link(name), positiveEta] as const),
  ...[power(1 / 3), power(-0.7), power(2)].map((made) => [made, positiveEta] as const),
];

describe("links", () => {
  it.each(links)("$name: slope, curvature and its slope are derivatives", (made, etas) => {
    const { inverse, slope, curvature, curvatureSlope, isValid } = made;
    fc.assert(
      fc.property(etas, (eta) => {
        expect(isValid(eta)).toBe(true);
        const h = stepAt(made, eta);
        const size = Math.abs(slope(eta)) + Math.abs(curvature(eta));
        expectSlope(inverse, eta, h, slope(eta), size, Math.abs(inverse(eta)));
        expectSlope(slope, eta, h, curvature(eta), size, Math.abs(slope(eta)));
        expectSlope(curvature, eta, h, curvatureSlope(eta), size, size);
      }),
    );
  });

  it.each(links)("$name: apply undoes inverse", (made, etas) => {
    fc.assert(
      fc.property(etas, (eta) => {
        const mean = made.inverse(eta);
        // A mean within a few roundings of 1 does not know its linear predictor; what is asked is that it comes back to the mean.
        fc.pre(mean !== 1);
        expect(Math.abs(made.inverse(made.apply(mean)) - mean)).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(eta)) * Math.abs(mean));
      }),
    );
  });
});

const probabilityLinks = [link("logit"), link("probit"), link("cloglog"), link("cauchit")];

describe("probabilities", () => {
  it.each(probabilityLinks)("$name: scores are derivatives of the logarithms, and theirs of the scores", (made) => {
    const locate = probabilityLocator(made);
    const at = (eta: number): Record<string, number> => {
      const point = emptyPoint();
      locate(eta, point);
      return { ...point };
    };
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (eta) => {
        const point = at(eta);
        const size = Math.abs(point.rise) + Math.abs(point.fall) + Math.abs(point.riseSlope) + Math.abs(point.fallSlope);
        const expectDerivative = (name: string, slope: number): void =>
          expectSlope((x) => at(x)[name], eta, 1e-4, slope, size, Math.abs(point[name]));
        expectDerivative("logMean", point.rise);
        expectDerivative("logComplement", -point.fall);
        expectDerivative("rise", point.riseSlope);
        expectDerivative("fall", point.fallSlope);
        expectDerivative("riseSlope", point.riseBend);
        expectDerivative("fallSlope", point.fallBend);
        expect(Math.abs(point.mean + point.complement - 1)).toBeLessThan(1e-15);
      }),
    );
  });
});

const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const count = fc.integer({ min: 0, max: 200 });
const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true }));
const anyNumber = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const middle = fc.double({ min: -6, max: 6, noNaN: true });
const wide = fc.double({ min: -20, max: 20, noNaN: true });
const amount = fc.oneof(fc.constant(0), positive);

/** Family, responses, linear predictors. */
const families: readonly (readonly [string, Family, fc.Arbitrary<number>, fc.Arbitrary<number>])[] = [
  ["gaussian identity", gaussian(), anyNumber, positive],
  ["gaussian log", gaussian({ link: "log" }), anyNumber, middle],
  ["gaussian inverse", gaussian({ link: "inverse" }), anyNumber, positiveEta],
  ["binomial logit", binomial(), share, wide],
  ["binomial probit", binomial({ link: "probit" }), share, middle],
  ["binomial cloglog", binomial({ link: "cloglog" }), share, fc.double({ min: -6, max: 2, noNaN: true })],
  ["binomial cauchit", binomial({ link: "cauchit" }), share, wide],
  ["binomial log", binomial({ link: "log" }), share, fc.double({ min: -6, max: -0.1, noNaN: true })],
  ["poisson log", poisson(), count, middle],
  ["poisson identity", poisson({ link: "identity" }), count, positive],
  ["poisson sqrt", poisson({ link: "sqrt" }), count, positiveEta],
  ["gamma inverse", gamma(), positive, positive],
  ["gamma log", gamma({ link: "log" }), positive, middle],
  ["gamma power", gamma({ link: power(1 / 3) }), positive, positiveEta],
  ["inverse gaussian", inverseGaussian(), positive, positiveEta],
  ["inverse gaussian log", inverseGaussian({ link: "log" }), positive, middle],
  ["negative binomial log", negativeBinomial({ theta: 1.3 }), count, middle],
  ["negative binomial log, large theta", negativeBinomial({ theta: 1e6 }), count, middle],
  ["negative binomial sqrt", negativeBinomial({ theta: 0.4, link: "sqrt" }), count, positiveEta],
  ["tweedie 1.5 log", tweedie({ power: 1.5 }), amount, middle],
  ["tweedie 1.1 log", tweedie({ power: 1.1 }), amount, middle],
  ["tweedie 2.7 log", tweedie({ power: 2.7 }), positive, middle],
  ["tweedie 0 log", tweedie({ power: 0 }), anyNumber, middle],
  ["tweedie canonical", tweedie({ power: 1.5, link: power(-0.5) }), amount, positiveEta],
  ["quasi mu^0.5 identity", quasi({ variance: 0.5 }), amount, positive],
];

describe("families", () => {
  it.each(families)(
    "%s: the score is minus half the deviance's derivative, the observed information minus the score's",
    (_, family, ys, etas) => {
      fc.assert(
        fc.property(ys, etas, fc.double({ min: 0.1, max: 5, noNaN: true }), (y, eta, weight) => {
          const at = (x: number): { deviance: number; score: number; information: number } => runWork(family.work, y, x, weight, true);
          const { score, information } = at(eta);
          const size = Math.abs(score) + Math.abs(information) + runWork(family.work, y, eta, weight, false).information;
          const h = stepAt(family.link, eta);
          const reach = weight * (family.unitDevianceAt(y, eta) + Math.abs(y) * (1 + Math.abs(eta)) + 1);
          expectSlope((x) => -0.5 * at(x).deviance, eta, h, score, size, reach);
          expectSlope((x) => -at(x).score, eta, h, information, size, size);
        }),
      );
    },
  );

  it.each(families)("%s: the information's slope is its derivative, observed and expected", (_, family, ys, etas) => {
    fc.assert(
      fc.property(ys, etas, fc.double({ min: 0.1, max: 5, noNaN: true }), fc.boolean(), (y, eta, weight, observed) => {
        const informationAt = (x: number): number => runWork(family.work, y, x, weight, observed).information;
        const { score, information } = runWork(family.work, y, eta, weight, observed);
        const size = Math.abs(score) + Math.abs(information) + runWork(family.work, y, eta, weight, false).information;
        expectSlope(informationAt, eta, stepAt(family.link, eta), runSlope(family.informationSlope, y, eta, weight, observed), size, size);
      }),
    );
  });

  it.each(families)("%s: the unit deviance is at least 0, 0 at the mean, and the same by linear predictor", (_, family, ys, etas) => {
    fc.assert(
      fc.property(ys, etas, (y, eta) => {
        const mean = family.link.inverse(eta);
        fc.pre(family.isValidMean(mean));
        const deviance = family.unitDeviance(y, mean);
        expect(deviance).toBeGreaterThanOrEqual(0);
        expect(family.unitDeviance(mean, mean)).toBe(0);
        // A mean near 1 is rounded by up to 1e-16, which is much of its complement: only the linear predictor knows it.
        const ofComplement = family.name === "binomial" ? 4e-16 / (1 - mean) : 0;
        expect(Math.abs(family.unitDevianceAt(y, eta) - deviance)).toBeLessThanOrEqual(
          1e-12 * (1 + Math.abs(eta)) * (deviance + 1e-3) + ofComplement,
        );
      }),
    );
  });

  it.each(families)(
    "%s: the expected information is the observed one at the mean, and canonical links make both one",
    (_, family, ys, etas) => {
      fc.assert(
        fc.property(ys, etas, (y, eta) => {
          const mean = family.link.inverse(eta);
          // As a response, a mean near 1 lacks the digits of its complement.
          fc.pre(family.name !== "binomial" || mean < 0.999);
          const expected = runWork(family.work, y, eta, 1, false).information;
          expect(Math.abs(runWork(family.work, mean, eta, 1, true).information - expected)).toBeLessThan(1e-10 * expected);
          if (!family.isCanonical) return;
          expect(Math.abs(runWork(family.work, y, eta, 1, true).information - expected)).toBeLessThan(1e-9 * expected * (1 + Math.abs(y)));
        }),
      );
    },
  );

  it.each(families)("%s: the variance's slope and curvature are derivatives", (_, family, __, etas) => {
    fc.assert(
      fc.property(etas, (eta) => {
        const mean = family.link.inverse(eta);
        fc.pre(family.isValidMean(mean) && mean > 1e-3 && mean < 1e3);
        const h = 1e-5 * mean;
        const slope = (family.variance(mean + h) - family.variance(mean - h)) / (2 * h);
        const size = 1 + family.variance(mean) / mean;
        expect(Math.abs(slope - family.varianceSlope(mean))).toBeLessThan(1e-6 * size);
        const curvature = (family.varianceSlope(mean + h) - family.varianceSlope(mean - h)) / (2 * h);
        expect(Math.abs(curvature - family.varianceCurvature(mean))).toBeLessThan((1e-6 * size) / mean);
      }),
    );
  });
});

/** Both sides are some twenty operations on the same numbers: a few roundings, magnified by an exponent where powers are exponentials. */
const FUSED = 1e-13;

describe("fused loops", () => {
  const fused = families.filter(([name]) => /log|gaussian identity/.test(name));

  it.each(fused)("%s: gives what the definition gives", (_, family, ys, etas) => {
    const byDefinition =
      family.name === "binomial" ? workOnProbabilities(probabilityLocator(family.link)) : workByDefinition(family as never, family.link);
    fc.assert(
      fc.property(ys, etas, fc.boolean(), (y, eta, observed) => {
        const fast = runWork(family.work, y, eta, 2, observed);
        const slow = runWork(byDefinition, y, eta, 2, observed);
        const mean = Math.abs(slow.mean);
        expect(Math.abs(fast.mean - slow.mean)).toBeLessThanOrEqual(FUSED * mean);
        // What a rounding of y − mean costs is not the loop's fault.
        const scale = Math.abs(slow.information) * (1 + mean + Math.abs(y)) + Math.abs(slow.score);
        expect(Math.abs(fast.score - slow.score)).toBeLessThanOrEqual(FUSED * scale);
        expect(Math.abs(fast.information - slow.information)).toBeLessThanOrEqual(
          FUSED * (Math.abs(slow.information) + Math.abs(slow.score)),
        );
        expect(Math.abs(fast.deviance - slow.deviance)).toBeLessThanOrEqual(FUSED * (1 + Math.abs(eta)) * slow.deviance);
      }),
    );
  });

  it.each(fused)("%s: gives the slope of the information that the definition gives", (_, family, ys, etas) => {
    const byDefinition =
      family.name === "binomial" ? slopeOnProbabilities(probabilityLocator(family.link)) : slopeByDefinition(family as never, family.link);
    fc.assert(
      fc.property(ys, etas, fc.boolean(), (y, eta, observed) => {
        const slow = runSlope(byDefinition, y, eta, 2, observed);
        const { information, score, mean } = runWork(family.work, y, eta, 2, false);
        const scale = Math.abs(slow) + (Math.abs(information) + Math.abs(score)) * (1 + Math.abs(mean));
        expect(Math.abs(runSlope(family.informationSlope, y, eta, 2, observed) - slow)).toBeLessThanOrEqual(FUSED * scale);
      }),
    );
  });
});

const dispersed: readonly (readonly [string, Family, fc.Arbitrary<number>])[] = [
  ["gaussian", gaussian(), anyNumber],
  ["gamma", gamma(), positive],
  ["inverse gaussian", inverseGaussian(), positive],
  ["tweedie 1.5", tweedie({ power: 1.5 }), amount],
  ["tweedie 1.1", tweedie({ power: 1.1 }), amount],
  ["tweedie 1.9", tweedie({ power: 1.9 }), amount],
  ["tweedie 2.7", tweedie({ power: 2.7 }), positive],
  ["quasi mu^0.5", quasi({ variance: 0.5 }), amount],
];
const undispersed: readonly (readonly [string, Family, fc.Arbitrary<number>])[] = [
  ["poisson", poisson(), count],
  ["binomial", binomial(), share],
  ["negative binomial", negativeBinomial({ theta: 1.3 }), count],
];

describe("saturated log-likelihoods", () => {
  const weight = fc.double({ min: 0.1, max: 5, noNaN: true });

  it.each(dispersed)("%s: first and second are derivatives by the logarithm of the dispersion", (_, family, ys) => {
    fc.assert(
      fc.property(ys, weight, fc.double({ min: -4, max: 3, noNaN: true }), (y, w, logDispersion) => {
        const at = (x: number): readonly number[] =>
          family.saturated({ response: Float64Array.of(y), weights: Float64Array.of(w), dispersion: Math.exp(x) });
        const [value, first, second] = at(logDispersion);
        // Series are sums over about so many summands, whose terms are of that size.
        const reach = 1 + Math.abs(value) + (family.name === "tweedie" ? w * (1 + y) * Math.exp(-logDispersion) * 20 : 0);
        expectSlope((x) => at(x)[0], logDispersion, 1e-3, first, 1, reach);
        expectSlope((x) => at(x)[1], logDispersion, 1e-3, second, 1, reach);
      }),
    );
  });

  it.each(undispersed)("%s: constant where the dispersion is known", (_, family, ys) => {
    fc.assert(
      fc.property(ys, fc.integer({ min: 1, max: 9 }), (y, w) => {
        const rows = { response: Float64Array.of(y), weights: Float64Array.of(w) };
        const saturated = family.saturated({ ...rows, dispersion: 1 });
        expect(saturated.slice(1)).toEqual([0, 0]);
        // Of a perfect fit the deviance is 0, and the log-likelihood is the saturated one.
        const likelihood = family.logLikelihood({ ...rows, mean: rows.response, deviance: 0, dispersion: 1 });
        expect(saturated[0]).toBe(likelihood);
      }),
    );
  });

  it.each([...dispersed, ...undispersed])("%s: frequencies are rows said several times", (_, family, ys) => {
    fc.assert(
      fc.property(ys, weight, fc.integer({ min: 1, max: 4 }), (y, w, frequency) => {
        const [one, other] = [family, family].map(({ saturated }, k) =>
          saturated({
            response: k === 0 ? Float64Array.of(y, 1) : new Float64Array(frequency + 1).fill(y).fill(1, frequency),
            weights: k === 0 ? Float64Array.of(w * frequency, 0) : new Float64Array(frequency + 1).fill(w).fill(0, frequency),
            frequencies: k === 0 ? Float64Array.of(frequency, 1) : null,
            dispersion: 0.7,
          }),
        );
        one.forEach((value, k) => expect(Math.abs(value - other[k])).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(value))));
      }),
    );
  });
});
