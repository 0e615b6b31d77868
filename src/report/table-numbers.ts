import { decimalsFor, formatNumber } from "../charts/index.ts";

/** Four significant digits, as such tables have them. */
export function writeDigits(value: number | null): string {
  if (value === null) return "–";
  return formatNumber(value, decimalsFor([value]) + 1);
}

/** To three decimals where it is small; a dash where it is not known. */
export function writePValue(pValue: number | null): string {
  if (pValue === null) return "–";
  return pValue < 0.001 ? "< 0.001" : formatNumber(pValue, pValue < 0.1 ? 3 : 2);
}
