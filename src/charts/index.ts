export { farFromCases } from "../numeric/index.ts";
export type { EffectScale, SurfaceAxis, SurfaceEffect, TermEffect, TermPoint } from "../models/index.ts";
export { beeswarmChart, type BeeswarmChartOptions } from "./beeswarm-chart.ts";
export { calibrationChart, type CalibrationPoint } from "./calibration-chart.ts";
export { contributionChart, type ContributionChartOptions } from "./contribution-chart.ts";
export { dependenceChart, type DependenceChartOptions } from "./dependence-chart.ts";
export {
  cellText,
  decimalsFor,
  formatCount,
  formatNumber,
  formatPercent,
  formatSigned,
  formatSize,
  formatterOf,
  withUnit,
} from "./format.ts";
export { describeEffect, type SentenceOptions } from "./effect-sentences.ts";
export { fewestOfLevel } from "./dependence-levels.ts";
export { importanceChart, type ImportanceChartOptions } from "./importance-chart.ts";
export { liftChart, type LiftRow } from "./lift-chart.ts";
export { medianLine, type MedianPoint } from "./median-line.ts";
export { observedChart, type ObservedPoint } from "./observed-chart.ts";
export type { ChartOptions, LookOptions } from "./options.ts";
export { palettes, type Palette, type Theme } from "./theme.ts";
export { partialDependenceChart, type PartialDependenceChartOptions } from "./partial-dependence-chart.ts";
export { quantileChart, type QuantileChartOptions } from "./quantile-chart.ts";
export { relativityChart, type Relativity, type RelativityChartOptions } from "./relativity-chart.ts";
export type { ResidualKind, ResidualPoint } from "./residual-cases.ts";
export { residualChart, type ResidualChartOptions } from "./residual-chart.ts";
export { surfaceChart, type SurfaceChartOptions } from "./surface-chart.ts";
export { describeSurfaceEffect } from "./surface-sentences.ts";
export { effectRange } from "./term-curve.ts";
export { termChart, type TermChartOptions } from "./term-chart.ts";
export { waterfallChart, type WaterfallChartOptions } from "./waterfall-chart.ts";
