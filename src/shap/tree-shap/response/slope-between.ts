import { log1pExp } from "../../../numeric/index.ts";
import type { LinkName, OutputLink } from "../../../trees/index.ts";

type RescalableLink = "identity" | "logistic" | "exp" | "square" | "log1pExp" | "hinge" | "halving";
const RESCALABLE: readonly LinkName[] = [
  "identity",
  "logistic",
  "exp",
  "square",
  "log1pExp",
  "hinge",
  "halving",
] satisfies RescalableLink[];

/** Whether a link has a slope between two raw sums here: it takes one sum alone. */
export function isRescalable(name: LinkName): name is RescalableLink {
  return RESCALABLE.includes(name);
}

/**
 * (g(a) − g(b)) / (a − b) for a link g of one raw sum, and its derivative where a = b; without cancellation where they are close.
 * @param link - a rescalable one
 */
export function slopeBetween({ name, slope, divisor }: OutputLink, a: number, b: number): number {
  if (!isRescalable(name)) throw new Error(`slopeBetween: no slope of ${name}`);
  // 2^(-x) is exp of x times -log 2.
  const scale = (name === "halving" ? -Math.LN2 : slope) / divisor;
  // Symmetric in a and b: from the smaller one up.
  const [low, high] = scale * a < scale * b ? [scale * a, scale * b] : [scale * b, scale * a];
  return scale * slopeOf(name, low, high);
}

function slopeOf(name: RescalableLink, low: number, high: number): number {
  const width = high - low;
  // (1 − exp(−width)) / width
  const decay = width === 0 ? 1 : -Math.expm1(-width) / width;
  switch (name) {
    case "logistic":
      return (decay / (1 + Math.exp(-high))) * (1 / (1 + Math.exp(low)));
    case "exp":
    case "halving":
      return Math.exp(high) * decay;
    case "square":
      return slopeOfSquare(low, high);
    case "log1pExp":
      return slopeOfLog1pExp(low, high, width);
    case "hinge":
      return low <= 0 && high > 0 ? 1 / width : 0;
    case "identity":
      return 1;
  }
}

/** Of sign(x) x². */
function slopeOfSquare(low: number, high: number): number {
  const size = Math.abs(low) + Math.abs(high);
  return low < 0 && high > 0 ? (low * low + high * high) / size : size;
}

function slopeOfLog1pExp(low: number, high: number, width: number): number {
  const share = 1 / (1 + Math.exp(-high));
  if (width === 0) return share;
  if (width > 1) return (log1pExp(high) - log1pExp(low)) / width;
  return -Math.log1p(share * Math.expm1(-width)) / width;
}
