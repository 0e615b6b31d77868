import type { Relativity, ResidualPoint, SurfaceEffect, TermEffect } from "../../../src/charts/index.ts";
import { farFromCases } from "../../../src/charts/index.ts";
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

/** Differences of a log price along the living area, with bands that open where the few large ones are, and partial residuals. */
export const areaEffect: TermEffect = (() => {
  const at = (area: number): number => 0.9 * Math.log(area / 1500) - (area > 3000 ? (area - 3000) / 8000 : 0);
  const spread = scatterNormal(400);
  const noise = scatterNormal(400, 77.5);
  const x = Array.from(spread, (z) => Math.round(1500 * Math.exp(0.3 * z)));
  return {
    label: "Living area",
    unit: "sq ft",
    kind: "numeric",
    scale: "link",
    unitsLabel: "log of the price",
    points: Array.from({ length: 25 }, (_, k) => {
      const area = 600 + 200 * k;
      const half = 0.03 + 4 * Math.max(0, area - 2400) ** 3 * 1e-10;
      const estimate = at(area);
      const n = x.filter((each) => Math.abs(each - area) < 100).length;
      return {
        x: area,
        estimate,
        low: estimate - half,
        high: estimate + half,
        simultaneous: [estimate - 1.5 * half, estimate + 1.5 * half],
        n,
      };
    }),
    residuals: { x, y: x.map((area, k) => at(area) + 0.15 * noise[(k * 7) % 400]) },
  };
})();

/** Relativities of a place on a map: a hill, a valley, a corner without cases, and intervals that open away from the middle. */
export const landEffect: SurfaceEffect = (() => {
  const [width, height] = [16, 12];
  const xs = Array.from({ length: width }, (_, i) => -93.7 + 0.008 * i);
  const ys = Array.from({ length: height }, (_, j) => 41.98 + 0.008 * j);
  const places = ys.flatMap((_, j) => xs.map((__, i) => ({ i: i / (width - 1), j: j / (height - 1) })));
  const effects = places.map(
    ({ i, j }) => 0.4 * Math.exp(-8 * ((i - 0.7) ** 2 + (j - 0.6) ** 2)) - 0.3 * Math.exp(-10 * ((i - 0.2) ** 2 + (j - 0.4) ** 2)),
  );
  const halves = places.map(({ i, j }) => 0.05 + 0.2 * ((i - 0.5) ** 2 + (j - 0.5) ** 2));
  const [across, upwards] = [scatterNormal(300), scatterNormal(300, 31.25)];
  const cases = {
    x: Array.from(across, (z) => -93.64 + 0.02 * z),
    y: Array.from(upwards, (_, k) => 42.02 + 0.014 * upwards[(k * 7) % 300]),
  };
  return {
    label: "te(longitude,latitude)",
    x: { label: "Longitude", unit: "°", values: xs },
    y: { label: "Latitude", unit: "°", values: ys },
    estimates: effects.map(Math.exp),
    lows: effects.map((effect, k) => Math.exp(effect - halves[k])),
    highs: effects.map((effect, k) => Math.exp(effect + halves[k])),
    isFar: farFromCases(xs, ys, cases),
    cases,
    scale: "factor",
    unitsLabel: "relativity",
  };
})();

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
