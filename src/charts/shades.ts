import { formatCount } from "./format.ts";
import type { LegendGroup } from "./legend.ts";
import type { Palette } from "./theme.ts";
import { columnLabel, levelLabel } from "../table/index.ts";
import type { Column } from "../table/index.ts";

/** The colour of each row's dot and what the colours mean. */
export interface Shades {
  readonly colours: readonly string[];
  readonly legend: readonly LegendGroup[];
}

/** Colours rows by the rank of a numeric value, in as many steps as the ramp has; grey where there is no value to rank. */
export function shadeByRank(values: Float64Array, palette: Palette): string[] {
  const { ramp, others } = palette;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return others;
    // The middle of the ranks that equal values share, so that a constant takes the middle colour.
    const rank = (countUpTo(sorted, value, false) + countUpTo(sorted, value, true)) / 2 / sorted.length;
    return ramp[Math.min(ramp.length - 1, Math.floor(rank * ramp.length))];
  });
}

/** Colours rows by a column: by rank of a number, or the most frequent categories each in its own colour. */
export function shadeByColumn(column: Column, palette: Palette): Shades {
  const title: LegendGroup = { before: `${columnLabel(column)}:` };
  if (column.kind === "numeric") {
    const missing = column.values.some((value) => Number.isNaN(value)) ? [{ dots: [palette.others], after: "missing" }] : [];
    return { colours: shadeByRank(column.values, palette), legend: [title, rankLegend(palette), ...missing] };
  }
  const counts = column.levels.map((_, code) => column.codes.reduce((count, each) => count + (each === code ? 1 : 0), 0));
  const shown = counts
    .map((_, code) => code)
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a])
    .slice(0, palette.categories.length);
  const colours = Array.from(column.codes, (code) => palette.categories[shown.indexOf(code)] ?? palette.others);
  const named = shown.map((code, k): LegendGroup => ({ dots: [palette.categories[k]], after: levelLabel(column, code) }));
  const hasMissing = column.codes.some((code) => code < 0);
  const unnamed = counts.filter((count) => count > 0).length - shown.length;
  const restText = [...(unnamed > 0 ? [formatCount(unnamed, "other", "others")] : []), ...(hasMissing ? ["missing"] : [])].join(" or ");
  return {
    colours,
    legend: [title, ...named, ...(restText ? [{ dots: [palette.others], after: restText }] : [])],
  };
}

/** The legend of {@link shadeByRank}. */
export function rankLegend(palette: Palette): LegendGroup {
  return { before: "low value", dots: palette.ramp, after: "high value" };
}

/** How many of the sorted numbers lie below `value`, or with `including` at most at it. */
function countUpTo(sorted: Float64Array, value: number, including: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (including && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
