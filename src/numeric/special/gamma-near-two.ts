/** ζ(k) − 1 for k = 2 … 32, to 20 digits (mpmath 1.3.0). */
export const ZETA_MINUS_ONE: Float64Array = Float64Array.of(
  0.6449340668482264,
  0.2020569031595943,
  0.08232323371113819,
  0.03692775514336993,
  0.01734306198444914,
  0.008349277381922827,
  0.00407735619794434,
  0.0020083928260822143,
  0.0009945751278180853,
  0.0004941886041194645,
  0.0002460865533080483,
  0.00012271334757848915,
  6.124813505870483e-5,
  3.058823630702049e-5,
  1.528225940865187e-5,
  7.637197637899763e-6,
  3.81729326499984e-6,
  1.908212716553939e-6,
  9.539620338727962e-7,
  4.769329867878064e-7,
  2.38450502727733e-7,
  1.1921992596531106e-7,
  5.960818905125948e-8,
  2.980350351465228e-8,
  1.4901554828365043e-8,
  7.45071178983543e-9,
  3.725334024788457e-9,
  1.862659723513049e-9,
  9.313274324196682e-10,
  4.656629065033784e-10,
  2.3283118336765053e-10,
);

/** 1 − γ, with Euler's constant γ. */
const ONE_MINUS_GAMMA = 0.42278433509846713;

/**
 * log Γ(2 + z) for |z| ≤ 1/2, to full relative accuracy: it is a multiple of z, so nothing cancels near its root at z = 0.
 * @see NIST Digital Library of Mathematical Functions, 5.7.3
 */
export function logGammaNearTwo(z: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length + 1; k >= 2; k--) sum = ZETA_MINUS_ONE[k - 2] / k - z * sum;
  return z * (ONE_MINUS_GAMMA + z * sum);
}
