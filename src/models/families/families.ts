import { refuseUnknownOptions } from "../../errors.ts";
import { checkVariance, linkFor } from "./check-family.ts";
import { checkDegrees, checkIntercept, checkPower, checkPrecision, checkScale, checkSlope, checkTheta } from "./check-parameters.ts";
import type { Family, FamilyName } from "./family.ts";
import type { LinkName } from "./link.ts";
import { makeFamily } from "./make-family.ts";
import type { VarianceName } from "./quasi.ts";
import type { LinkLike } from "./resolve-link.ts";

/** What every family takes. */
export interface FamilyOptions {
  /** A link's name, or `power(exponent)`. Each family says its default. */
  readonly link?: LinkLike;
}

export interface NegativeBinomialOptions extends FamilyOptions {
  /** The size θ of variance mean + mean² / θ. @defaultValue estimated by maximum likelihood along with the coefficients */
  readonly theta?: number;
}

export interface TweedieOptions extends FamilyOptions {
  /** The power of the variance mean^power: 0, or above 1. @defaultValue estimated between 1 and 2 by maximum likelihood */
  readonly power?: number;
}

export interface QuasiOptions extends FamilyOptions {
  /** The variance function, by R's name or as the power of the mean, at least 0. @defaultValue `"constant"` */
  readonly variance?: VarianceName | number;
}

export interface ScaledTOptions extends FamilyOptions {
  /** Degrees of freedom of Student's t: the fewer, the heavier the tails. @defaultValue estimated, above 2 */
  readonly degreesOfFreedom?: number;
  /** What the residuals are divided by, in units of the response. @defaultValue estimated */
  readonly scale?: number;
}

export interface ZeroInflatedPoissonOptions {
  /** What adds to the presence of anything at all, on the complementary log-log scale. @defaultValue estimated */
  readonly presenceIntercept?: number;
  /** How much presence depends on the linear predictor, above 0. @defaultValue estimated */
  readonly presenceSlope?: number;
}

export interface BetaOptions extends FamilyOptions {
  /** How narrow the distribution is: its variance is mean (1 − mean) / (1 + precision). @defaultValue estimated */
  readonly precision?: number;
}

/**
 * Normal responses: any number, variance = dispersion.
 *
 * @param options - `link`: `"identity"` unless given.
 * @throws InputError when the link is unknown
 * @example fitGlm("price ~ mileage", cars, { family: gaussian({ link: "log" }) })
 */
export function gaussian(options: FamilyOptions = {}): Family {
  return plainFamily("gaussian", "identity", options);
}

/**
 * Events: 0 and 1, or proportions with the trials as weights; variance = mean (1 − mean).
 *
 * @param options - `link`: `"logit"` unless given.
 * @throws InputError when the link is unknown
 * @example binomial({ link: "probit" })
 */
export function binomial(options: FamilyOptions = {}): Family {
  return plainFamily("binomial", "logit", options);
}

/**
 * Counts, or rates with their exposure as weights; variance = mean.
 *
 * @param options - `link`: `"log"` unless given.
 * @throws InputError when the link is unknown or confines the mean to (0, 1)
 * @example fitGlm("claims ~ age + offset(log(exposure))", policies, { family: poisson() })
 */
export function poisson(options: FamilyOptions = {}): Family {
  return plainFamily("poisson", "log", options);
}

/**
 * Amounts above 0 whose standard deviation grows with the mean; variance = dispersion × mean².
 *
 * @param options - `link`: `"inverse"` unless given, as in R; `"log"` is what most tariffs use.
 * @throws InputError when the link is unknown or confines the mean to (0, 1)
 * @example gamma({ link: "log" })
 */
export function gamma(options: FamilyOptions = {}): Family {
  return plainFamily("gamma", "inverse", options);
}

/**
 * Amounts above 0 with a longer tail than gamma's; variance = dispersion × mean³.
 *
 * @param options - `link`: `"inverseSquared"` (R's `1/mu^2`) unless given.
 * @throws InputError when the link is unknown or confines the mean to (0, 1)
 * @example inverseGaussian({ link: "log" })
 */
export function inverseGaussian(options: FamilyOptions = {}): Family {
  return plainFamily("inverseGaussian", "inverseSquared", options);
}

/**
 * Counts whose variance is a multiple of the mean; no likelihood.
 *
 * @param options - `link`: `"log"` unless given.
 * @throws InputError when the link is unknown or confines the mean to (0, 1)
 * @example quasipoisson()
 */
export function quasipoisson(options: FamilyOptions = {}): Family {
  return plainFamily("quasipoisson", "log", options);
}

/**
 * Proportions whose variance is a multiple of mean (1 − mean); no likelihood.
 *
 * @param options - `link`: `"logit"` unless given.
 * @throws InputError when the link is unknown
 * @example quasibinomial()
 */
export function quasibinomial(options: FamilyOptions = {}): Family {
  return plainFamily("quasibinomial", "logit", options);
}

/**
 * Responses of which the variance function alone is assumed; no likelihood.
 *
 * @param options - `link`: `"identity"` unless given; `variance`: `"constant"` unless given.
 * @throws InputError when the link or the variance is unknown
 * @example quasi({ link: "log", variance: "mu^2" })
 */
export function quasi(options: QuasiOptions = {}): Family {
  refuseUnknownOptions("quasi", options, ["link", "variance"]);
  const { link = "identity", variance = "constant" } = options;
  return makeFamily({ name: "quasi", link: linkFor("quasi", "quasi", link), parameters: [], variance: checkVariance("quasi", variance) });
}

/**
 * Overdispersed counts; variance = mean + mean² / θ.
 *
 * @param options - `theta`: estimated unless given; `link`: `"log"` unless given.
 * @throws InputError when θ is not a finite number above 0, or the link is unknown or confines the mean to (0, 1)
 * @example negativeBinomial({ theta: 2 })
 */
export function negativeBinomial(options: NegativeBinomialOptions = {}): Family {
  refuseUnknownOptions("negativeBinomial", options, ["link", "theta"]);
  const { theta, link = "log" } = options;
  const parameter = theta === undefined ? null : checkTheta("negativeBinomial", theta);
  return makeFamily({
    name: "negativeBinomial",
    link: linkFor("negativeBinomial", "negativeBinomial", link),
    parameters: [parameter],
    variance: "constant",
  });
}

/**
 * Tweedie's distributions; variance = dispersion × mean^power. Between 1 and 2 they are amounts with a mass at 0: total claims.
 *
 * @param options - `power`: estimated unless given; `link`: `"log"` unless given.
 * @throws InputError when the power has no distribution, or the link is unknown or confines the mean to (0, 1)
 * @see Jørgensen (1987), doi:10.1111/j.2517-6161.1987.tb01685.x
 * @example tweedie({ power: 1.5 })
 */
export function tweedie(options: TweedieOptions = {}): Family {
  refuseUnknownOptions("tweedie", options, ["link", "power"]);
  const { power, link = "log" } = options;
  const parameter = power === undefined ? null : checkPower("tweedie", power);
  return makeFamily({ name: "tweedie", link: linkFor("tweedie", "tweedie", link), parameters: [parameter], variance: "constant" });
}

/**
 * Any numbers, with tails as heavy as the data say: (response − mean) / scale has Student's t distribution. For `fitGam`, which estimates what is not
 * given along with the smoothing parameters; outliers pull the fit less the heavier the tails are.
 *
 * @param options - `degreesOfFreedom`, `scale`: estimated unless given; `link`: `"identity"` unless given.
 * @throws InputError when a parameter is not a finite number above 0, or the link is unknown
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986
 * @example scaledT({ degreesOfFreedom: 5 })
 */
export function scaledT(options: ScaledTOptions = {}): Family {
  refuseUnknownOptions("scaledT", options, ["link", "degreesOfFreedom", "scale"]);
  const { degreesOfFreedom, scale, link = "identity" } = options;
  const degrees = degreesOfFreedom === undefined ? null : checkDegrees("scaledT", degreesOfFreedom);
  const width = scale === undefined ? null : checkScale("scaledT", scale);
  return makeFamily({ name: "scaledT", link: linkFor("scaledT", "scaledT", link), parameters: [degrees, width], variance: "constant" });
}

/**
 * Proportions strictly between 0 and 1 that are no counts out of a number: variance mean (1 − mean) / (1 + precision). For `fitGam`, which estimates
 * the precision along with the smoothing parameters.
 *
 * @param options - `precision`: estimated unless given; `link`: `"logit"` unless given.
 * @throws InputError when the precision is not a finite number above 0, or the link is unknown
 * @see Ferrari and Cribari-Neto (2004), doi:10.1080/0266476042000214501
 * @example beta({ link: "cloglog" })
 */
export function beta(options: BetaOptions = {}): Family {
  refuseUnknownOptions("beta", options, ["link", "precision"]);
  const { precision, link = "logit" } = options;
  const parameter = precision === undefined ? null : checkPrecision("beta", precision);
  return makeFamily({ name: "beta", link: linkFor("beta", "beta", link), parameters: [parameter], variance: "constant" });
}

/**
 * Counts with more zeros, or fewer, than Poisson counts: a count is above 0 with the probability 1 − exp(−exp(intercept + slope × linear predictor)),
 * and is then Poisson with mean exp(linear predictor), its zeros left out. For `fitGam`, which estimates intercept and slope along with the smoothing
 * parameters. It has no link to choose: predictions are of the mean count.
 *
 * @param options - `presenceIntercept`, `presenceSlope`: estimated unless given.
 * @throws InputError when the intercept is not a finite number, or the slope not one above 0
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986
 * @example zeroInflatedPoisson()
 */
export function zeroInflatedPoisson(options: ZeroInflatedPoissonOptions = {}): Family {
  const name = "zeroInflatedPoisson";
  refuseUnknownOptions(name, options, ["presenceIntercept", "presenceSlope"]);
  const { presenceIntercept, presenceSlope } = options;
  const intercept = presenceIntercept === undefined ? null : checkIntercept(name, presenceIntercept);
  const slope = presenceSlope === undefined ? null : checkSlope(name, presenceSlope);
  return makeFamily({ name, link: linkFor(name, name, undefined), parameters: [intercept, slope], variance: "constant" });
}

function plainFamily(name: FamilyName, defaultLink: LinkName, options: FamilyOptions): Family {
  refuseUnknownOptions(name, options, ["link"]);
  return makeFamily({ name, link: linkFor(name, name, options.link ?? defaultLink), parameters: [], variance: "constant" });
}
