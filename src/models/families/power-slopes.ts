import { TweedieTable, tweedieSlopes } from "../../numeric/index.ts";
import type { FamilyParameter } from "./family.ts";
import { parameterBetween } from "./parameters.ts";
import type { ParameterOfVariance } from "./parameter-slopes.ts";

/** Powers are sought between these: nearer to the Poisson (1) and gamma (2) ends the series lose all speed. */
const LOWEST = 1.01;
const HIGHEST = 1.99;

/** The power of a Tweedie family, sought by its logit between 1.01 and 1.99. */
export function powerParameter(value: number | null): FamilyParameter {
  return parameterBetween("power", value, LOWEST, HIGHEST);
}

/** Tweedie responses by the logit of their power; null for powers that are not sought. */
export function slopesByPower(power: number): ParameterOfVariance | null {
  if (!(power > LOWEST && power < HIGHEST)) return null;
  const share = (power - LOWEST) / (HIGHEST - LOWEST);
  const slope = (HIGHEST - LOWEST) * share * (1 - share);
  const bend = slope * (1 - 2 * share);
  const table = new TweedieTable(power);
  return {
    relative: (mean) => slope * Math.log(mean),
    ofSlope: (mean) => slope * mean ** (power - 1) * (1 + power * Math.log(mean)),
    likelihoodOf: (count) => {
      const used = count >= table.fewestRows ? table : null;
      return (y, mean, dispersion, out) => {
        tweedieSlopes(y, mean, dispersion, power, out, used);
        out[1] = slope * slope * out[1] + bend * out[0];
        out[0] *= slope;
        out[2] *= slope;
      };
    },
  };
}
