import type { TopLevelSpec } from "vega-lite";
import {
  beeswarmChart,
  calibrationChart,
  contributionChart,
  dependenceChart,
  importanceChart,
  liftChart,
  partialDependenceChart,
  quantileChart,
  relativityChart,
  residualChart,
  surfaceChart,
  termChart,
  waterfallChart,
} from "../../../src/charts/index.ts";
import type { CalibrationPoint, LiftRow, LookOptions } from "../../../src/charts/index.ts";
import { Explanation } from "../../../src/shap/index.ts";
import { creditExplanation } from "./credit.ts";
import {
  ageEffect,
  districtEffect,
  areaEffect,
  landEffect,
  makeEffect,
  residualPoints,
  scatterNormal,
  tariff,
  yearEffect,
} from "./glm-examples.ts";
import { ageCurves, ageMeans, districtMeans } from "./mean-examples.ts";

const calibrationBins: readonly CalibrationPoint[] = Array.from({ length: 10 }, (_, k) => {
  const observedRate = Math.max(0, 0.04 + k * 0.075 + ((k % 3) - 1) * 0.03);
  return {
    meanPredicted: 0.04 + k * 0.075,
    observedRate,
    low: Math.max(0, observedRate - 0.08),
    high: Math.min(1, observedRate + 0.09),
    n: 100,
  };
});

export const liftRows: readonly LiftRow[] = Array.from({ length: 10 }, (_, k) => ({
  group: k === 0 ? "Highest tenth" : k === 9 ? "Lowest tenth" : `Tenth ${k + 1}`,
  rate: 0.72 * 0.78 ** k,
  lift: 2.4 * 0.78 ** k,
  n: 100,
}));

/** The credit example with standard errors of a tenth of each contribution and 0.01. */
function sampledExplanation(numRows: number): Explanation {
  const exact = creditExplanation(numRows);
  return new Explanation({ ...exact.parts(), standardErrors: exact.values.map((value) => 0.01 + 0.1 * Math.abs(value)) });
}

/** One specification of each kind of chart, by name, of the credit example. */
export function everyChart(look: LookOptions, numRows = 60): Record<string, TopLevelSpec> {
  const credit = creditExplanation(numRows);
  return {
    importance: importanceChart(credit, look),
    "importance-sampled": importanceChart(sampledExplanation(numRows), { ...look, scale: 100, unitsLabel: "points of probability" }),
    contribution: contributionChart(credit, 12, look),
    waterfall: waterfallChart(credit, 12, look),
    beeswarm: beeswarmChart(credit, { ...look, top: 6 }),
    "dependence-numeric": dependenceChart(credit, "duration", look),
    "dependence-missing": dependenceChart(credit, "age", { ...look, colorBy: "amount" }),
    "dependence-levels": dependenceChart(credit, "status", { ...look, colorBy: "purpose" }),
    calibration: calibrationChart(calibrationBins, look),
    lift: liftChart(liftRows, look),
    "partial-dependence": partialDependenceChart(ageMeans, { ...look, individual: ageCurves }),
    "partial-dependence-levels": partialDependenceChart(districtMeans, look),
    "term-numeric": termChart(ageEffect, look),
    "term-percent": termChart(yearEffect, look),
    "term-residuals": termChart(areaEffect, { ...look, maxDots: 3 * numRows }),
    surface: surfaceChart(landEffect, { ...look, maxDots: 3 * numRows }),
    "surface-clear": surfaceChart(landEffect, { ...look, show: "clear", maxDots: 0 }),
    "term-levels": termChart(districtEffect, look),
    "term-many-levels": termChart(makeEffect, look),
    relativity: relativityChart(tariff, { ...look, sizeLabel: "policy years" }),
    residual: residualChart(residualPoints(3 * numRows), { ...look, unitsLabel: "claims a year" }),
    // Half as many again far out: some lie outside the band.
    quantile: quantileChart(
      scatterNormal(3 * numRows).map((value) => value * (value > 1 ? 1.5 : 1)),
      look,
    ),
  };
}
