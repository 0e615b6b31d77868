import { median } from "simple-statistics";
import { levelLabel } from "../table/index.ts";
import type { CategoricalColumn } from "../table/index.ts";
import type { Dependence, DependenceDrawing } from "./dependence.ts";
import { drawDotRows } from "./dot-rows.ts";
import type { DotRow } from "./dot-rows.ts";
import { decimalsFor, formatCount, formatSigned } from "./format.ts";
import { pickEvenly } from "./thin.ts";

/** Rows of the data that share a level. */
interface LevelCases {
  readonly name: string;
  readonly rows: readonly number[];
  readonly median: number;
}

const mostLevels = 12;

/** Levels with fewer cases are too rare to be compared. */
export const fewestOfLevel = 10;

/**
 * A line of dots for each category with a mark at the median, highest median first, then the rarer categories together and `missing`.
 * Of the levels that can be compared the highest and the lowest always have a line of their own.
 */
export function drawLevelRows(dependence: Dependence, column: CategoricalColumn): DependenceDrawing {
  const { reading, amounts, label, shades, maxDots, range } = dependence;
  const levels = groupByLevel(amounts, column);
  const decimals = decimalsFor(levels.map((level) => level.median));
  const said = levels.map((level) => formatSigned(level.median, decimals));
  const rows = levels.map(({ name, rows: cases, median: middle }, rank): DotRow => {
    const ordered = [...cases].sort((a, b) => amounts[a] - amounts[b]);
    const most = Math.max(2, Math.floor((maxDots * cases.length) / amounts.length));
    const dots = pickEvenly(ordered.length, most).map((position) => {
      const row = ordered[position];
      return { amount: amounts[row], colour: shades.colours[row], tip: `${name}, ${formatSigned(amounts[row])}` };
    });
    return {
      name,
      value: formatCount(cases.length),
      inBrackets: true,
      dots,
      median: middle,
      tip: `${name}: median ${said[rank]}, ${formatCount(cases.length, "case", "cases")}`,
    };
  });
  const thinned = amounts.length > maxDots ? `${formatCount(rows.reduce((sum, { dots }) => sum + dots.length, 0))} of ` : "";
  const note = `A dot for each case, ${thinned}${formatCount(amounts.length, "case", "cases")}. Thick mark: the median of its category`;
  const told = levels.map(({ name }, rank) => `${name} ${said[rank]}`);
  return {
    note,
    description: `Contributions by ${label}, in ${reading.units || "the prediction's units"}. ${note}. Medians: ${told.join("; ")}.`,
    ...drawDotRows(reading, rows, shades.legend, range),
  };
}

function groupByLevel(amounts: Float64Array, column: CategoricalColumn): LevelCases[] {
  const rowsOf = new Map<number, number[]>();
  column.codes.forEach((code, row) => {
    const rows = rowsOf.get(code);
    if (rows) rows.push(row);
    else rowsOf.set(code, [row]);
  });
  const collect = (name: string, rows: readonly number[]): LevelCases => ({ name, rows, median: median(rows.map((row) => amounts[row])) });
  const missing = rowsOf.get(-1);
  const known = [...rowsOf].filter(([code]) => code >= 0).sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const levels = known.map(([code, rows]) => collect(levelLabel(column, code), rows));
  const shown = pickLevels(levels);
  const rest = levels.filter((level) => !shown.includes(level));
  const together = formatCount(rest.length, "rarer category", "rarer categories");
  return [
    ...shown.sort((a, b) => b.median - a.median),
    ...(rest.length > 0
      ? [
          collect(
            together,
            rest.flatMap(({ rows }) => rows),
          ),
        ]
      : []),
    ...(missing ? [collect("missing", missing)] : []),
  ];
}

/** Those that have a line of their own, of levels in falling order of their number of cases. */
function pickLevels(levels: readonly LevelCases[]): LevelCases[] {
  if (levels.length <= mostLevels) return [...levels];
  const compared = levels.filter(({ rows }) => rows.length >= fewestOfLevel).sort((a, b) => b.median - a.median);
  return [...new Set([...compared.slice(0, 1), ...compared.slice(-1), ...levels])].slice(0, mostLevels - 1);
}
