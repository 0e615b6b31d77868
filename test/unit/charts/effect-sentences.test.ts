import { expect, test } from "vitest";
import { describeEffect, describeSurfaceEffect } from "../../../src/charts/index.ts";
import type { SurfaceEffect, TermEffect, TermPoint } from "../../../src/charts/index.ts";
import { ageEffect, districtEffect, makeEffect, yearEffect } from "./glm-examples.ts";

const words = { subject: "risk of default", cases: "applicants" };
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

interface Course {
  readonly half?: (age: number) => number;
  readonly n?: (age: number) => number;
}

/** Relativities over ages 18 to 90. */
function curve(at: (age: number) => number, { half = () => 0.05, n }: Course = {}): TermEffect {
  const points = Array.from({ length: 73 }, (_, k): TermPoint => {
    const age = 18 + k;
    const [estimate, low, high] = [at(age), at(age) - half(age), at(age) + half(age)].map(Math.exp);
    return { x: age, estimate, low, high, ...(n ? { n: n(age) } : {}) };
  });
  return { label: "Age", unit: "years", kind: "numeric", scale: "factor", unitsLabel: "relativity", points };
}

const hump = (age: number): number => 0.5 - Math.abs(age - 27) / 40;

test.each<[string, TermEffect, string]>([
  ["a line", curve((age) => 0.01 * (age - 40)), "The risk of default rises (from × 0.80 at 18 years to × 1.65 at 90 years)."],
  [
    "odds",
    { ...curve((age) => 0.01 * (age - 40)), unitsLabel: "odds ratio" },
    "The risk of default rises (from odds × 0.80 at 18 years to odds × 1.65 at 90 years).",
  ],
  ["a turn", curve(hump), "The risk of default rises until 27 years, then falls (highest × 1.65 at 27 years, lowest × 0.34 at 90 years)."],
  [
    "a turn whose end is not known",
    curve(hump, { half: (age) => (age <= 70 ? 0.05 : 2) }),
    "The risk of default rises until 27 years, then falls (highest × 1.65 at 27 years, lowest × 0.56 at 70 years); beyond 70 years the band is too wide to tell.",
  ],
  [
    "two ends that are not known",
    curve((age) => 0.01 * (age - 40), { half: (age) => (age < 25 || age > 70 ? 3 : 0.05) }),
    "The risk of default rises (from × 0.86 at 25 years to × 1.35 at 70 years); below 25 years and beyond 70 years the band is too wide to tell.",
  ],
  [
    "an end without cases",
    curve((age) => 0.01 * (age - 40), { n: (age) => (age > 65 ? 0 : 10) }),
    "The risk of default rises (from × 0.80 at 18 years to × 1.28 at 65 years); beyond 65 years there are no applicants.",
  ],
  [
    "a plateau",
    curve((age) => Math.min(0.4, 0.02 * (age - 40))),
    "The risk of default rises until 56 years, then stays much the same (from × 0.64 at 18 years to × 1.49 at 90 years).",
  ],
  [
    "a late rise",
    curve((age) => Math.max(0, 0.02 * (age - 50))),
    "The risk of default stays much the same until 53 years, then rises (from × 1.00 at 18 years to × 2.23 at 90 years).",
  ],
  [
    "a wave",
    curve((age) => 0.4 * Math.cos((2 * Math.PI * (age - 18)) / 48)),
    "The risk of default falls until 42 years, rises until 66 years, then falls again (highest × 1.49 at 18 years, lowest × 0.67 at 42 years).",
  ],
  [
    "many waves",
    curve((age) => 0.4 * Math.sin((age - 18) / 3)),
    "The risk of default goes up and down (highest × 1.49 at 79 years, lowest × 0.67 at 51 years).",
  ],
  ["a curve that is hidden by its band", curve(hump, { half: () => 2 }), "No clear effect found: the band leaves room for none all along."],
  ["a flat line", curve(() => 0), "No effect found: the risk of default is the same all along."],
  [
    "a curve compared with a value",
    ageEffect,
    "The risk of default falls until 58 years, then rises (compared with 40 years: highest × 1.67 at 18 years, lowest × 0.88 at 58 years).",
  ],
  ["per cent without a band", yearEffect, "The risk of default rises (from −10.0 % at 2015 to +12.5 % at 2024)."],
  ["one value", { ...yearEffect, points: yearEffect.points.slice(2) }, "There is one value alone, 2024: +12.5 %."],
])("%s in a sentence", (_, effect, sentence) => {
  expect(plain(describeEffect(effect, words))).toBe(sentence);
});

test("a wavering within the band is no turn", () => {
  const wavering = (age: number): number => 0.01 * (age - 40) + 0.06 * Math.sin(age / 2);
  expect(describeEffect(curve(wavering, { half: () => 0.2 }))).toMatch(/^The prediction rises \(/);
  expect(describeEffect(curve((age) => wavering(age) + 0.3 * Math.sin(age / 2), { half: () => 0.2 }))).not.toMatch(
    /^The prediction rises \(/,
  );
});

const level = (x: string, estimate: number, half: number): TermPoint => ({ x, estimate, low: estimate - half, high: estimate + half });
const levels = (points: readonly TermPoint[], reference?: string): TermEffect => {
  return { label: "Area", kind: "categorical", scale: "link", unitsLabel: "€", points, ...(reference === undefined ? {} : { reference }) };
};

test.each<[string, TermEffect, string]>([
  [
    "levels against a reference",
    districtEffect,
    "The risk of default is highest at “Porto” (odds × 1.54, 1.35 to 1.75) and lowest at “Coimbra” (odds × 0.64, 0.46 to 0.90), compared with “Lisboa”; no clear difference at 1 of 5 levels.",
  ],
  [
    "levels that the reference is the lowest of",
    levels([level("a", 0, 0), level("b", 12, 3)], "a"),
    "The risk of default is highest at “b” (+€ 12.0, 9.0 to 15.0) and lowest at “a”, with which the others are compared.",
  ],
  [
    "a highest level that may be chance",
    levels([level("a", -20, 3), level("b", 12, 30)]),
    "The risk of default is highest at “b” (+€ 12.0, −18.0 to 42.0, which may be chance) and lowest at “a” (−€ 20.0, −23.0 to −17.0), compared with the average case; no clear difference at 1 of 2 levels.",
  ],
  [
    "levels that may all be chance",
    levels([level("a", -1, 3), level("b", 1, 3)]),
    "No clear effect found: every interval leaves room for none.",
  ],
  [
    "levels without a difference",
    levels([level("a", 0, 0), level("b", 0, 1)], "a"),
    "No effect found: the risk of default is the same at every level.",
  ],
  ["one level", levels([level("a", 0, 0)], "a"), "There is one level alone."],
])("%s in a sentence", (_, effect, sentence) => {
  expect(plain(describeEffect(effect, words))).toBe(sentence);
});

test("of many levels it counts those that are not clear", () => {
  expect(describeEffect(makeEffect)).toMatch(/; no clear difference at \d+ of 47 levels\.$/);
});

/** A surface over living area and year. */
function surface(at: (area: number, year: number) => number, half: (area: number, year: number) => number = () => 0.05): SurfaceEffect {
  const areas = Array.from({ length: 11 }, (_, i) => 1000 + 200 * i);
  const years = Array.from({ length: 8 }, (_, j) => 1940 + 10 * j);
  const grid = (read: (area: number, year: number) => number): number[] => years.flatMap((year) => areas.map((area) => read(area, year)));
  return {
    label: "te(area,year)",
    x: { label: "Living area", unit: "m²", values: areas },
    y: { label: "Year", values: years },
    estimates: grid(at),
    lows: grid((area, year) => at(area, year) - half(area, year)),
    highs: grid((area, year) => at(area, year) + half(area, year)),
    scale: "link",
    unitsLabel: "points",
  };
}

test.each<[string, SurfaceEffect, string]>([
  [
    "a slope along both columns",
    surface((area, year) => (area - 2000) / 1000 + (year - 1975) / 70),
    "The prediction rises with “Living area” and “Year”: highest around Living area 3000 m², Year 2010 (+1.50 points), lowest around Living area 1000 m², Year 1940 (−1.50 points); the difference from none is clear for 95 % of the area with cases.",
  ],
  [
    "a slope up and a slope down",
    surface((area, year) => (area - 2000) / 1000 - (year - 1975) / 70),
    "The prediction rises with “Living area” and falls with “Year”: highest around Living area 3000 m², Year 1940 (+1.50 points), lowest around Living area 1000 m², Year 2010 (−1.50 points); the difference from none is clear for 95 % of the area with cases.",
  ],
  [
    "a slope along one",
    surface((area, year) => (2000 - area) / 1000 + 0.001 * Math.sin(year)),
    /^The prediction falls with “Living area”: highest around Living area 1000 m², Year \d+/.source,
  ],
  [
    "a hill",
    surface((area, year) => Math.exp(-(((area - 2000) / 500) ** 2) - ((year - 1970) / 20) ** 2) - 0.3),
    /^The prediction is highest around Living area 2000 m², Year 1970 \(\+0\.70 points\) and lowest around /.source,
  ],
  ["nothing", surface(() => 0), "No effect found: the prediction is the same everywhere."],
  [
    "nothing clear",
    surface(
      (area) => area / 1e6,
      () => 1,
    ),
    "No clear effect found: the intervals leave room for none everywhere.",
  ],
])("%s in a sentence", (_, effect, sentence) => {
  const told = plain(describeSurfaceEffect(effect));
  if (sentence.startsWith("^")) expect(told).toMatch(new RegExp(sentence, "u"));
  else expect(told).toBe(sentence);
});

test("where the cases are known, it is they that are counted", () => {
  const effect = { ...surface((area) => (area - 2000) / 1000), cases: { x: [1000, 1010, 2000, 3000], y: [1940, 1950, 1980, 2010] } };
  expect(plain(describeSurfaceEffect(effect, { subject: "price", cases: "homes" }))).toMatch(/clear for 75 % of the homes\.$/);
  expect(describeSurfaceEffect({ ...effect, lows: null, highs: null })).not.toContain("clear");
});
