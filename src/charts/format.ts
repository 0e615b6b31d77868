import { levelLabel } from "../table/index.ts";
import type { Column } from "../table/index.ts";

const minus = "\u2212";
const groupSpace = "\u202f";
const unitSpace = "\u00a0";
/** Beyond so many decimals a number is read more easily as a power of ten. */
const mostDecimals = 6;
const largestWritten = 1e15;
const smallestWritten = 1e-4;

/**
 * How many decimals a list of numbers takes so that its largest has two or three significant digits:
 * 2 for 1.43 and 0.82, 1 for 34.2, 0 for 134, -1 for 1 430 (rounded to tens).
 */
export function decimalsFor(values: readonly number[]): number {
  const largest = values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
  if (largest === 0) return 0;
  const magnitude = Math.floor(Math.log10(Number(largest.toPrecision(3))));
  return magnitude >= 0 ? 2 - magnitude : Math.max(2, 1 - magnitude);
}

/**
 * A number for people: at most three significant digits, a true minus sign, narrow spaces between thousands from 10 000 on.
 * @param decimals the decimals of the list that the number stands in (see {@link decimalsFor}); left out, the number stands alone
 * and loses trailing zeros. A number that these decimals round to zero reads `≈ 0`.
 */
export function formatNumber(value: number, decimals?: number): string {
  return decimals === undefined ? writeNumber(value, decimalsFor([value]), dropZeros) : writeNumber(value, decimals, (text) => text);
}

/** A contribution: with its sign, `no effect` for zero. `decimals` as in {@link formatNumber}. */
export function formatSigned(value: number, decimals?: number): string {
  if (value === 0) return "no effect";
  const text = formatNumber(value, decimals);
  return value > 0 && !text.startsWith("≈") ? `+${text}` : text;
}

/** The size of an effect: without sign, `no effect` for zero. `decimals` as in {@link formatNumber}. */
export function formatSize(value: number, decimals?: number): string {
  return value === 0 ? "no effect" : formatNumber(Math.abs(value), decimals);
}

/** A number of things, in full: `9999`, `10 000`; with their name, `1 case`, `300 cases`. */
export function formatCount(count: number, one?: string, many?: string): string {
  const name = count === 1 ? one : many;
  return groupThousands(count.toFixed(0)) + (name === undefined ? "" : ` ${name}`);
}

/**
 * A share between 0 and 1 in per cent: `28 %`, `2.5 %`.
 * @param decimals of the list that it stands in. @defaultValue 1 below 10 %, else 0
 */
export function formatPercent(share: number, decimals: number = Math.abs(share) < 0.0995 ? 1 : 0): string {
  return `${formatNumber(100 * share, decimals)}${unitSpace}%`;
}

/** A text with its unit: currency signs before it (`€ 7 400`, `−€ 7 400`), other units after it (`48 months`). */
export function withUnit(text: string, unit: string | undefined): string {
  if (!unit) return text;
  if (!/^\p{Sc}$/u.test(unit)) return `${text}${unitSpace}${unit}`;
  const [, sign, number] = /^(≈ |[+−]?)(.*)$/su.exec(text) ?? ["", "", text];
  return `${sign}${unit}${unitSpace}${number}`;
}

/**
 * One cell in the user's words: the number with its unit, the label of the level, or `missing`.
 * Whole numbers stand in full; others are rounded to three significant digits, never before the decimal point.
 */
export function cellText(column: Column, row: number): string {
  if (column.kind === "categorical") return column.codes[row] < 0 ? "missing" : levelLabel(column, column.codes[row]);
  const value = column.values[row];
  return Number.isNaN(value) ? "missing" : withUnit(formatCell(value, 0), column.description.unit);
}

/**
 * How values of one column read, without their unit: whole numbers in full, others to two or three significant digits of themselves and
 * of the column's spread, never before the decimal point. So 1872 and 2009 stay as they are, and 41.986 and 42.064 do not read alike.
 */
export function formatterOf(values: Float64Array): (value: number) => string {
  const known = values.filter(Number.isFinite);
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
  const decimals = Math.max(0, decimalsFor([high - low]));
  return (value) => formatCell(value, decimals);
}

function formatCell(value: number, least: number): string {
  const places = Number.isInteger(value) ? 0 : Math.max(least, decimalsFor([value]));
  return writeNumber(value, places, dropZeros);
}

function writeNumber(value: number, places: number, tidy: (text: string) => string): string {
  if (Number.isNaN(value)) return "unknown";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${minus}∞`;
  if (value === 0) return "0";
  if ((places > mostDecimals && Math.abs(value) < smallestWritten) || Math.abs(value) >= largestWritten) return writePower(value);
  const rounded = roundTo(Math.abs(value), places);
  if (rounded === 0) return "≈ 0";
  return (value < 0 ? minus : "") + groupThousands(tidy(rounded.toFixed(Math.max(0, places))));
}

function roundTo(value: number, places: number): number {
  if (places >= 0) return Number(value.toFixed(places));
  const unit = 10 ** -places;
  return Math.round(value / unit) * unit;
}

function dropZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function groupThousands(text: string): string {
  const [whole, fraction] = text.split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, groupSpace) : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function writePower(value: number): string {
  const [digits, power] = Math.abs(value).toExponential(1).split("e");
  const raised = power.replace("+", "").replace(/./g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]));
  return `${value < 0 ? minus : ""}${dropZeros(digits)}${unitSpace}×${unitSpace}10${raised}`;
}
