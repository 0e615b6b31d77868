import type { Coefficient } from "./coefficient-table.ts";
import { formatFixed, formatPValue, significanceStars } from "./summary-numbers.ts";

/** What R prints below a table with stars. */
export const SIGNIFICANCE_LEGEND: readonly string[] = ["---", "Signif. codes:  0 '***' 0.001 '**' 0.01 '*' 0.05 '.' 0.1 ' ' 1"];

/** R's table of coefficients, line by line. */
export function coefficientRows(coefficients: readonly Coefficient[], kind: "z" | "t"): string[] {
  const places = decimalPlaces(coefficients);
  const rows = coefficients.map(({ name, estimate, standardError, statistic, pValue }) => [
    name,
    estimate === null ? "NA" : formatFixed(estimate, places),
    standardError === null ? "NA" : formatFixed(standardError, places),
    statistic === null ? "NA" : formatFixed(statistic, 3),
    pValue === null ? "NA" : formatPValue(pValue),
    pValue === null ? "" : significanceStars(pValue),
  ]);
  return layoutTable([["", "Estimate", "Std. Error", `${kind} value`, `Pr(>|${kind}|)`, ""], ...rows]);
}

/** Rows of cells as lines: names and stars to the left, numbers to the right. */
export function layoutTable(rows: readonly (readonly string[])[]): string[] {
  const last = rows[0].length - 1;
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 || column === last ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join(" ")
      .trimEnd(),
  );
}

/** So many decimals that the smallest standard error keeps four significant digits, as R prints them; at most 8. */
function decimalPlaces(coefficients: readonly Coefficient[]): number {
  const sizes = coefficients.flatMap(({ estimate, standardError }) => {
    const size = Math.min(
      ...[estimate, standardError].filter((value) => value !== null && value !== 0).map((value) => Math.abs(value ?? 1)),
    );
    return Number.isFinite(size) ? [size] : [];
  });
  const smallest = Math.min(1, ...sizes);
  return Math.max(0, Math.min(8, 3 - Math.floor(Math.log10(smallest))));
}
