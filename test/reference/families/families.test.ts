import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { estimateTheta, type Family, link, type LinkLike, tweedieLogLikelihood } from "../../../src/models/index.ts";
import {
  binomial,
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
import { expectClose } from "../../unit/quality/expect-close.ts";

// Written by make-families.R beside this file, which names the versions that it ran with.
const reference = JSON.parse(readFileSync(new URL("families.json", import.meta.url), "utf8"));
/** The file holds 15 digits, and R's formulas lose a digit or two where they cancel. */
const DIGITS = 2e-13;

const made: Record<string, Family> = {
  gaussian: gaussian(),
  binomial: binomial(),
  poisson: poisson(),
  gamma: gamma(),
  inverseGaussian: inverseGaussian(),
  quasibinomial: quasibinomial(),
  quasipoisson: quasipoisson(),
  "quasi constant": quasi(),
  "quasi mu": quasi({ variance: "mu" }),
  "quasi mu(1-mu)": quasi({ variance: "mu(1-mu)" }),
  "quasi mu^2": quasi({ variance: "mu^2" }),
  "quasi mu^3": quasi({ variance: "mu^3" }),
  "negativeBinomial 1.3": negativeBinomial({ theta: 1.3 }),
  "negativeBinomial 0.05": negativeBinomial({ theta: 0.05 }),
  "tweedie 1.5": tweedie({ power: 1.5 }),
  "tweedie 1.1": tweedie({ power: 1.1 }),
  "tweedie 2.7": tweedie({ power: 2.7 }),
};

interface LinkCase {
  readonly name: string;
  readonly linearPredictor: number[];
  readonly mean: number[];
  readonly slope: number[];
  readonly back: number[];
}

describe("links of R", () => {
  it.each(reference.links as LinkCase[])("$name", ({ name, linearPredictor, mean, slope, back }) => {
    const ours = link((name === "1/mu^2" ? "inverseSquared" : name) as LinkLike);
    linearPredictor.forEach((eta, i) => {
      // R keeps means of probabilities 2.2e-16 away from 0 and 1: those are judged in the unit tests.
      if (mean[i] > 1e-15 || ours.name === "identity") expectRelative(ours.inverse(eta), mean[i], DIGITS);
      // The same holds for slopes.
      if (slope[i] > 1e-12 || slope[i] < 0) expectRelative(ours.slope(eta), slope[i], DIGITS);
      // A mean near 0 or 1 loses digits in R's way back.
      if ((mean[i] > 1e-3 && mean[i] < 0.99) || ours.name === "identity") expectClose(ours.apply(mean[i]), back[i], 1e-12);
    });
  });
});

interface FamilyCase {
  readonly name: string;
  readonly label: string;
  readonly response: number[];
  readonly mean: number[];
  readonly weights: number[];
  readonly variance: number[];
  readonly unitDeviance: number[];
  readonly deviance: number;
  readonly logLikelihood: number | null;
}

describe("families of R", () => {
  it.each(reference.families as FamilyCase[])("$name: variance, unit deviance, log-likelihood", (expected) => {
    const family = made[expected.name];
    expect(family.label.replace(/^(Tweedie).*/, "$1")).toBe(expected.label);
    expected.mean.forEach((mean, i) => {
      expectRelative(family.variance(mean), expected.variance[i], DIGITS);
      expectRelative(family.unitDeviance(expected.response[i], mean), expected.unitDeviance[i], 1e-10);
    });
    const [response, mean, weights] = [expected.response, expected.mean, expected.weights].map((values) => Float64Array.from(values));
    const { deviance } = expected;
    const logLikelihood = family.logLikelihood({ response, mean, weights, deviance, dispersion: 1 });
    // R has no likelihood for Tweedie; ours is tested by its own reference.
    if (family.name === "tweedie") expect(logLikelihood).not.toBeNull();
    else if (expected.logLikelihood === null) expect(logLikelihood).toBeNull();
    else expectRelative(logLikelihood as number, expected.logLikelihood, DIGITS);
  });
});

interface CumulativeCase {
  readonly name: string;
  readonly arguments: [number, number, number, number];
  readonly below?: number;
  readonly atOrBelow: number;
  readonly above: number;
}

it.each(reference.cumulative as CumulativeCase[])(
  "probabilities around a $name response are R's",
  ({ name, arguments: values, ...expected }) => {
    const found = made[name].cumulative(...values);
    expectRelative(found?.atOrBelow as number, expected.atOrBelow, 1e-12);
    expectRelative(found?.above as number, expected.above, 1e-12);
    expectRelative(found?.below as number, expected.below ?? expected.atOrBelow, 1e-12);
    expectRelative(found?.atOrAbove as number, 1 - (found?.below as number), 1e-12);
  },
);

interface ThetaCase {
  readonly name: string;
  readonly response: number[];
  readonly mean: number[];
  readonly weights: number[];
  readonly theta: number;
  readonly standardError: number;
}

it.each(reference.thetas as ThetaCase[])("theta of $name is that of MASS", ({ response, mean, weights, theta, standardError }) => {
  const rows = { response: Float64Array.from(response), mean: Float64Array.from(mean), weights: Float64Array.from(weights) };
  const estimate = estimateTheta(rows);
  expect(estimate).toMatchObject({ converged: true, warnings: [] });
  // MASS's score cancels: near the Poisson limit it knows theta to some nine digits.
  expectRelative(estimate.theta, theta, 1e-9);
  expectRelative(estimate.standardError as number, standardError, 1e-7);
});

const fits: Record<string, () => Family> = {
  binomial_cauchit_mroz: () => binomial({ link: "cauchit" }),
  binomial_cloglog_mroz: () => binomial({ link: "cloglog" }),
  binomial_grouped_esoph: () => binomial(),
  binomial_logit_mroz: () => binomial(),
  binomial_probit_mroz: () => binomial({ link: "probit" }),
  gamma_identity_cars: () => gamma({ link: "identity" }),
  gamma_inverse_cars: () => gamma(),
  gamma_log_cars: () => gamma({ link: "log" }),
  gaussian_identity_cars: () => gaussian(),
  gaussian_log_cars: () => gaussian({ link: "log" }),
  gaussian_weights_offset: () => gaussian(),
  inverse_gaussian_log_cars: () => inverseGaussian({ link: "log" }),
  poisson_insurance_offset: () => poisson(),
  poisson_interaction_warpbreaks: () => poisson(),
  poisson_rate_weights: () => poisson(),
  quasibinomial_grouped_esoph: () => quasibinomial(),
  quasipoisson_warpbreaks: () => quasipoisson(),
  tweedie15_log_claims: () => tweedie({ power: 1.5 }),
};

interface FitCase {
  readonly data: Record<string, { readonly values: number[] }>;
  readonly formula: string;
  readonly weights: number[] | null;
  readonly linearPredictor: number[];
  readonly fitted: number[];
  readonly deviance: number;
  readonly logLik: number | "-Infinity" | null;
}

const readFit = (name: string): FitCase => JSON.parse(readFileSync(new URL(`../glm/${name}.json`, import.meta.url), "utf8"));

describe("at the fits of R", () => {
  it.each(Object.keys(fits))("%s: mean, deviance, score and log-likelihood", (name) => {
    const family = fits[name]();
    const fit = readFit(name);
    const response = Float64Array.from(responseOf(fit));
    const count = response.length;
    const weights = Float64Array.from(fit.weights ?? Array.from({ length: count }, () => 1));
    const [mean, information, score] = [1, 2, 3].map(() => new Float64Array(count));
    const linearPredictor = Float64Array.from(fit.linearPredictor);
    const deviance = family.work({ count, response, linearPredictor, weights, mean, information, score, observed: false });
    expectRelative(deviance, fit.deviance, 1e-12);
    mean.forEach((value, i) => expectRelative(value, fit.fitted[i], 1e-12));
    const logLikelihood = family.logLikelihood({ response, mean, weights, deviance, dispersion: 1 });
    if (family.name === "tweedie") return;
    if (fit.logLik === null) expect(logLikelihood).toBeNull();
    else expectRelative(logLikelihood as number, Number(fit.logLik), 1e-12);
  });

  it("negbin_quine: theta with its standard error, and the log-likelihood", () => {
    const fit = readFit("negbin_quine") as FitCase & { theta: number; seTheta: number };
    const response = Float64Array.from(responseOf(fit));
    const mean = Float64Array.from(fit.fitted);
    const weights = new Float64Array(response.length).fill(1);
    const { theta, standardError } = estimateTheta({ response, mean, weights });
    expectRelative(theta, fit.theta, 1e-10);
    // MASS gives the error at the last but one theta.
    expectRelative(standardError as number, fit.seTheta, 1e-7);
    const family = negativeBinomial().withParameter(theta);
    const unit = response.map((y, i) => family.unitDeviance(y, mean[i]));
    const deviance = unit.reduce((sum, one) => sum + one, 0);
    expectRelative(deviance, fit.deviance, 1e-10);
    expectRelative(family.logLikelihood({ response, mean, weights, deviance, dispersion: 1 }) as number, Number(fit.logLik), 1e-12);
  });

  it("sm_tweedie15_fair: the log-likelihood by the series of statsmodels at its dispersion", () => {
    const fit = JSON.parse(readFileSync(new URL("../glm/sm_tweedie15_fair.json", import.meta.url), "utf8"));
    const rows = {
      response: Float64Array.from(fit.y),
      mean: Float64Array.from(fit.fitted),
      weights: new Float64Array(fit.y.length).fill(1),
    };
    const { logLikelihood } = tweedieLogLikelihood(1.5, rows, { dispersion: fit.dispersion });
    expectRelative(logLikelihood, fit.logLik, 1e-9);
  });
});

function responseOf({ formula, data }: FitCase): number[] {
  const [name] = formula.split(" ~ ");
  if (name !== "I(Claims/Holders)") return data[name].values;
  return data["Claims"].values.map((claims, i) => claims / data["Holders"].values[i]);
}

function expectRelative(actual: number, expected: number, tolerance: number): void {
  if (Number.isFinite(expected))
    expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(tolerance * Math.abs(expected));
  else expect(actual).toBe(expected);
}
