import type { Facts } from "./facts.ts";

/** How much one feature moves predictions. */
export interface Driver {
  /** Its position among the features of the explanation. */
  readonly index: number;
  readonly label: string;
  /** Mean size of its contributions, over rows and outputs, on the shown scale. */
  readonly size: number;
  /** Share of the sum over all features; 0 when nothing moves. */
  readonly share: number;
}

/** All features, the one that moves predictions most first. */
export function rankDrivers({ explanation }: Facts): Driver[] {
  const { values, features, numFeatures, numOutputs } = explanation;
  const sizes = new Float64Array(numFeatures);
  values.forEach((value, cell) => (sizes[Math.floor(cell / numOutputs) % numFeatures] += Math.abs(value)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const cells = values.length / numFeatures;
  return features
    .map(({ label }, index): Driver => ({ index, label, size: sizes[index] / cells, share: total > 0 ? sizes[index] / total : 0 }))
    .sort((a, b) => b.size - a.size);
}
