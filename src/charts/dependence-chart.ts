import type { TopLevelSpec } from "vega-lite";
import { InputError, listNames } from "../errors.ts";
import type { Explanation } from "../shap/index.ts";
import type { Column } from "../table/index.ts";
import { drawLevelRows } from "./dependence-levels.ts";
import { drawScatter } from "./dependence-scatter.ts";
import type { Dependence } from "./dependence.ts";
import { assembleChart } from "./frame.ts";
import { checkRange, checkWhole, readExplanation } from "./options.ts";
import type { ChartOptions, Reading } from "./options.ts";
import { shadeByColumn } from "./shades.ts";
import type { Shades } from "./shades.ts";

/** Options of {@link dependenceChart}. */
export interface DependenceChartOptions extends ChartOptions {
  /** A column of the explained data that colours the dots. @defaultValue one colour for all */
  readonly colorBy?: string;
  /** At most so many dots: of more cases it shows an even pick that keeps the extremes. @defaultValue 2000 */
  readonly maxDots?: number;
  /**
   * Contributions in the shown units, lowest first, that the axis covers at least: the same for charts that are to be compared.
   * @defaultValue those of the feature
   */
  readonly range?: readonly [number, number];
}

/**
 * How one feature acts: each case's value of it against its contribution. Numbers make a scatter with a line through the medians of
 * equally filled bins; categories make a line of dots each, with a mark at the median, highest first. Missing values stand apart.
 * @param featureName a feature that stands for one column
 * @throws InputError for an unusable explanation, feature, column or option
 * @example
 * dependenceChart(explanation, "age", { colorBy: "income" });
 */
export function dependenceChart(explanation: Explanation, featureName: string, options: DependenceChartOptions = {}): TopLevelSpec {
  const call = "dependenceChart";
  const reading = readExplanation(call, explanation, options, ["colorBy", "maxDots", "range"]);
  const { maxDots = 2000, colorBy, range = [0, 0] } = options;
  checkWhole(call, "maxDots", maxDots, { low: 100, high: 20_000 }, "Leave it out for 2000.");
  checkRange(call, range);
  const { column, index } = findFeature(call, reading.explanation, featureName);
  const { label } = reading.explanation.features[index];
  const shades =
    colorBy === undefined ? plainShades(reading) : shadeByColumn(findColumn(call, reading.explanation, colorBy), reading.palette);
  const amounts = Float64Array.from({ length: reading.explanation.numRows }, (_, row) => reading.contribution(row, index));
  const dependence: Dependence = { reading, amounts, label, shades, maxDots, range };
  return assembleChart({
    look: reading,
    title: `How “${label}” moves the prediction${reading.ofOutput}`,
    ...(column.kind === "numeric" ? drawScatter(dependence, column) : drawLevelRows(dependence, column)),
  });
}

function plainShades({ explanation, palette }: Reading): Shades {
  return { colours: Array.from({ length: explanation.numRows }, () => palette.accent), legend: [] };
}

function findFeature(call: string, explanation: Explanation, name: string): { column: Column; index: number } {
  const index = explanation.featureNames.indexOf(name);
  const columns = index < 0 ? [] : explanation.features[index].columns;
  if (columns.length === 1) return { column: explanation.data.column(columns[0]), index };
  throw new InputError({
    call,
    argument: "featureName",
    expected: "the name of a feature that stands for one column",
    received: index < 0 ? JSON.stringify(name) : `${JSON.stringify(name)}, a group of ${columns.length} columns`,
    mend:
      index < 0 ? `The features are ${listNames(explanation.featureNames)}.` : "Explain without this group to see its columns one by one.",
  });
}

function findColumn(call: string, explanation: Explanation, name: string): Column {
  if (explanation.data.columnNames.includes(name)) return explanation.data.column(name);
  throw new InputError({
    call,
    argument: "colorBy",
    expected: "a column of the explained data",
    received: JSON.stringify(name),
    mend: `The columns are ${listNames(explanation.data.columnNames)}.`,
  });
}
