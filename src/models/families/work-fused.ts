import { devianceTerm, exponential, logOnePlus } from "../../numeric/index.ts";
import { logOfCountOrZero } from "./log-of-count.ts";
import type { Work } from "./work-generic.ts";

/** Nearer than this share of their sum, a response and its mean are compared by the stable deviance; farther, the plain one keeps its digits. */
const NEAR = 0.1;
/** The same where most rows would be near at that: the plain deviance still has 12 digits here. */
const VERY_NEAR = 0.02;

/** Gaussian with identity link. */
export const workGaussianIdentity: Work = ({ count, response, linearPredictor, weights, mean, information, score }) => {
  let deviance = 0;
  for (let i = 0; i < count; i++) {
    const mu = linearPredictor[i];
    const w = weights[i];
    mean[i] = mu;
    if (w === 0) {
      information[i] = 0;
      score[i] = 0;
      continue;
    }
    const residual = response[i] - mu;
    information[i] = w;
    score[i] = w * residual;
    deviance += w * residual * residual;
  }
  return deviance;
};

/** Poisson with log link: log(mean) is the linear predictor itself. */
export const workPoissonLog: Work = ({ count, response, linearPredictor, weights, mean, information, score }) => {
  let half = 0;
  for (let i = 0; i < count; i++) {
    const eta = linearPredictor[i];
    const y = response[i];
    const w = weights[i];
    const mu = exponential(eta);
    mean[i] = mu;
    if (w === 0) {
      information[i] = 0;
      score[i] = 0;
      continue;
    }
    const residual = y - mu;
    information[i] = w * mu;
    score[i] = w * residual;
    // One branch that nearly always goes the same way: whether a count is 0 cannot be foretold.
    if (mu > 0 && Math.abs(residual) > VERY_NEAR * (y + mu)) half += w * (y * (logOfCountOrZero(y) - eta) - residual);
    else half += w * devianceTerm(y, mu);
  }
  return 2 * half;
};

/** Binomial with logit link. With odds = exp(−|eta|) no tail is lost: the smaller of mean and complement is odds / (1 + odds). */
export const workBinomialLogit: Work = ({ count, response, linearPredictor, weights, mean, information, score }) => {
  let half = 0;
  for (let i = 0; i < count; i++) {
    const eta = linearPredictor[i];
    const y = response[i];
    const w = weights[i];
    const odds = exponential(eta < 0 ? eta : -eta);
    const large = 1 / (1 + odds);
    const small = odds * large;
    const mu = eta < 0 ? small : large;
    const complement = eta < 0 ? large : small;
    mean[i] = mu;
    if (w === 0) {
      information[i] = 0;
      score[i] = 0;
      continue;
    }
    information[i] = w * small * large;
    if (y === 1) {
      score[i] = w * complement;
      half += w * (logOnePlus(odds) - (eta < 0 ? eta : 0));
    } else if (y === 0) {
      score[i] = -w * mu;
      half += w * (logOnePlus(odds) + (eta < 0 ? 0 : eta));
    } else {
      score[i] = w * (y * complement - (1 - y) * mu);
      half += w * halfDeviance(y, eta, mu, complement, odds);
    }
  }
  return 2 * half;
};

/** Half the unit deviance of a proportion between 0 and 1. */
function halfDeviance(y: number, eta: number, mu: number, complement: number, odds: number): number {
  if (mu > 1e-290 && complement > 1e-290) return devianceTerm(y, mu) + devianceTerm(1 - y, complement);
  const excess = logOnePlus(odds);
  const logMean = eta < 0 ? eta - excess : -excess;
  const logComplement = eta < 0 ? -excess : -eta - excess;
  return y * (Math.log(y) - logMean) + (1 - y) * (Math.log1p(-y) - logComplement);
}

/** Gamma with log link. */
export const workGammaLog: Work = ({ count, response, linearPredictor, weights, mean, information, score, observed }) => {
  let half = 0;
  for (let i = 0; i < count; i++) {
    const eta = linearPredictor[i];
    const y = response[i];
    const w = weights[i];
    const mu = exponential(eta);
    mean[i] = mu;
    if (w === 0) {
      information[i] = 0;
      score[i] = 0;
      continue;
    }
    const excess = (y - mu) / mu;
    information[i] = observed ? w * (1 + excess) : w;
    score[i] = w * excess;
    if (Math.abs(y - mu) < NEAR * (y + mu)) half += (w * devianceTerm(mu, y)) / mu;
    else half += w * (excess - (Math.log(y) - eta));
  }
  return 2 * half;
};
