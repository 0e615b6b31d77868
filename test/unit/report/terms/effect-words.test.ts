import { describe, expect, test } from "vitest";
import type { EffectMeasure } from "../../../../src/report/terms/effect.ts";
import { describeEffects } from "../../../../src/report/terms/effect-words.ts";

const space = "\u00a0";
const minus = "\u2212";
const odds: EffectMeasure = { scale: "factor", subject: "odds of default", quantity: "risk of default", unit: undefined, rises: true };
const price: EffectMeasure = { scale: "difference", subject: "price", quantity: "price", unit: "€", rises: true };
const rate: EffectMeasure = { scale: "score", subject: "risk", quantity: "score", unit: undefined, rises: true };

describe("a line", () => {
  test("multiplies odds", () => {
    const effect = { estimate: 0.943, low: 0.918, high: 0.969 };
    expect(describeEffects(odds, { kind: "step", step: 1, unit: "years", effect }, "cases")).toBe(
      "Each further year: odds of default × 0.94 (0.92 to 0.97).",
    );
  });

  test("adds to a price", () => {
    const effect = { estimate: -12.34, low: -14.2, high: -10.1 };
    expect(describeEffects(price, { kind: "step", step: 10, unit: "km", effect }, "cases")).toBe(
      `Each further 10${space}km: price ${minus}€${space}12.3 (${minus}14.2 to ${minus}10.1).`,
    );
  });

  test("moves a score, which may fall where the prediction rises", () => {
    const effect = { estimate: 0.314, low: 0.2, high: 0.42 };
    const effects = { kind: "step", step: 1, unit: undefined, effect } as const;
    expect(describeEffects(rate, effects, "cases")).toBe("Each one more: risk higher (score +0.31, 0.20 to 0.42).");
    expect(describeEffects({ ...rate, rises: false }, effects, "cases")).toBe("Each one more: risk lower (score +0.31, 0.20 to 0.42).");
  });

  test("without a known interval has none", () => {
    const effect = { estimate: 2, low: null, high: null };
    expect(describeEffects(odds, { kind: "doubling", effect }, "cases")).toBe("Each doubling: odds of default × 2.");
    expect(describeEffects(price, { kind: "doubling", effect }, "cases")).toBe(`Each doubling: price +€${space}2.00.`);
  });

  test("with a wide interval keeps the digits of both ends", () => {
    const effect = { estimate: 41.2, low: 1.53, high: 2345 };
    expect(describeEffects(odds, { kind: "doubling", effect }, "cases")).toBe("Each doubling: odds of default × 41.2 (1.53 to 2350).");
  });
});

describe("levels", () => {
  const level = (label: string, estimate: number): { label: string; estimate: number; low: number; high: number } => ({
    label,
    estimate,
    low: 0.8 * estimate,
    high: 1.25 * estimate,
  });
  const tell = (...levels: readonly ReturnType<typeof level>[]): string =>
    describeEffects(odds, { kind: "levels", reference: "none", levels }, "cases");

  test("two are told against each other", () => {
    expect(tell(level("yes", 0.7))).toBe("“yes” instead of “none”: odds of default × 0.70 (0.56 to 0.88).");
  });

  test("several by the highest and the lowest, the reference among them", () => {
    expect(tell(level("a", 0.5), level("b", 3), level("c", 1.1))).toBe(
      "Compared with “none”: odds of default × 3.00 (2.40 to 3.75) at “b”, the highest, and × 0.50 (0.40 to 0.63) at “a”, the lowest.",
    );
    expect(tell(level("a", 1.5), level("b", 3))).toBe(
      "Lowest at “none”; compared with that, odds of default × 3.00 (2.40 to 3.75) at “b”, the highest.",
    );
    expect(tell(level("a", 0.5), level("b", 0.8))).toBe(
      "Highest at “none”; compared with that, odds of default × 0.50 (0.40 to 0.63) at “a”, the lowest.",
    );
  });

  test("of a falling score the highest prediction has the lowest score", () => {
    const levels = [
      { label: "a", estimate: -1, low: -1.2, high: -0.8 },
      { label: "b", estimate: 2, low: 1.8, high: 2.2 },
    ];
    expect(describeEffects({ ...rate, rises: false }, { kind: "levels", reference: "none", levels }, "cases")).toBe(
      `Compared with “none”: risk higher (score ${minus}1.00, ${minus}1.20 to ${minus}0.80) at “a”, the highest, and lower (score +2.00, 1.80 to 2.20) at “b”, the lowest.`,
    );
  });
});

test("a curve and a surface are told by what goes up and down, and what acts together is named", () => {
  const points = [20, 30, 40, 50, 60].map((x) => ({ x, estimate: Math.exp(-0.2 - Math.abs(x - 30) / 20), low: null, high: null }));
  const curve = { label: "Age", unit: "years", kind: "numeric", points, scale: "factor", unitsLabel: "odds ratio" } as const;
  expect(describeEffects(odds, { kind: "curve", effect: curve }, "applicants")).toBe(
    `The risk of default rises until 30${space}years, then falls (highest odds ×${space}0.82 at 30${space}years, lowest odds ×${space}0.18 at 60${space}years).`,
  );
  const axis = { label: "East", unit: "km", values: [0, 1] };
  const effect = {
    label: "",
    x: axis,
    y: { ...axis, label: "North" },
    estimates: [0, 1, 2, 3],
    lows: null,
    highs: null,
    scale: "link",
    unitsLabel: "€",
  } as const;
  expect(describeEffects(price, { kind: "surface", effect }, "homes")).toBe(
    `The price rises with “East” and “North”: highest around East 1${space}km, North 1${space}km (+€${space}3.00), lowest around East 0${space}km, North 0${space}km (no effect).`,
  );
  expect(describeEffects(odds, { kind: "together", labels: ["Age", "Sex"] }, "cases")).toBe(
    "“Age” and “Sex” act together: what one of them does depends on the other.",
  );
});
