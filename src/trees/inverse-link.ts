import type { OutputLink } from "./output-link.ts";

/**
 * Raw sums that give a response; of `softmax` up to a constant a row. NaN or infinite where there is none.
 * @param response - rows × outputs
 * @returns null for links that keep too little of the sums
 */
export function invertLink({ name, slope, divisor }: OutputLink, response: ArrayLike<number>): Float64Array | null {
  const own = INVERSES[name];
  return own === undefined ? null : Float64Array.from(response, (value) => (own(value) / slope) * divisor);
}

const INVERSES: Readonly<Partial<Record<OutputLink["name"], (response: number) => number>>> = {
  identity: (response) => response,
  logistic: (response) => Math.log(response / (1 - response)),
  softmax: Math.log,
  exp: Math.log,
  square: (response) => Math.sign(response) * Math.sqrt(Math.abs(response)),
  halving: (response) => -Math.log2(response),
  log1pExp: (response) => Math.log(Math.expm1(response)),
};
