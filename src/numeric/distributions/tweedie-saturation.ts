import { saturateCompound, type Saturation } from "./tweedie-compound.ts";
import { saturateStable } from "./tweedie-stable.ts";

/**
 * The log density of a Tweedie variable at its mean, y > 0, for a power above 1 other than 2 and 3, whose densities have closed forms.
 * @see Dunn and Smyth (2005), doi:10.1007/s11222-005-4070-y
 */
export function tweedieSaturation(y: number, dispersion: number, power: number): Saturation {
  return power < 2 ? saturateCompound(y, dispersion, power) : saturateStable(y, dispersion, power);
}
