import type { IndividualCurves, PartialDependence } from "../../../src/shap/index.ts";

const ages = [21, 25, 28, 34, 39, 47, 52, 60, 68, 80];

/** A step function of age that falls and rises again, with some rows without an age. */
export const ageMeans: PartialDependence = {
  feature: "age",
  label: "Age of the driver",
  unit: "years",
  kind: "numeric",
  output: "response",
  outputNames: ["claim"],
  units: "",
  grid: ages,
  numRows: [12, 30, 41, 77, 64, 80, 45, 30, 14, 7],
  numMissing: 9,
  isStepwise: true,
  values: Float64Array.from(ages, (age) => 0.08 + ((age - 50) / 100) ** 2),
  missing: Float64Array.of(0.12),
};

/** Curves of 45 rows, of which the chart picks some. */
export const ageCurves: IndividualCurves = {
  ...ageMeans,
  numCurves: 45,
  isCentred: false,
  values: Float64Array.from({ length: 45 * ages.length }, (_, cell) => {
    const row = Math.floor(cell / ages.length);
    return ageMeans.values[cell % ages.length] * (0.6 + (row % 9) / 10);
  }),
  missing: new Float64Array(45).fill(0.12),
};

/** Means of levels. */
export const districtMeans: PartialDependence = {
  ...ageMeans,
  feature: "district",
  label: "District",
  unit: "",
  kind: "categorical",
  grid: ["Lisboa", "Porto", "Faro", "Coimbra"],
  numRows: [120, 80, 40, 15],
  isStepwise: false,
  values: Float64Array.of(0.11, 0.14, 0.09, 0.125),
};
