import { listNames } from "../../errors.ts";
import { expressionText } from "../formula/expression-text.ts";
import { nearestNames } from "../near-names.ts";
import { defaultSize, leastSize } from "./margin-sizes.ts";
import type { SmoothArguments } from "./smooth-arguments.ts";
import { BASIS_NAMES } from "./smooth-spec.ts";
import type { BasisName, MarginSpec, SmoothCovariate } from "./smooth-spec.ts";

const OF_ONE_NUMBER: ReadonlySet<BasisName> = new Set(["cr", "cs", "cc", "ps", "cp", "bs", "ad"]);
const MOST_FUNCTIONS = 10_000;

/** Reads the margins of a smooth; s( ) has one. @throws InputError with a caret under what does not suit them */
export function readMargins(given: SmoothArguments, covariates: readonly SmoothCovariate[], hasShape: boolean): MarginSpec[] {
  const isProduct = given.place.name !== "s";
  const groups = isProduct ? splitCovariates(given, covariates) : [covariates];
  const bases = readBases(given, groups.length, isProduct ? "cr" : hasShape ? "ps" : "tp");
  const sizes = given.spread("k", given.numbers("k") ?? [null], groups.length);
  const orders = readOrders(given, groups.length);
  const fixed = given.spread("fx", given.flags("fx") ?? [false], groups.length);
  const centred = given.spread("mc", given.flags("mc") ?? [given.place.name === "ti"], groups.length);
  return groups.map((group, k) => {
    const [basis, order] = [bases[k], orders[k]];
    checkKinds(given, basis, group, isProduct);
    checkShape(given, basis, hasShape);
    const numbers = group.filter(({ kind }) => kind === "numbers").length;
    const size = sizes[k] ?? -1;
    return {
      basis,
      covariates: group,
      size: basis === "re" ? 0 : size < 0 ? defaultSize(basis, numbers, order, isProduct) : checkSize(given, basis, numbers, order, size),
      order: basis === "re" ? null : checkOrder(given, basis, numbers, order),
      penalized: !fixed[k],
      centred: centred[k],
    };
  });
}

/** The covariates of each margin of a product, by `d`. */
function splitCovariates(given: SmoothArguments, covariates: readonly SmoothCovariate[]): SmoothCovariate[][] {
  const sizes = given.numbers("d");
  if (sizes === undefined) return covariates.map((one) => [one]);
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? NaN), 0);
  const isWhole = sizes.every((size) => size !== null && Number.isInteger(size) && size >= 1);
  if (!isWhole || total !== covariates.length || (sizes.length < 2 && covariates.length > 1)) {
    const expected = `margins of ${covariates.length} covariates in all, at least two margins, as d`;
    throw given.refuse(given.get("d")!, expected, expressionText(given.get("d")!), "Give the number of covariates of each margin.");
  }
  let next = 0;
  return sizes.map((size) => covariates.slice(next, (next += size!)));
}

function readBases(given: SmoothArguments, count: number, byDefault: BasisName): BasisName[] {
  const names = given.spread("bs", given.texts("bs") ?? [byDefault], count);
  return names.map((name) => {
    if ((BASIS_NAMES as readonly string[]).includes(name)) return name as BasisName;
    const near = nearestNames(name, BASIS_NAMES);
    const mend = near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "Take one of them.";
    throw given.refuse(given.get("bs")!, `a basis among ${listNames(BASIS_NAMES, BASIS_NAMES.length)}`, JSON.stringify(name), mend);
  });
}

/** mgcv's m: of s( ) a vector for its basis; of a product one number a margin, or a list of vectors. */
function readOrders(given: SmoothArguments, count: number): (readonly number[] | null)[] {
  const value = given.get("m");
  if (value === undefined) return Array.from({ length: count }, () => null);
  const parts = given.list("m")?.map((part) => given.numbersOf(part.value, "m"));
  const vectors = parts ?? (given.place.name === "s" ? [given.numbers("m")!] : given.numbers("m")!.map((one) => [one]));
  return given.spread("m", vectors, count).map((vector) => {
    const numbers = vector.filter((one) => one !== null);
    return numbers.length === 0 ? null : numbers;
  });
}

function checkKinds(given: SmoothArguments, basis: BasisName, group: readonly SmoothCovariate[], isProduct: boolean): void {
  const levels = group.filter(({ kind }) => kind === "levels");
  const place = given.get("bs") ?? given.place;
  if (isProduct && (basis === "fs" || basis === "ad" || (basis === "re" && group.length > 1))) {
    throw given.refuse(place, "margins of one of the other bases", JSON.stringify(basis), `Let ${basis} stand in an s( ) of its own.`);
  }
  if (basis === "re") return;
  if (basis === "fs") {
    if (levels.length === 1 && group.length > 1) return;
    const mend = 'Write s(x, region, bs = "fs"): a curve of x for each level of region.';
    throw given.refuse(place, "numbers and one column of levels for the basis fs", `${levels.length} columns of levels`, mend);
  }
  if (levels.length > 0) {
    const { text, expression } = levels[0];
    const mend = `Write s(${text}, bs = "re") for random effects of its levels, by = ${text} for a curve for each level, or ${text} alone.`;
    throw given.refuse(expression, "covariates that are numbers", `the levels of ${text}`, mend);
  }
  if (group.length === 1 || !OF_ONE_NUMBER.has(basis)) return;
  const names = group.map(({ text }) => text).join(", ");
  const mend = `Write te(${names}) for a product of curves, or take the basis "tp".`;
  throw given.refuse(place, `one covariate for the basis ${basis}`, `${group.length}`, mend);
}

function checkShape(given: SmoothArguments, basis: BasisName, hasShape: boolean): void {
  if (!hasShape || basis === "ps") return;
  const mend = 'Take bs = "ps": the shapes are held by the coefficients of its B-splines.';
  throw given.refuse(given.get("bs")!, 'the basis "ps" where it has a shape', JSON.stringify(basis), mend);
}

function checkSize(given: SmoothArguments, basis: BasisName, dimension: number, order: readonly number[] | null, size: number): number {
  const least = leastSize(basis, dimension, order);
  if (Number.isInteger(size) && size >= least && size <= MOST_FUNCTIONS) return size;
  const expected = `a whole number from ${least} to ${MOST_FUNCTIONS} as k of the basis ${basis}`;
  throw given.refuse(given.get("k")!, expected, String(size), size < least ? `Take k = ${least} or more.` : "Take another k.");
}

/** How many numbers m may have, by basis. */
const ORDERS: Readonly<Record<BasisName, readonly [most: number, least: number, largest: number]>> = {
  tp: [2, 0, 10],
  ts: [2, 0, 10],
  fs: [1, 1, 10],
  cr: [0, 0, 0],
  cs: [0, 0, 0],
  cc: [0, 0, 0],
  ps: [2, 0, 20],
  cp: [2, 0, 20],
  bs: [6, 0, 20],
  ad: [1, 1, 40],
  re: [0, 0, 0],
};

function checkOrder(
  given: SmoothArguments,
  basis: BasisName,
  dimension: number,
  order: readonly number[] | null,
): readonly number[] | null {
  const [most, least, largest] = ORDERS[basis];
  if (order === null || most === 0) return null; // mgcv too lets m stand where a basis has no use for it
  const isWhole = order.every((value) => Number.isInteger(value) && value >= least && value <= largest);
  const isThin = basis === "tp" || basis === "ts" || basis === "fs";
  const isSmooth = !isThin || order[0] === 0 || 2 * order[0] > dimension;
  if (isWhole && order.length <= most && isSmooth) return order;
  const expected = !isSmooth
    ? `m above ${dimension / 2}, half the number of covariates`
    : `at most ${most} whole numbers from ${least} to ${largest} as m of the basis ${basis}`;
  throw given.refuse(given.get("m")!, expected, `c(${order.join(", ")})`, "Leave m out for the basis's own.");
}
