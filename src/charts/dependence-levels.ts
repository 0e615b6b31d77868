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

/** A line of dots for each category with a mark at the median, highest median first, then the rarer categories together and `missing`. */
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
      value: formatCount(cases.length, "case", "cases"),
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
  const frequent = [...rowsOf].filter(([code]) => code >= 0).sort((a, b) => b[1].length - a[1].length);
  const shown = frequent.length <= mostLevels ? frequent : frequent.slice(0, mostLevels - 1);
  const rest = frequent.slice(shown.length);
  return [
    ...shown.map(([code, rows]) => collect(levelLabel(column, code), rows)).sort((a, b) => b.median - a.median),
    ...(rest.length > 0
      ? [
          collect(
            formatCount(rest.length, "rarer category", "rarer categories"),
            rest.flatMap(([, rows]) => rows),
          ),
        ]
      : []),
    ...(missing ? [collect("missing", missing)] : []),
  ];
}
