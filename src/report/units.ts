import { decimalsFor, formatNumber, formatPercent, formatSigned, withUnit } from "../charts/index.ts";
import type { ModelKind } from "./reported-model.ts";

/** How predictions and contributions read. */
export interface Units {
  /** The unit of contributions on axes: `points of probability`, `€`; empty where there is none. */
  readonly label: string;
  /** Contributions are shown times this. */
  readonly scale: number;
  /** A prediction: `28 %`, `€ 1240`. */
  level(value: number): string;
  /** The size of a contribution with its unit: `7.4 points`, `€ 120`. */
  size(contribution: number): string;
  /** Contributions with sign and of one precision, without their unit: `+7.4`, `−12`. @param decimals @defaultValue those of running text */
  signed(contributions: readonly number[], decimals?: number): string[];
  /** A signed text with its unit: `+7.4 points`. */
  withUnit(signed: string): string;
  /** How far one prediction is from another: `40 points above`; null where both read the same. */
  gap(value: number, from: number): string | null;
}

/** Units of a model's shown scale: probability, raw scores of classes, or the response's own unit. */
export function unitsFor(kind: ModelKind, unit: string | undefined): Units {
  if (kind === "binary") return PROBABILITY;
  if (kind === "multiclass") return inNumbers("points of score", (text) => `${text} points`, formatNumber);
  const write = (text: string): string => withUnit(text, unit);
  return inNumbers(unit ?? "", write, (value) => write(formatNumber(value)));
}

/** What a signed zero reads, which takes no unit. */
const NO_EFFECT = formatSigned(0);

const PROBABILITY: Units = {
  label: "points of probability",
  scale: 100,
  level: (value) => formatPercent(value),
  size: (contribution) => points(roundPoints([contribution])[0]),
  signed: (contributions, decimals) =>
    signAll(
      contributions.map((value) => 100 * value),
      decimals,
    ),
  withUnit: points,
  gap: (value, from) => {
    // From the figures as they are printed, so that a reader who subtracts finds the same.
    const [a, b] = [value, from].map((share) => Number((100 * share).toFixed(share < 0.0995 ? 1 : 0)));
    const size = Math.abs(a - b);
    return a === b ? null : `${points(formatNumber(size, size < 9.95 && !Number.isInteger(size) ? 1 : 0))} ${a > b ? "above" : "below"}`;
  },
};

function inNumbers(label: string, write: (text: string) => string, level: (value: number) => string): Units {
  return {
    label,
    scale: 1,
    level,
    size: (contribution) => write(formatNumber(Math.abs(contribution), fewDecimals([contribution]))),
    signed: signAll,
    withUnit: (text) => (text === NO_EFFECT ? text : write(text)),
    gap: (value, from) => {
      const size = write(formatNumber(Math.abs(value - from), fewDecimals([value - from])));
      return level(value) === level(from) ? null : `${size} ${value > from ? "above" : "below"}`;
    },
  };
}

function points(text: string): string {
  return text === NO_EFFECT ? text : `${text}\u00a0${/^[+−]?1$/.test(text) ? "point" : "points"}`;
}

function roundPoints(contributions: readonly number[]): string[] {
  const shown = contributions.map((value) => 100 * Math.abs(value));
  return shown.map((value) => formatNumber(value, fewDecimals(shown)));
}

function signAll(values: readonly number[], decimals: number = fewDecimals(values)): string[] {
  return values.map((value) => formatSigned(value, decimals));
}

/** Decimals for running text: two significant digits where the charts show three. */
function fewDecimals(values: readonly number[]): number {
  const decimals = decimalsFor(values);
  return decimals > 0 ? decimals - 1 : decimals;
}
