import type { Link } from "./link.ts";

/** The power of the mean that a link makes linear, 0 for the logarithm; NaN for links of probabilities. */
export function exponentOf(link: Link): number {
  switch (link.name) {
    case "identity":
      return 1;
    case "log":
      return 0;
    case "sqrt":
      return 0.5;
    case "inverse":
      return -1;
    case "inverseSquared":
      return -2;
    case "power":
      return link.exponent ?? NaN;
    default:
      return NaN;
  }
}

/** Whether a link's means all lie between 0 and 1. */
export function isProbabilityLink(link: Link): boolean {
  return link.name !== "zeroInflated" && Number.isNaN(exponentOf(link));
}

/** So near 0 that a row starts without influence: its slope and with it its information vanish beside those of other rows. */
const NEARLY_ZERO = 1e-20;

/** The nearest mean that the link can start from. */
export function startInside(link: Link, mean: number): number {
  if (link.name === "identity" || link.name === "zeroInflated") return mean;
  if (isProbabilityLink(link)) return Math.min(Math.max(mean, 0.001), 0.999);
  if (link.name === "inverse" && mean < 0) return mean;
  return Math.max(mean, NEARLY_ZERO);
}
