import type { Random } from "../random.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** A standard normal number from one uniform number of `random`, by the quantile: the middle of its cell of width 2⁻⁵³, so never infinite. */
export function randomNormal(random: Random): number {
  const uniform = random.next();
  // Half a cell up, taken in the half of the unit interval where it is exact.
  return uniform < 0.5 ? normalQuantile(uniform + 2 ** -54) : -normalQuantile(1 - uniform - 2 ** -54);
}
