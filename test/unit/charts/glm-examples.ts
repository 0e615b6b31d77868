import type { Relativity, ResidualPoint, TermEffect } from "../../../src/charts/index.ts";
import { normal } from "../../../src/numeric/index.ts";

/** A curve of relativities over ages, with its band and made-up numbers of cases. */
export const ageEffect: TermEffect = {
  label: "Age of the driver",
  unit: "years",
  kind: "numeric",
  scale: "factor",
  unitsLabel: "relativity",
  reference: 40,
  points: Array.from({ length: 31 }, (_, k) => {
    const age = 18 + 2 * k;
    const effect = 0.0004 * ((age - 58) ** 2 - 18 ** 2);
    const half = 0.03 + 0.0003 * Math.abs(age - 45) ** 1.6;
    const n = Math.round(400 * Math.exp(-(((age - 42) / 16) ** 2)));
    return { x: age, estimate: Math.exp(effect), low: Math.exp(effect - half), high: Math.exp(effect + half), n };
  }),
};

const districts = ["Lisboa", "Porto", "Setúbal and the Alentejo coast", "Aveiro", "Faro", "Coimbra"];

/** Odds ratios of six districts against the first. */
export const districtEffect: TermEffect = {
  label: "District",
  kind: "categorical",
  scale: "factor",
  unitsLabel: "odds ratio",
  reference: "Lisboa",
  points: districts.map((district, k) => {
    const [effect, half] = k === 0 ? [0, 0] : [Math.sin(2.1 * k) / 2, 0.08 + 0.05 * k];
    return { x: district, estimate: Math.exp(effect), low: Math.exp(effect - half), high: Math.exp(effect + half), n: 900 - 110 * k };
  }),
};

/** 48 makes on the scale of the link, one of them all but unknown. */
export const makeEffect: TermEffect = {
  label: "Make of the vehicle",
  kind: "categorical",
  scale: "link",
  unitsLabel: "log-odds",
  reference: "make 0",
  points: Array.from({ length: 48 }, (_, k) => {
    const [effect, half] = k === 0 ? [0, 0] : k === 7 ? [-9, 12] : [0.6 * Math.sin(1.7 * k), 0.08 + 0.01 * k];
    return { x: `make ${k}`, estimate: effect, low: effect - half, high: effect + half, n: Math.round(9000 / (1 + k)) };
  }),
};

/** A straight line in per cent without band or numbers of cases. */
export const yearEffect: TermEffect = {
  label: "Year",
  kind: "numeric",
  scale: "percent",
  unitsLabel: "",
  points: [2015, 2019, 2024].map((year) => ({ x: year, estimate: 2.5 * (year - 2019), low: null, high: null })),
};

function relativities(term: string, levels: readonly string[], pace: number): Relativity[] {
  return levels.map((level, k) => {
    const [effect, half] = k === 0 ? [0, 0] : [Math.sin(pace * k) / 2, 0.05 + 0.03 * k];
    const [relativity, low, high] = [effect, effect - half, effect + half].map(Math.exp);
    return { term, level, relativity, low, high, n: Math.round(12_000 / (k + 1)), isReference: k === 0 };
  });
}

/** Two factors and a number. */
export const tariff: readonly Relativity[] = [
  ...relativities("Power of the vehicle", ["4", "5", "6", "7", "8 and more"], 1.1),
  ...relativities("Region", ["Île-de-France", "Provence-Alpes-Côte d’Azur", "Bretagne"], 2.3),
  { term: "Bonus-malus", level: null, relativity: 1.023, low: 1.021, high: 1.025, isReference: false },
];

/** Normal numbers in an order that repeats itself: quantiles of the multiples of the golden ratio. */
export function scatterNormal(count: number, seed = 0): Float64Array {
  return Float64Array.from({ length: count }, (_, k) => normal.quantile(((k + 1 + seed) * 0.618_033_988_75) % 1));
}

/** Predicted frequencies with a long tail, and residuals that fall off at its end; rows 17 and 40 are far off. */
export function residualPoints(count: number): ResidualPoint[] {
  const [spread, noise] = [scatterNormal(count), scatterNormal(count, 1000.5)];
  return Array.from(spread, (step, row) => {
    const fitted = Math.exp(-3 + 0.9 * step);
    const residual = row === 17 ? 5.2 : row === 40 ? -4.4 : noise[(row * 7) % count] - (fitted > 0.15 ? 0.6 : 0);
    return row === 17 ? { fitted, residual, name: "policy 4711" } : { fitted, residual };
  });
}
