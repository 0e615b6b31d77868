import { scalingOf } from "./effect-scale.ts";
import type { Scaling } from "./effect-scale.ts";
import { decimalsFor, formatNumber } from "./format.ts";
import { inUnits } from "./frame.ts";
import { drawIntervalRows } from "./interval-rows.ts";
import { describeLevels, makeLevelRows } from "./level-rows.ts";
import type { EffectLevel } from "./level-rows.ts";
import type { MeanReading } from "./partial-dependence-chart.ts";
import type { TermDrawing } from "./term-chart.ts";

/** A dot for each level, highest first, against the mean of all rows' own levels. */
export function drawMeanLevels(reading: MeanReading): TermDrawing {
  const { look, dependence, means, missing, units } = reading;
  const { grid, numRows, numMissing, label } = dependence;
  const levels = [
    ...grid.map((x, k) => level(String(x), means[k], numRows[k])),
    ...(numMissing > 0 ? [level("missing", missing, numMissing)] : []),
  ];
  const scaling = plainScaling(levels);
  const rows = makeLevelRows(levels, { scaling, order: "effect", sizeLabel: "rows" });
  const title = inUnits("Mean prediction", units);
  const range = [scaling.neutral, scaling.neutral] as const;
  const { isCut: _isCut, ...drawing } = drawIntervalRows(look, rows, { scaling, range, title });
  const note = `${inUnits("Dot: mean prediction of all rows with this level", units)}; line: mean over the levels as often as they occur; bars: number of rows`;
  return { note, description: `Mean prediction by ${label}: ${describeLevels(rows)}.`, ...drawing };
}

function level(name: string, estimate: number, n: number): EffectLevel {
  return { name, estimate, low: null, high: null, n, isReference: false };
}

/** So many decimals that neither the means nor what lies between them read alike. */
export function decimalsOfMeans(means: readonly number[]): number {
  const [low, high] = [Math.min(...means), Math.max(...means)];
  return high > low ? Math.max(decimalsFor(means), decimalsFor([high - low])) : decimalsFor(means);
}

/** Predictions as they are, without sign; the line stands at their mean. */
function plainScaling(levels: readonly EffectLevel[]): Scaling {
  const decimals = decimalsOfMeans(levels.map(({ estimate }) => estimate));
  const count = levels.reduce((sum, { n }) => sum + (n ?? 0), 0);
  const mean = levels.reduce((sum, { estimate, n }) => sum + estimate * (count > 0 ? (n ?? 0) / count : 1 / levels.length), 0);
  return {
    ...scalingOf("link"),
    neutral: mean,
    write: (effects) => effects.map(({ estimate }) => formatNumber(estimate, decimals)),
    writeRange: (low, high) => `${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}`,
  };
}
