import { sumChebyshev } from "./chebyshev.ts";

/**
 * Chebyshev coefficients of (1 + x) · millsRatio(x) in t = (x − 5)/(x + 5), which maps [0, ∞] onto [−1, 1].
 * Computed to 60 digits by `test/reference/distributions/make-coefficients.py`; the next one is 1e-17.
 */
const COEFFICIENTS: Float64Array = Float64Array.of(
  1.1579976221305188,
  -0.1633449388451398,
  -0.013683136055781576,
  0.03082200019810004,
  -0.016220073012046806,
  0.005616691016460094,
  -0.0014133933783549216,
  0.0002502625460725661,
  -2.468907239728387e-5,
  -1.0107964061837592e-6,
  7.495419179740573e-7,
  -7.600274268728337e-8,
  -1.1574771441328644e-8,
  3.333386472599843e-9,
  7.538039628171347e-11,
  -1.1104247263727494e-10,
  3.509243776551059e-12,
  3.6894953861750955e-12,
  -2.3376697776383095e-13,
  -1.3271797523541405e-13,
  9.921706995888276e-15,
  5.276004995455379e-15,
  -3.373097694187922e-16,
  -2.2804338776379946e-16,
  7.496330565808626e-18,
);

/**
 * Mills' ratio of the standard normal for x ≥ 0: its upper tail divided by its density; about 1/x for large x, and never 0 on the way.
 * @see Shepherd and Laframboise (1981), doi:10.1090/S0025-5718-1981-0595058-X (the mapping)
 */
export function millsRatio(x: number): number {
  if (x === Infinity) return 0;
  return sumChebyshev(COEFFICIENTS, (x - 5) / (x + 5)) / (1 + x);
}
