import { quoteName } from "./expression-text.ts";
import type { ProductOptions, SmoothTerm } from "./smooth-builders.ts";

/** A typed smooth term in mgcv's spelling. @param writeExpression - spells a column's name or an expression */
export function writeSmooth({ type, covariates, options }: SmoothTerm, writeExpression: (text: string) => string): string {
  const { basis, k, by, order, smoothing, penalized, group, knots, point, shape, dimensions, spread, centred, full } = options;
  const named: [string, string | undefined][] = [
    ["bs", basis && writeVector(basis, (name) => JSON.stringify(name))],
    ["k", k === undefined ? undefined : writeVector(k, writeNumber)],
    ["m", order === undefined ? undefined : writeOrder(order)],
    ["by", by && writeExpression(by)],
    ["d", dimensions && writeVector(dimensions, writeNumber)],
    ["sp", smoothing === undefined ? undefined : writeVector(smoothing, writeNumber)],
    ["fx", penalized === undefined ? undefined : writeVector(penalized, (flag) => writeFlag(!flag))],
    ["np", spread === undefined ? undefined : writeFlag(spread)],
    ["mc", centred === undefined ? undefined : writeVector(centred, writeFlag)],
    ["full", full === undefined ? undefined : writeFlag(full)],
    ["id", group && JSON.stringify(group)],
    ["knots", knots && writeKnots(knots, writeExpression)],
    ["pc", point && writeVector(point, writeNumber)],
    ["shape", shape && JSON.stringify(shape)],
  ];
  const parts = named.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`]));
  return `${type}(${[...covariates.map(writeExpression), ...parts].join(", ")})`;
}

/** One value as it is, several within c( ). */
function writeVector<T>(values: T | readonly T[], write: (value: T) => string): string {
  if (!Array.isArray(values)) return write(values as T);
  const parts = (values as readonly T[]).map(write);
  return parts.length === 1 ? parts[0] : `c(${parts.join(", ")})`;
}

/** A number with all of its digits; null is R's NA. */
function writeNumber(value: number | null): string {
  return value === null ? "NA" : String(value);
}

function writeFlag(value: boolean): string {
  return value ? "TRUE" : "FALSE";
}

function writeOrder(order: NonNullable<ProductOptions["order"]>): string {
  const isList = Array.isArray(order) && order.some((part) => Array.isArray(part));
  if (!isList) return writeVector(order as number | readonly (number | null)[], writeNumber);
  return `list(${(order as readonly (readonly number[])[]).map((part) => writeVector(part, writeNumber)).join(", ")})`;
}

function writeKnots(knots: NonNullable<ProductOptions["knots"]>, writeExpression: (text: string) => string): string {
  if (Array.isArray(knots)) return `c(${knots.map(writeNumber).join(", ")})`;
  const parts = Object.entries(knots).map(
    ([name, values]) => `${quoteName(writeExpression(name))} = c(${values.map(writeNumber).join(", ")})`,
  );
  return `list(${parts.join(", ")})`;
}
