import type { TopLevelSpec } from "vega-lite";
import type { Explanation } from "../shap/index.ts";
import { drawDotRows } from "./dot-rows.ts";
import type { Dot, DotRow } from "./dot-rows.ts";
import { cellText, decimalsFor, formatCount, formatSigned } from "./format.ts";
import { assembleChart } from "./frame.ts";
import { checkWhole, readExplanation } from "./options.ts";
import type { ChartOptions, Reading } from "./options.ts";
import { rankLegend, shadeByRank } from "./shades.ts";
import { pickEvenly } from "./thin.ts";

/** Options of {@link beeswarmChart}. */
export interface BeeswarmChartOptions extends ChartOptions {
  /** So many features are shown, the most important first. @defaultValue 10 */
  readonly top?: number;
  /** At most so many dots in all: of more cases each feature shows an even pick between its lowest and its highest. @defaultValue 2000 */
  readonly maxDots?: number;
}

/**
 * Every case for analysts: a line of dots for each feature, a dot for each case at its contribution, coloured by the rank of the
 * case's value among all cases. Categories, groups of columns and missing values have no rank and are grey.
 * @throws InputError for an unusable explanation or option
 * @example
 * beeswarmChart(explanation, { top: 8, width: 1000 });
 */
export function beeswarmChart(explanation: Explanation, options: BeeswarmChartOptions = {}): TopLevelSpec {
  const call = "beeswarmChart";
  const reading = readExplanation(call, explanation, options, ["top", "maxDots"]);
  const { top = 10, maxDots = 2000 } = options;
  checkWhole(call, "top", top, { low: 1, high: 50 }, "Leave it out for 10.");
  checkWhole(call, "maxDots", maxDots, { low: 100, high: 20_000 }, "Leave it out for 2000.");
  const { numRows, numFeatures } = reading.explanation;
  const ranking = reading.explanation.importance().slice(0, top);
  const perRow = Math.floor(maxDots / ranking.length);
  const rows = ranking.map(({ feature, label }) => collectRow(reading, feature, label, perRow));
  const features = ranking.length < numFeatures ? `${ranking.length} most important of ${numFeatures} features` : "All features";
  const cases =
    perRow < numRows
      ? `${formatCount(perRow)} of ${formatCount(numRows)} cases each, evenly picked from lowest to highest`
      : "a dot for each case";
  const hasGrey = rows.some(({ dots }) => dots.some(({ colour }) => colour === reading.palette.others));
  const grey = hasGrey ? [{ dots: [reading.palette.others], after: "category, group or missing" }] : [];
  return assembleChart({
    look: reading,
    title: `How each feature moves the prediction${reading.ofOutput}`,
    note: `${features}, ${cases}`,
    description: describeRows(reading, rows, `${features}, ${cases}`),
    ...drawDotRows(reading, rows, [rankLegend(reading.palette), ...grey]),
  });
}

function collectRow(reading: Reading, feature: string, label: string, most: number): DotRow {
  const { explanation, palette, contribution } = reading;
  const j = explanation.featureNames.indexOf(feature);
  const { columns } = explanation.features[j];
  const column = columns.length === 1 ? explanation.data.column(columns[0]) : null;
  const colours = column?.kind === "numeric" ? shadeByRank(column.values, palette) : null;
  const order = Array.from({ length: explanation.numRows }, (_, row) => row).sort((a, b) => contribution(a, j) - contribution(b, j));
  const amounts = order.map((row) => contribution(row, j));
  const decimals = decimalsFor(amounts);
  const dots = pickEvenly(order.length, most).map((position): Dot => {
    const row = order[position];
    const value = column ? `: ${cellText(column, row)}` : "";
    return {
      amount: amounts[position],
      colour: colours?.[row] ?? palette.others,
      tip: `${label}${value}, ${formatSigned(amounts[position], decimals)}`,
    };
  });
  return { name: label, dots };
}

function describeRows(reading: Reading, rows: readonly DotRow[], extent: string): string {
  const ranges = rows.map(({ name, dots }) => {
    const ends = [dots[0].amount, dots[dots.length - 1].amount];
    const decimals = decimalsFor(ends);
    return `${name} from ${formatSigned(ends[0], decimals)} to ${formatSigned(ends[1], decimals)}`;
  });
  return `Dots show the contributions to the prediction${reading.ofOutput}, in ${reading.units || "its units"}. ${extent}. ${ranges.join("; ")}.`;
}
