import { expect, test } from "vitest";
import { palettes } from "../../../src/charts/index.ts";
import type { Theme } from "../../../src/charts/index.ts";

/** Relative luminance of a colour, 0 to 1: WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, from 1 to 21: WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

test("the contrast of black and white is 21", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
});

test.each<Theme>(["light", "dark"])("on %s ground text has a contrast of 4.5 and marks of 3", (theme) => {
  const { ground, ink, quiet, raises, lowers, accent, others, ramp, categories } = palettes[theme];
  for (const text of [ink, quiet]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  for (const mark of [raises, lowers, accent, others, ...ramp, ...categories]) expect(contrast(mark, ground)).toBeGreaterThanOrEqual(3);
});

test.each<Theme>(["light", "dark"])("on %s ground higher values stand out more, in grey too", (theme) => {
  const contrasts = palettes[theme].ramp.map((colour) => contrast(colour, palettes[theme].ground));
  expect(contrasts).toEqual([...contrasts].sort((a, b) => a - b));
});

test("each colour has one counterpart in the other theme, so that a page can swap them", () => {
  const [light, dark] = [palettes.light, palettes.dark].map((palette): string[] => Object.values(palette).flat());
  const pairs = light.map((colour, k) => [colour, dark[k]] as const);
  expect(new Map(pairs).size).toBe(pairs.length);
  expect(new Set(dark).size).toBe(pairs.length);
});
