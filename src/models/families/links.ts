import type { Link } from "./link.ts";

/** mean = linear predictor. */
export const identityLink: Link = {
  name: "identity",
  apply: (mean) => mean,
  inverse: (linearPredictor) => linearPredictor,
  slope: () => 1,
  curvature: () => 0,
  curvatureSlope: () => 0,
  isValid: (linearPredictor) => Number.isFinite(linearPredictor),
};

/** mean = exp(linear predictor). */
export const logLink: Link = {
  name: "log",
  apply: (mean) => Math.log(mean),
  inverse: (linearPredictor) => Math.exp(linearPredictor),
  slope: (linearPredictor) => Math.exp(linearPredictor),
  curvature: (linearPredictor) => Math.exp(linearPredictor),
  curvatureSlope: (linearPredictor) => Math.exp(linearPredictor),
  isValid: (linearPredictor) => Number.isFinite(linearPredictor),
};

/** mean = 1 / linear predictor, on either side of 0. */
export const inverseLink: Link = {
  name: "inverse",
  apply: (mean) => 1 / mean,
  inverse: (linearPredictor) => 1 / linearPredictor,
  slope: (linearPredictor) => -1 / linearPredictor / linearPredictor,
  curvature: (linearPredictor) => 2 / linearPredictor / linearPredictor / linearPredictor,
  curvatureSlope: (linearPredictor) => -6 / linearPredictor / linearPredictor / linearPredictor / linearPredictor,
  isValid: (linearPredictor) => Number.isFinite(linearPredictor) && linearPredictor !== 0,
};

/** mean = linear predictor², on its rising branch alone. */
export const sqrtLink: Link = {
  name: "sqrt",
  apply: (mean) => Math.sqrt(mean),
  inverse: (linearPredictor) => linearPredictor * linearPredictor,
  slope: (linearPredictor) => 2 * linearPredictor,
  curvature: () => 2,
  curvatureSlope: () => 0,
  isValid: isPositive,
};

/** mean = 1 / √(linear predictor): R's `1/mu^2`. */
export const inverseSquaredLink: Link = {
  name: "inverseSquared",
  apply: (mean) => 1 / mean / mean,
  inverse: (linearPredictor) => 1 / Math.sqrt(linearPredictor),
  slope: (linearPredictor) => -0.5 / linearPredictor / Math.sqrt(linearPredictor),
  curvature: (linearPredictor) => 0.75 / linearPredictor / linearPredictor / Math.sqrt(linearPredictor),
  curvatureSlope: (linearPredictor) => -1.875 / linearPredictor / linearPredictor / linearPredictor / Math.sqrt(linearPredictor),
  isValid: isPositive,
};

/** mean = linear predictor^(1 / exponent). */
export function makePowerLink(exponent: number): Link {
  const root = 1 / exponent;
  return {
    name: "power",
    exponent,
    apply: (mean) => mean ** exponent,
    inverse: (linearPredictor) => linearPredictor ** root,
    slope: (linearPredictor) => root * linearPredictor ** (root - 1),
    curvature: (linearPredictor) => root * (root - 1) * linearPredictor ** (root - 2),
    curvatureSlope: (linearPredictor) => root * (root - 1) * (root - 2) * linearPredictor ** (root - 3),
    isValid: isPositive,
  };
}

function isPositive(linearPredictor: number): boolean {
  return linearPredictor > 0 && linearPredictor < Infinity;
}
