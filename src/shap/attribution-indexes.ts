/**
 * How the ways in which a feature can join others are weighted. `shapley`: every size of coalition alike, so that values sum to the prediction
 * minus the base value. `banzhaf`: every coalition alike, so that they do not. `saabas`, of trees alone: features join in the order of the tree.
 *
 * @see Banzhaf (1965), Rutgers Law Review 19; Grabisch & Roubens (1999), doi:10.1007/s001820050125
 */
export type AttributionIndex = "shapley" | "banzhaf" | "saabas";

/** Every index that values may have. */
export const ATTRIBUTION_INDEXES: readonly AttributionIndex[] = ["shapley", "banzhaf", "saabas"];

/** Whether values of an index sum to prediction minus base value. */
export function addsUp(index: AttributionIndex): boolean {
  return index !== "banzhaf";
}
