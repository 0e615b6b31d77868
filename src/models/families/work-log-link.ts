import { exponential, isNearMean, powerDevianceSeries } from "../../numeric/index.ts";
import { logOfCount } from "./log-of-count.ts";
import { logOfShare, negativeBinomialDeviance } from "./negative-binomial-deviance.ts";
import type { Work } from "./work-generic.ts";

/** Any variance mean^power but those of poisson and gamma, with log link: mean^(1 − power) is an exponential of the linear predictor. */
export function workPowerLog(power: number): Work {
  // Then mean^(1 − power) stays in float64 wherever the mean does.
  const isMild = Math.abs(1 - power) <= 1;
  return ({ count, response, linearPredictor, weights, mean, information, score, observed }) => {
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
      const perUnit = exponential((1 - power) * eta);
      const expected = isMild ? perUnit * mu : exponential((2 - power) * eta);
      const ofResponse = y * perUnit;
      score[i] = w * (ofResponse - expected);
      information[i] = w * (observed ? (power - 1) * ofResponse + (2 - power) * expected : expected);
      half += w * halfDeviance(power, y, mu, eta, perUnit, expected);
    }
    return 2 * half;
  };
}

function halfDeviance(power: number, y: number, mu: number, eta: number, perUnit: number, scale: number): number {
  if (power === 0) return 0.5 * (y - mu) * (y - mu);
  if (power === 3) return (0.5 * ((y - mu) / mu) * ((y - mu) / mu)) / y;
  if (y === 0) return power < 2 ? scale / (2 - power) : Infinity;
  const excess = (y - mu) / mu;
  if (isNearMean(excess, power)) return scale * powerDevianceSeries(Math.log1p(excess), power);
  const rise = (scale * Math.expm1((2 - power) * (Math.log(y) - eta))) / (2 - power);
  return (rise - (y - mu) * perUnit) / (1 - power);
}

/** Negative binomial of given theta with log link. */
export function workNegativeBinomialLog(theta: number): Work {
  return ({ count, response, linearPredictor, weights, mean, information, score, observed }) => {
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
      const share = theta / (theta + mu);
      const expected = w * mu * share;
      information[i] = observed ? expected * ((theta + y) / (theta + mu)) : expected;
      score[i] = w * residual * share;
      if (y === 0) half -= w * theta * logOfShare(0, mu, theta);
      else if (Math.abs(residual) < 0.25 * mu) half += 0.5 * w * negativeBinomialDeviance(y, mu, theta);
      else half += w * (y * (logOfCount(y) - eta) - (y + theta) * logOfShare(y, mu, theta));
    }
    return 2 * half;
  };
}
