import { normal } from "../../numeric/index.ts";
import type { Link } from "./link.ts";

/** Odds: mean = 1 / (1 + exp(−linear predictor)). */
export const logitLink: Link = {
  name: "logit",
  apply: (mean) => Math.log(mean) - Math.log1p(-mean),
  inverse: (linearPredictor) => {
    const odds = Math.exp(-Math.abs(linearPredictor));
    return linearPredictor < 0 ? odds / (1 + odds) : 1 / (1 + odds);
  },
  slope: logisticDensity,
  curvature: (linearPredictor) => -logisticDensity(linearPredictor) * Math.tanh(linearPredictor / 2),
  curvatureSlope: (linearPredictor) => {
    const density = logisticDensity(linearPredictor);
    return density * (1 - 6 * density);
  },
  isValid: isFiniteNumber,
};

/** mean = Φ(linear predictor), of the standard normal distribution. */
export const probitLink: Link = {
  name: "probit",
  apply: (mean) => normal.quantile(mean),
  inverse: (linearPredictor) => normal.cdf(linearPredictor),
  slope: (linearPredictor) => normal.density(linearPredictor),
  curvature: (linearPredictor) => -linearPredictor * normal.density(linearPredictor),
  curvatureSlope: (linearPredictor) => {
    const density = normal.density(linearPredictor);
    // Beyond 40 the density is 0, and its product with an infinite square no number.
    return density === 0 ? 0 : (linearPredictor - 1) * (linearPredictor + 1) * density;
  },
  isValid: isFiniteNumber,
};

/** Complementary log-log: mean = 1 − exp(−exp(linear predictor)). */
export const cloglogLink: Link = {
  name: "cloglog",
  apply: (mean) => Math.log(-Math.log1p(-mean)),
  inverse: (linearPredictor) => -Math.expm1(-Math.exp(linearPredictor)),
  slope: gumbelDensity,
  curvature: (linearPredictor) => {
    const density = gumbelDensity(linearPredictor);
    // The density is 0 long before exp(linear predictor) is infinite; their product is 0, not NaN.
    return density === 0 ? 0 : -density * Math.expm1(linearPredictor);
  },
  curvatureSlope: (linearPredictor) => {
    const density = gumbelDensity(linearPredictor);
    if (density === 0) return 0;
    const bend = Math.expm1(linearPredictor);
    return density * (bend * bend - Math.exp(linearPredictor));
  },
  isValid: isFiniteNumber,
};

/** mean = 1/2 + atan(linear predictor) / π. */
export const cauchitLink: Link = {
  name: "cauchit",
  apply: (mean) => {
    if (mean < 0.25) return -1 / Math.tan(Math.PI * mean);
    return mean > 0.75 ? 1 / Math.tan(Math.PI * (1 - mean)) : Math.tan(Math.PI * (mean - 0.5));
  },
  inverse: (linearPredictor) =>
    linearPredictor < -1 ? Math.atan(-1 / linearPredictor) / Math.PI : 0.5 + Math.atan(linearPredictor) / Math.PI,
  slope: (linearPredictor) => 1 / Math.PI / (1 + linearPredictor * linearPredictor),
  curvature: (linearPredictor) => {
    const square = 1 + linearPredictor * linearPredictor;
    return (-2 / Math.PI) * (linearPredictor / square / square);
  },
  curvatureSlope: (linearPredictor) => {
    const square = 1 + linearPredictor * linearPredictor;
    return (2 / Math.PI) * ((3 - 4 / square) / square / square);
  },
  isValid: isFiniteNumber,
};

function isFiniteNumber(linearPredictor: number): boolean {
  return Number.isFinite(linearPredictor);
}

function logisticDensity(x: number): number {
  const odds = Math.exp(-Math.abs(x));
  return odds / (1 + odds) / (1 + odds);
}

function gumbelDensity(x: number): number {
  return Math.exp(x - Math.exp(x));
}
