import type { BasisName } from "./smooth-spec.ts";

/** The order of a thin plate spline's penalty that mgcv takes by itself: the least m with 2m > d + 1. */
function defaultThinPlateOrder(dimension: number): number {
  return Math.floor((dimension + 1) / 2) + 1;
}

/** How many polynomials of `dimension` variables have a degree below `order`: what the penalty leaves alone. */
export function countPolynomials(order: number, dimension: number): number {
  let count = 1;
  for (let i = 0; i < dimension; i++) count = (count * (order + i)) / (i + 1);
  return Math.round(count);
}

/** The order of the derivative that is penalized and the polynomials that this leaves alone, of a thin plate spline told m. */
function thinPlateNullSpace(order: readonly number[] | null, dimension: number): number {
  const given = order?.[0] ?? 0;
  return countPolynomials(2 * given > dimension ? given : defaultThinPlateOrder(dimension), dimension);
}

/** mgcv's basis dimension where k is not given. */
export function defaultSize(basis: BasisName, dimension: number, order: readonly number[] | null, isMargin: boolean): number {
  if (isMargin) return 5 ** dimension;
  if (basis === "tp" || basis === "ts" || basis === "fs") {
    return thinPlateNullSpace(order, dimension) + [8, 27, 100][Math.min(dimension, 3) - 1];
  }
  if (basis === "ad") return 40;
  return Math.max(10, (order?.[0] ?? 0) + 1);
}

/** The least basis dimension that a basis can have. */
export function leastSize(basis: BasisName, dimension: number, order: readonly number[] | null): number {
  switch (basis) {
    case "tp":
    case "ts":
    case "fs":
      return thinPlateNullSpace(order, dimension) + 1;
    case "cr":
    case "cs":
      return 3;
    case "cc":
      return 4;
    case "ps":
    case "cp":
      // As many as reach over one interval, and one more than the differences take.
      return Math.max((order?.[0] ?? 2) + 2, (order?.[1] ?? order?.[0] ?? 2) + 1);
    case "ad":
      return 5;
    case "bs":
      return Math.max((order?.[0] ?? 3) + 1, 2);
    case "re":
      return 1;
  }
}
