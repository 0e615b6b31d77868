import { exponential } from "../../numeric/index.ts";
import type { InformationSlope } from "./slope-generic.ts";

/** Gaussian with identity link: the information is the weight. */
export const slopeGaussianIdentity: InformationSlope = ({ count, slope }) => {
  slope.fill(0, 0, count);
};

/** Poisson with log link: the information is weight × mean. */
export const slopePoissonLog: InformationSlope = ({ count, linearPredictor, weights, slope }) => {
  for (let i = 0; i < count; i++) slope[i] = weights[i] === 0 ? 0 : weights[i] * exponential(linearPredictor[i]);
};

/** Binomial with logit link: of weight × mean × complement. With odds = exp(−|eta|) no tail is lost. */
export const slopeBinomialLogit: InformationSlope = ({ count, linearPredictor, weights, slope }) => {
  for (let i = 0; i < count; i++) {
    const eta = linearPredictor[i];
    const w = weights[i];
    if (w === 0) {
      slope[i] = 0;
      continue;
    }
    const odds = exponential(eta < 0 ? eta : -eta);
    const large = 1 / (1 + odds);
    const size = w * odds * large * large * ((1 - odds) * large);
    slope[i] = eta < 0 ? size : -size;
  }
};

/** Gamma with log link: the expected information is the weight, the observed one weight × response / mean. */
export const slopeGammaLog: InformationSlope = ({ count, response, linearPredictor, weights, slope, observed }) => {
  if (!observed) {
    slope.fill(0, 0, count);
    return;
  }
  for (let i = 0; i < count; i++) slope[i] = weights[i] === 0 ? 0 : -weights[i] * response[i] * exponential(-linearPredictor[i]);
};

/** Any variance mean^power with log link, from the exponentials that make the information. */
export function slopePowerLog(power: number): InformationSlope {
  const ofMean = (2 - power) * (2 - power);
  const ofResponse = (power - 1) * (power - 1);
  return ({ count, response, linearPredictor, weights, slope, observed }) => {
    for (let i = 0; i < count; i++) {
      const eta = linearPredictor[i];
      const w = weights[i];
      if (w === 0) {
        slope[i] = 0;
        continue;
      }
      const expected = exponential((2 - power) * eta);
      slope[i] = w * (observed ? ofMean * expected - ofResponse * response[i] * exponential((1 - power) * eta) : (2 - power) * expected);
    }
  };
}

/** Negative binomial of given theta with log link. */
export function slopeNegativeBinomialLog(theta: number): InformationSlope {
  return ({ count, response, linearPredictor, weights, slope, observed }) => {
    for (let i = 0; i < count; i++) {
      const w = weights[i];
      if (w === 0) {
        slope[i] = 0;
        continue;
      }
      const mu = exponential(linearPredictor[i]);
      const share = theta / (theta + mu);
      const expected = w * mu * share;
      slope[i] = observed ? expected * ((theta + response[i]) / (theta + mu)) * ((theta - mu) / (theta + mu)) : expected * share;
    }
  };
}
