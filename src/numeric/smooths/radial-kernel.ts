import { logGamma } from "../special/index.ts";

/**
 * The radial function of a thin plate spline in d dimensions whose penalty is on derivatives of order m: scale × r^power, times log r where
 * the power is even.
 */
export interface RadialKernel {
  /** 2m − d, positive. */
  readonly power: number;
  readonly scale: number;
}

/** @see Wood (2003), Journal of the Royal Statistical Society B 65, 95–114, doi:10.1111/1467-9868.00374, equation (4) */
export function findRadialKernel(dimension: number, order: number): RadialKernel {
  const power = 2 * order - dimension;
  const half = dimension / 2;
  const shared = half * Math.log(Math.PI) + logGamma(order);
  if (dimension % 2 === 0) {
    const sign = (order + 1 + half) % 2 === 0 ? 1 : -1;
    return { power, scale: sign * Math.exp(-(2 * order - 1) * Math.LN2 - shared - logGamma(order - half + 1)) };
  }
  // Γ(d/2 − m) of a negative half by reflection: π / (sin(π z) Γ(1 − z)); the sine is 1 or −1.
  const sine = ((power + 1) / 2) % 2 === 0 ? 1 : -1;
  return { power, scale: sine * Math.exp(Math.log(Math.PI) - logGamma(1 + power / 2) - 2 * order * Math.LN2 - shared) };
}

/** Powers of each dimension in the polynomials of total degree below the order: the first dimension's vary fastest. */
export function listPolynomials(dimension: number, order: number): number[][] {
  let powers: number[][] = [[]];
  for (let k = 0; k < dimension; k++) {
    powers = Array.from({ length: order }, (_, power) => powers.map((before) => [...before, power])).flat();
  }
  return powers.filter((each) => each.reduce((sum, power) => sum + power, 0) < order);
}

/** A polynomial at points. @param powers - of each dimension */
export function evaluatePolynomial(powers: readonly number[], coordinates: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(coordinates[0].length).fill(1);
  for (const [k, power] of powers.entries()) {
    const x = coordinates[k];
    for (let turn = 0; turn < power; turn++) for (let i = 0; i < values.length; i++) values[i] *= x[i];
  }
  return values;
}
