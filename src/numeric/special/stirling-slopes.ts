import { digamma, trigamma } from "./polygamma.ts";
import { stirlingSeriesSlopes } from "./stirling-series.ts";

/** First and second derivative by log x. */
export interface LogSlopes {
  readonly first: number;
  readonly second: number;
}

/** The derivatives of `stirlingError` by the logarithm of x, for x > 0: the first is x (ψ(x) − log x) + ½. */
export function stirlingSlopes(x: number): LogSlopes {
  if (x >= 10) return stirlingSeriesSlopes(x);
  const excess = digamma(x) - Math.log(x);
  return { first: x * excess + 0.5, second: x * (excess + x * trigamma(x) - 1) };
}
