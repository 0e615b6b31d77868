import { devianceTerm, powerDevianceTerm } from "../../numeric/index.ts";

/** The unit deviance of a variance mean^power: 2 ∫ (y − t) / t^power dt from the mean to y. */
export function powerDeviance(power: number): (y: number, mean: number) => number {
  switch (power) {
    case 0:
      return (y, mean) => (y - mean) * (y - mean);
    case 1:
      return (y, mean) => 2 * devianceTerm(y, mean);
    case 2:
      return (y, mean) => (2 * devianceTerm(mean, y)) / mean;
    case 3:
      return (y, mean) => ((y - mean) / mean) * ((y - mean) / mean / y);
    default:
      return (y, mean) => 2 * (y === 0 ? termAtZero(power, mean) : powerDevianceTerm(y, mean, power));
  }
}

/** Half the unit deviance of a response of 0. */
function termAtZero(power: number, mean: number): number {
  return power < 2 ? mean ** (2 - power) / (2 - power) : Infinity;
}
