import { sumChebyshev } from "./chebyshev.ts";
import { millsRatio } from "./mills-ratio.ts";

/**
 * Chebyshev coefficients of (1 + x)² · millsSlope(x) in t = (x − 5)/(x + 5), which maps [0, ∞] onto [−1, 1].
 * Computed to 60 digits by `test/reference/distributions/make-coefficients.py`; the next one is 1e-17.
 */
const COEFFICIENTS: Float64Array = Float64Array.of(
  1.1786939013866438,
  -0.10125727962799318,
  -0.14865546208521888,
  0.09816848778580152,
  -0.03171798898152607,
  0.004118380306630206,
  0.0013840174983079264,
  -0.0009838340353495313,
  0.0002948950492045316,
  -4.709260195140171e-5,
  8.590029272920808e-7,
  1.3554619080433912e-6,
  -2.3147555595831767e-7,
  -1.7075440607920013e-8,
  9.949362873866235e-9,
  -2.4106464654592276e-10,
  -3.5666175303257516e-10,
  2.8945226947362402e-11,
  1.3016100717797053e-11,
  -1.5524538138949635e-12,
  -5.220930630315194e-13,
  6.950184611901334e-14,
  2.345944460700038e-14,
  -2.771885973444679e-15,
  -1.1544282194411682e-15,
  9.116045274446133e-17,
  5.955159763084838e-17,
);

/** How fast Mills' ratio falls at any real x, 1 − x millsRatio(x), without its cancellation for large x, where it is about 1/x². */
export function millsSlope(x: number): number {
  if (x < 0) return 1 - x * (Math.sqrt(2 * Math.PI) * Math.exp(0.5 * x * x) - millsRatio(-x));
  return x === Infinity ? 0 : sumChebyshev(COEFFICIENTS, (x - 5) / (x + 5)) / ((1 + x) * (1 + x));
}
